// What is kept is had again: a tuned model to the bit, an adapter beside its model, records with their edits, a run with its curve.

import { beforeEach, describe, expect, it } from 'vitest'
import { keptRun } from '../../test/keptRun.ts'
import { type MemoryDisk, memoryDisk } from '../../test/memoryDirectory.ts'
import { type OpenedStudio, quietly, sourceOf, testStudio, tinyFolderFiles, useRecords } from '../../test/studio.ts'
import { instruct, settingsWith } from '../../test/tinyModel.ts'
import type { Settings } from '../config/settings.ts'
import { valuesOf as weightValues } from '../engine/weight.ts'
import type { SaveForm, Slot } from '../protocol/model.ts'
import type { ShelfItem } from '../protocol/shelf.ts'
import { ownLocks } from '../storage/opfs/locks.ts'
import { openShelf, type Shelf } from '../storage/opfs/shelf.ts'
import { decoderOf } from './studio.ts'

let opened: OpenedStudio
let disk: MemoryDisk
let shelf: Shelf
/** Each look at the clock is a second later. */
let clock = Date.parse('2026-01-01T00:00:00Z')
const now = () => {
  clock += 1000
  return new Date(clock)
}

beforeEach(async () => {
  disk = memoryDisk()
  const estimate = async () => ({ usage: disk.bytes(), quota: 1e7 })
  shelf = await openShelf({ root: disk.root, locks: ownLocks(), estimate, now })
  opened = testStudio(async () => shelf)
  await opened.handlers.chooseBackend({ choice: 'wasm' }, quietly())
})

const records = [instruct('a: ', 'hello we', '12'), instruct('b: ', 'sun warm', '345'), instruct('c', '', '6')]

async function openAndTrain(settings: Partial<Settings> = {}) {
  await opened.handlers.openModel({ source: sourceOf('tiny', await tinyFolderFiles()) }, quietly())
  await useRecords(opened, records)
  const full = { ...settingsWith({ num_train_epochs: 1, learning_rate: 1e-2 }), ...settings }
  await opened.handlers.train({ slot: 'tuned', settings: full, leaveOutUnlearnable: false, watch: null }, quietly())
}

const keep = (form: SaveForm, name = 'mine') =>
  opened.handlers.saveModel(
    { slot: 'tuned', name, form, to: { kind: 'shelf', run: 'a-run', base: { kind: 'elsewhere' } } },
    quietly(),
  )
const wholeModel = { kind: 'model', dtype: 'checkpoint' } as const
const items = async () => (await opened.handlers.listShelf(null, quietly())).items
async function theOnly(): Promise<ShelfItem> {
  const [item, ...more] = await items()
  if (item === undefined || more.length > 0) throw new Error(`one item was expected, not ${more.length + 1}`)
  return item
}
async function valuesOf(slot: Slot) {
  const { weights, adapter } = decoderOf(opened.studio, slot)
  const values: [string, number[]][] = []
  for (const [name, tensor] of Object.entries({ ...weights, ...adapter?.weights }).sort())
    values.push([name, [...(await weightValues(tensor))]])
  return values
}

describe('a model on the shelf', () => {
  it('is opened with the weights that were trained, to the bit, and says what it is', async () => {
    await openAndTrain()
    const weights = await valuesOf('tuned')
    const saved = await keep(wholeModel)
    const item = await theOnly()
    expect(saved).toEqual({ name: 'mine', content: null, bytes: item.bytes })
    expect(item.about).toMatchObject({ kind: 'model', dtype: 'F32', license: 'A licence', run: 'a-run' })
    const summary = await opened.handlers.openModel({ source: { kind: 'shelf', id: item.id, name: item.name } }, quietly())
    expect(summary.name).toBe('mine')
    expect(await valuesOf('base')).toEqual(weights)
    expect((await theOnly()).used >= item.used).toBe(true)
  })

  it('that does not fit is refused before a byte is written, and the tuned model is still held', async () => {
    await openAndTrain()
    const full = await openShelf({
      root: disk.root,
      locks: ownLocks(),
      estimate: async () => ({ usage: 0, quota: 300_000 }),
      now,
    })
    shelf = full
    const before = disk.writes()
    await expect(keep(wholeModel)).rejects.toMatchObject({ problem: { code: 'shelf.full' } })
    expect(disk.writes()).toBe(before)
    expect(await valuesOf('tuned')).not.toEqual([])
  })

  it('that is gone is said to be, and the open one stays', async () => {
    await openAndTrain()
    const source = { kind: 'shelf', id: 'gone', name: 'mine' } as const
    await expect(opened.handlers.openModel({ source }, quietly())).rejects.toMatchObject({ problem: { code: 'shelf.gone' } })
    expect(opened.studio.model?.summary.name).toBe('tiny')
  })
})

it('an adapter is put beside its model again', async () => {
  await openAndTrain({ lora: { r: 2, lora_alpha: 4, target_modules: 'all-linear', lora_dropout: 0, use_rslora: false } })
  const weights = await valuesOf('tuned')
  await keep({ kind: 'adapter' })
  const item = await theOnly()
  expect(item.about).toMatchObject({ kind: 'adapter', r: 2, baseName: 'tiny', base: { kind: 'elsewhere' } })
  await opened.handlers.openAdapter({ source: { kind: 'shelf', id: item.id, name: item.name } }, quietly())
  expect(await valuesOf('base')).toEqual(weights)
})

it('records are kept with their edits, and without those that were left out', async () => {
  await useRecords(opened, records)
  const { handlers } = opened
  await handlers.changeRecord({ index: 0, change: { kind: 'edit', record: instruct('a: ', 'new', '9') } }, quietly())
  await handlers.changeRecord({ index: 2, change: { kind: 'leave-out' } }, quietly())
  const item = await handlers.keepDataset({ name: 'records.json' }, quietly())
  expect(item.about).toEqual({ kind: 'dataset', records: 2 })
  const source = await handlers.keptDataset({ id: item.id }, quietly())
  expect(source.name).toBe('records.json')
  await handlers.readDataset({ source, roles: null }, quietly())
  await handlers.useDataset({ goodRowsOnly: false }, quietly())
  expect(opened.studio.dataset?.records.map(({ record }) => record)).toEqual([instruct('a: ', 'new', '9'), records[1]])
})

describe('a run', () => {
  it('is read as it was, and its later state takes its place under the name that it has', async () => {
    const { handlers } = opened
    const { id } = await handlers.keepRun({ name: 'first', run: { ...keptRun, twin: null }, replaces: null }, quietly())
    await handlers.changeShelf({ id, change: { kind: 'rename', name: '  my run ' } }, quietly())
    await handlers.keepRun({ name: 'first', run: keptRun, replaces: id }, quietly())
    const item = await theOnly()
    expect(item.name).toBe('my run')
    expect(item.about).toMatchObject({ kind: 'run', run: 'a-run', method: 'lora', steps: 2, verdict: 'worked', twin: true })
    expect(await handlers.keptRun({ id: item.id }, quietly())).toEqual(keptRun)
  })

  it('of another version is refused, and left as it is', async () => {
    const about = {
      kind: 'run',
      run: 'x',
      model: '',
      dataset: '',
      method: 'full',
      steps: 0,
      lastLoss: null,
      verdict: null,
      twin: false,
    }
    const chunks = async function* () {
      yield new TextEncoder().encode('{}')
    }
    const { id } = await shelf.keep({ kind: 'run', name: 'new', about }, [{ path: 'run.json', bytes: 2, chunks }])
    await expect(opened.handlers.keptRun({ id }, quietly())).rejects.toMatchObject({ problem: { code: 'shelf.unreadable' } })
    expect((await theOnly()).id).toBe(id)
  })
})

describe('the list', () => {
  it('has the last used first, without what was taken off or what another version wrote', async () => {
    const { handlers } = opened
    await useRecords(opened, records)
    const first = await handlers.keepDataset({ name: 'first' }, quietly())
    const second = await handlers.keepDataset({ name: 'second' }, quietly())
    await shelf.keep({ kind: 'model', name: 'of a later version', about: { kind: 'model' } }, [])
    expect((await items()).map(({ name }) => name)).toEqual(['second', 'first'])
    await handlers.changeShelf({ id: second.id, change: { kind: 'take-off' } }, quietly())
    expect((await items()).map(({ id }) => id)).toEqual([first.id])
    await handlers.changeShelf({ id: second.id, change: { kind: 'put-back' } }, quietly())
    expect(await items()).toHaveLength(2)
  })

  it('takes no empty and no endless name', async () => {
    await useRecords(opened, records)
    for (const name of ['', '  ', 'x'.repeat(101)])
      await expect(opened.handlers.keepDataset({ name }, quietly())).rejects.toMatchObject({ problem: { code: 'shelf.name' } })
  })

  it('is missing where there is no browser, which is said', async () => {
    const { handlers } = testStudio()
    await expect(handlers.listShelf(null, quietly())).rejects.toMatchObject({ problem: { code: 'shelf.missing' } })
  })
})

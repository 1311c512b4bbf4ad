// Held-out records behind the door: shown in the preview, never learned, measured after each epoch, and what a run makes of it.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  dataOf,
  listening,
  type OpenedStudio,
  quietly,
  sourceOf,
  testStudio,
  tinyFolderFiles,
  useRecords,
} from '../../test/studio.ts'
import { instruct, settingsWith } from '../../test/tinyModel.ts'
import type { Settings } from '../config/settings.ts'
import { memoryHeld } from '../engine/tensor.ts'
import { valuesOf } from '../engine/weight.ts'
import { disposeDecoder } from '../models/held.ts'
import type { EpochMean, TrainEvent } from '../protocol/train.ts'
import { modelOf } from './studio.ts'

const labels = ['12', '345', '678', '9a', 'bcd', 'ef', 'gh', 'ijk', 'lm', 'no']
const records = labels.map((label, at) => instruct(`${at}: `, 'sun warm', label))
const held: Partial<Settings> = {
  num_train_epochs: 4,
  per_device_train_batch_size: 4,
  learning_rate: 1e-2,
  eval_strategy: 'epoch',
  test_size: 0.3,
}

let opened: OpenedStudio
beforeEach(async () => {
  opened = testStudio()
  await opened.handlers.chooseBackend({ choice: 'wasm' }, quietly())
  await opened.handlers.openModel({ source: sourceOf('tiny', await tinyFolderFiles()) }, quietly())
  await useRecords(opened, records)
})
afterEach(() => {
  for (const slot of Object.values(opened.studio.model?.slots ?? {})) if (slot !== null) disposeDecoder(slot)
  expect(memoryHeld().tensors, 'tensors held behind the model').toBe(0)
})

const preview = (test_size: number, seed = 42) =>
  opened.handlers.preview(
    { mask: 'prefix', max_length: null, overlong: 'truncate', heldOut: { test_size, seed }, chat: null },
    quietly(),
  )
const rowsHeldOut = async (test_size: number, seed = 42) =>
  (await preview(test_size, seed)).rows.filter(({ heldOut }) => heldOut).map(({ row }) => row)

async function train(settings: Partial<Settings> = held, heard: (event: TrainEvent) => void = () => undefined) {
  const { context, events } = listening<'train'>()
  const tell = (event: TrainEvent) => {
    context.tell(event)
    heard(event)
  }
  const request = { slot: 'tuned', settings: settingsWith(settings), leaveOutUnlearnable: false, watch: null } as const
  const summary = await opened.handlers.train(request, { ...context, tell })
  const epochs = events.flatMap((event): EpochMean[] => (event.kind === 'epoch' ? [event.epoch] : []))
  return { summary, epochs, plan: events.flatMap((event) => (event.kind === 'planned' ? [event.plan] : []))[0] }
}

async function tunedValues() {
  const { tuned } = modelOf(opened.studio).slots
  const values: number[][] = []
  for (const tensor of Object.values(tuned?.weights ?? {})) values.push([...(await valuesOf(tensor))])
  return values
}

describe('the preview', () => {
  it('shows which, the same for the same seed, and counts them', async () => {
    const { rows, statistics } = await preview(0.3)
    expect(statistics.heldOut).toBe(3)
    const chosen = rows.filter(({ heldOut }) => heldOut).map(({ row }) => row)
    expect(await rowsHeldOut(3)).toEqual(chosen)
    expect(await rowsHeldOut(0.3, 7)).not.toEqual(chosen)
    const [first = 0] = chosen
    expect(await opened.handlers.previewRecord({ index: first - 1 }, quietly())).toMatchObject({ heldOut: expect.any(Boolean) })
  })

  it('keeps at least one record to learn, and never one whose twin is learned', async () => {
    expect((await rowsHeldOut(100)).length).toBe(9)
    await useRecords(opened, [...records.slice(0, 3), ...records.slice(0, 2)])
    expect(await rowsHeldOut(4)).toEqual([3])
  })

  it('takes another one where one is left out, and shows its batch without them', async () => {
    const [first = 0, ...others] = await rowsHeldOut(3)
    await opened.handlers.changeRecord({ index: first - 1, change: { kind: 'leave-out' } }, quietly())
    const now = await rowsHeldOut(3)
    expect(now.length).toBe(3)
    expect(now).toEqual(expect.arrayContaining(others))
    const learned = records.findIndex((_, at) => !now.includes(at + 1) && at + 1 !== first)
    const { rows } = await opened.handlers.previewBatch({ index: learned, batchSize: 10 }, quietly())
    expect(rows.map(({ index }) => index + 1).filter((row) => now.includes(row))).toEqual([])
  })
})

describe('a run', () => {
  it('measures after each epoch, and its losses are those of a run over the others alone', async () => {
    const rows = await rowsHeldOut(0.3)
    const { epochs, plan, summary } = await train()
    expect(plan).toMatchObject({ records: 7, heldOut: { records: 3, truncated: 0, unused: 0 } })
    expect(epochs.map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 2],
      [2, 4],
      [3, 6],
      [4, 8],
    ])
    const values = await tunedValues()
    for (const row of rows) await opened.handlers.changeRecord({ index: row - 1, change: { kind: 'leave-out' } }, quietly())
    const { epochs: others } = await train({ ...held, eval_strategy: 'no' })
    expect(await tunedValues()).toEqual(values)
    expect(others.map(({ meanLoss, evalLoss }) => [meanLoss, evalLoss])).toEqual(epochs.map(({ meanLoss }) => [meanLoss, null]))
    const least = Math.min(...epochs.map(({ evalLoss }) => evalLoss ?? Number.NaN))
    expect(summary.best).toMatchObject({ evalLoss: least, restored: false })
  })

  it('measures the same by both engines', async () => {
    const lossesOf = async (engine: 'eager' | 'plan') => {
      await opened.handlers.chooseBackend({ choice: 'wasm', engine }, quietly())
      return (await train()).epochs.map(({ evalLoss }) => evalLoss ?? Number.NaN)
    }
    const [eager, planned] = [await lossesOf('eager'), await lossesOf('plan')]
    for (const [at, loss] of eager.entries()) expect(Math.abs((planned[at] ?? Number.NaN) / loss - 1)).toBeLessThan(1e-4)
  })

  it.each(['eager', 'plan'] as const)('ends with the best epoch’s weights where they are kept, by %s', async (engine) => {
    await opened.handlers.chooseBackend({ choice: 'wasm', engine }, quietly())
    // Learned by heart at this rate: what is held out is soon worse.
    const settings = { ...held, learning_rate: 0.03, num_train_epochs: 12, lr_scheduler_type: 'constant' as const }
    const { summary, epochs, plan } = await train({ ...settings, load_best_model_at_end: true })
    const { best } = summary
    expect(best?.restored).toBe(true)
    expect(best?.epoch).toBeLessThan(12)
    expect(epochs.at(-1)?.partedFrom).toBe((best?.epoch ?? 0) + 1)
    const values = await tunedValues()
    const plain = await train({ ...settings, num_train_epochs: best?.epoch ?? 0 })
    expect(await tunedValues()).toEqual(values)
    const { memory } = plan ?? {}
    expect((memory?.copies ?? 0) - (plain.plan?.memory.copies ?? 0)).toBe(memory?.gradients)
  })

  it('ends early once the held-out loss has fallen no more for as many epochs as the patience', async () => {
    const settings = { ...held, learning_rate: 0.03, num_train_epochs: 40, lr_scheduler_type: 'constant' as const }
    const { summary, epochs } = await train({ ...settings, early_stopping_patience: 2 })
    expect(summary.ended).toBe('stopped-early')
    expect(epochs.length).toBe((summary.best?.epoch ?? 0) + 2)
  })

  it('takes its held-out records from a file of their own, and then learns all of the others', async () => {
    await opened.handlers.readDataset({ source: dataOf(records.slice(0, 2)), roles: null }, quietly())
    await opened.handlers.useDataset({ goodRowsOnly: false, heldOut: true }, quietly())
    const { plan, epochs } = await train()
    expect(plan).toMatchObject({ records: 10, heldOut: { records: 2 } })
    expect(epochs.every(({ evalLoss }) => evalLoss !== null)).toBe(true)
  })

  it('is judged by what it learned; what was held out is counted apart', async () => {
    await train({ ...held, num_train_epochs: 60 })
    const rows = await rowsHeldOut(0.3)
    // What the next run would hold out is no matter to what the last one learned.
    await preview(0.3, 7)
    const { slots } = await opened.handlers.evaluate({ slots: ['tuned'], max_new_tokens: 8, chat: null }, quietly())
    const [judged] = slots
    expect(judged?.verdict.score).toMatchObject({ records: 7, exact: 7 })
    expect(judged?.heldOut).toEqual({ records: 3, exact: 0 })
    expect(judged?.records.filter(({ heldOut }) => heldOut).map(({ row }) => row)).toEqual(rows)
  })

  it('is saved with what was measured, as Trainer logs it', async () => {
    await train({ ...held, load_best_model_at_end: true })
    const saved = await opened.handlers.saveHistory({ slot: 'tuned' }, quietly())
    const state: { log_history: object[]; best_metric: number } = JSON.parse((await saved.content?.text()) ?? '')
    expect(state.log_history.map((entry) => ('eval_loss' in entry ? 'measured' : 'step'))).toEqual(
      Array.from({ length: 4 }, () => ['step', 'step', 'measured']).flat(),
    )
    expect(state.log_history[2]).toMatchObject({ epoch: 1, step: 2, eval_loss: expect.any(Number) })
    expect(state.best_metric).toEqual(expect.any(Number))
  })

  it('is refused where nothing can be held out, or where what needs it is asked for without it', async () => {
    const refusal = (settings: Partial<Settings>) =>
      expect(train(settings)).rejects.toMatchObject({ problem: { code: 'run.settings' } })
    await refusal({ load_best_model_at_end: true })
    await refusal({ early_stopping_patience: 1 })
    await useRecords(opened, records.slice(0, 1))
    await refusal(held)
  })
})

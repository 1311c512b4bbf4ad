// Adapters behind the door: trained, saved, opened again and merged, and how close these agree; what does not fit changes nothing.

import { beforeEach, describe, expect, it } from 'vitest'
import {
  blobsOf,
  type Files,
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
import type { SaveForm, Slot } from '../protocol/model.ts'
import { probeModel, readProbeBatch } from './probing.ts'
import { slotFiles } from './saving.ts'
import { decoderOf, modelOf } from './studio.ts'

const records = [instruct('a: ', 'hello we', '12'), instruct('b: ', 'sun warm', '345'), instruct('c: ', '月 rain', '678')]
const lora: NonNullable<Settings['lora']> = {
  r: 3,
  lora_alpha: 6,
  lora_dropout: 0,
  target_modules: ['q_proj', 'k_proj', 'down_proj'],
  use_rslora: false,
}
const short: Partial<Settings> = {
  num_train_epochs: 4,
  per_device_train_batch_size: 2,
  learning_rate: 2e-2,
  shuffle: false,
  lora,
}
const batch = {
  input_ids: [[5, 6, 200, 7, 264]],
  attention_mask: [[1, 1, 1, 1, 1]],
  labels: [[-100, -100, 200, 7, 264]],
}

let opened: OpenedStudio
beforeEach(async () => {
  opened = await openedTiny(await tinyFolderFiles())
  await useRecords(opened, records)
})

async function openedTiny(files: Files): Promise<OpenedStudio> {
  const studio = testStudio()
  await studio.handlers.chooseBackend({ choice: 'wasm' }, quietly())
  await studio.handlers.openModel({ source: sourceOf('tiny', files) }, quietly())
  return studio
}

async function train(settings: Partial<Settings> = {}, slot: 'tuned' | 'twin' = 'tuned'): Promise<number[]> {
  const { context, events } = listening<'train'>()
  await opened.handlers.train(
    { slot, settings: settingsWith({ ...short, ...settings }), leaveOutUnlearnable: false, watch: null },
    context,
  )
  return events.flatMap((event) => (event.kind === 'step' ? [event.step.loss] : []))
}

const saved = async (slot: Slot, form: SaveForm) => blobsOf(slotFiles(opened.studio, slot, form))
const openAdapter = (files: Files, name = 'mine') => opened.handlers.openAdapter({ source: sourceOf(name, files) }, quietly())

/** Logits of the batch by the base of a studio, with its adapter where one is open. */
async function logitsOf(studio: OpenedStudio): Promise<number[]> {
  const { file } = await probeModel(studio.studio, readProbeBatch(studio.studio, batch, ''), 'probe')
  const bytes = await (await blobsOf([file]))[0]?.file.arrayBuffer()
  if (!bytes) throw new Error('The probe wrote nothing.')
  const length = Number(new DataView(bytes).getBigUint64(0, true))
  const { logits } = JSON.parse(new TextDecoder().decode(bytes.slice(8, 8 + length)))
  const [from, to] = logits.data_offsets
  return [...new Float32Array(bytes.slice(8 + length + from, 8 + length + to))]
}

async function adapterValues(slot: Slot): Promise<[string, number[]][]> {
  const values: [string, number[]][] = []
  for (const [name, tensor] of Object.entries(decoderOf(opened.studio, slot).adapter?.weights ?? {}))
    values.push([name, [...(await valuesOf(tensor))]])
  return values.sort(([a], [b]) => a.localeCompare(b))
}

const apart = (got: readonly number[], want: readonly number[]) =>
  Math.max(...want.map((value, at) => Math.abs(value - (got[at] ?? Number.NaN))))

describe('an adapter that was trained', () => {
  it('is saved and opened again without changing a bit', async () => {
    await train()
    const want = await adapterValues('tuned')
    expect(want.length).toBe(2 * 2 * 3)
    const summary = await openAdapter(await saved('tuned', { kind: 'adapter' }))
    expect(summary.adapter).toEqual({
      name: 'mine',
      ...lora,
      modules: 6,
      parameters: want.flatMap(([, values]) => values).length,
    })
    expect(await adapterValues('base')).toEqual(want)
    expect(modelOf(opened.studio).slots.tuned).toBe(null)
  })

  it('gives the same numbers beside the base and merged into it, within float32', async () => {
    await train()
    const merged = await openedTiny(await saved('tuned', { kind: 'model', dtype: 'F32' }))
    const plain = await logitsOf(opened)
    await openAdapter(await saved('tuned', { kind: 'adapter' }))
    const beside = await logitsOf(opened)
    expect(apart(beside, plain)).toBeGreaterThan(0.05)
    // The same sums in another order, of logits up to 10. Measured: 5e-6 at most.
    expect(apart(await logitsOf(merged), beside)).toBeLessThan(3e-5)
  })

  it('goes on from where it was, as one run would with fresh moments', async () => {
    await train()
    const files = await saved('tuned', { kind: 'adapter' })
    await openAdapter(files)
    const [first] = await train({ num_train_epochs: 1, learning_rate: 0 })
    await openAdapter(files)
    const again = await train({ num_train_epochs: 1, learning_rate: 0 })
    expect(again[0]).toBe(first)
    // An adapter that was opened keeps every field of its own configuration.
    const config = (await saved('tuned', { kind: 'adapter' })).find(({ path }) => path === 'adapter_config.json')
    const before = files.find(({ path }) => path === 'adapter_config.json')
    expect(await config?.file.text()).toBe(await before?.file.text())
  })

  it('is merged in first where all weights are trained', async () => {
    await train()
    await openAdapter(await saved('tuned', { kind: 'adapter' }))
    const beside = await logitsOf(opened)
    await train({ lora: null, num_train_epochs: 1, learning_rate: 0 })
    expect(decoderOf(opened.studio, 'tuned').adapter).toBe(null)
    const whole = await openedTiny(await saved('tuned', { kind: 'model', dtype: 'F32' }))
    expect(apart(await logitsOf(whole), beside)).toBeLessThan(3e-5)
  })

  it('is named so that a run can say it, however its own file says it: by a regular expression, or layer by layer', async () => {
    await train()
    const files = await saved('tuned', { kind: 'adapter' })
    const withTargets = async (target_modules: unknown): Promise<Files> =>
      Promise.all(
        files.map(async ({ path, file }) => {
          if (path !== 'adapter_config.json') return { path, file }
          return { path, file: new Blob([JSON.stringify({ ...JSON.parse(await file.text()), target_modules })]) }
        }),
      )
    const { adapter } = await openAdapter(await withTargets('.*\\.(q_proj|k_proj|down_proj)'))
    expect(adapter?.target_modules).toHaveLength(6)
    expect(adapter?.target_modules).toContain('model.layers.1.mlp.down_proj')
    const targets = adapter?.target_modules === 'all-linear' ? [] : [...(adapter?.target_modules ?? [])]
    expect(await train({ lora: { ...lora, target_modules: targets } })).not.toHaveLength(0)
    await expect(train({ lora: { ...lora, target_modules: 'all-linear' } })).rejects.toMatchObject({
      problem: { code: 'run.settings' },
    })
  })

  it('beside every layer is called all-linear', async () => {
    await train({ lora: { ...lora, target_modules: 'all-linear' } })
    const { adapter } = await openAdapter(await saved('tuned', { kind: 'adapter' }))
    expect(adapter).toMatchObject({ target_modules: 'all-linear', modules: 14 })
  })

  it('is carried over when the device changes', async () => {
    await train()
    await openAdapter(await saved('tuned', { kind: 'adapter' }))
    const [values, logits] = [await adapterValues('base'), await logitsOf(opened)]
    await opened.handlers.chooseBackend({ choice: 'cpu' }, quietly())
    expect(await adapterValues('base')).toEqual(values)
    expect(apart(await logitsOf(opened), logits)).toBeLessThan(3e-5)
  })
})

it('has a twin without the mask, an adapter too', async () => {
  await train()
  await train({ objective: 'pretrain' }, 'twin')
  expect(decoderOf(opened.studio, 'twin').adapter).not.toBe(null)
})

it('trains no more memory than it says: nothing is left behind a run that is thrown away', async () => {
  const before = memoryHeld()
  const { context } = listening<'train'>()
  await opened.handlers.train(
    { slot: 'tuned', settings: settingsWith(short), leaveOutUnlearnable: false, watch: null },
    {
      ...context,
      tell: (event) => {
        if (event.kind === 'step' && event.step.step === 2)
          void opened.handlers.stopTraining({ slot: 'tuned', keep: false }, quietly())
      },
    },
  )
  expect(memoryHeld()).toEqual(before)
})

it('is taken away again', async () => {
  await train()
  const plain = await logitsOf(opened)
  const held = memoryHeld().tensors
  await openAdapter(await saved('tuned', { kind: 'adapter' }))
  const summary = await opened.handlers.openAdapter({ source: null }, quietly())
  expect(summary.adapter).toBe(null)
  expect(await logitsOf(opened)).toEqual(plain)
  expect(memoryHeld().tensors).toBeLessThan(held)
})

describe('what does not fit changes nothing', () => {
  const code = (want: string) => ({ problem: { code: want } })

  it('an adapter of another model, and a folder that holds none', async () => {
    await train()
    const files = await saved('tuned', { kind: 'adapter' })
    const values = await adapterValues('tuned')
    const held = memoryHeld()
    const cut = files.map(({ path, file }) => ({ path, file: path.endsWith('.safetensors') ? file.slice(0, -4) : file }))
    await expect(openAdapter(cut)).rejects.toMatchObject(code('model.truncated'))
    await expect(openAdapter(await tinyFolderFiles())).rejects.toMatchObject(code('model.no-adapter'))
    const wide = await tinyFolderFiles({ config: { intermediate_size: 32 }, tensors: wideMlp })
    const other = await openedTiny(wide)
    await expect(other.handlers.openAdapter({ source: sourceOf('mine', files) }, quietly())).rejects.toMatchObject(
      code('model.adapter-mismatch'),
    )
    expect(modelOf(opened.studio).summary.adapter).toBe(null)
    expect(await adapterValues('tuned')).toEqual(values)
    expect(memoryHeld()).toEqual(held)
  })

  it('an adapter where all weights were trained', async () => {
    await train({ lora: null })
    await expect(saved('tuned', { kind: 'adapter' })).rejects.toMatchObject(code('run.no-adapter'))
  })
})

const wideMlp = Object.fromEntries(
  [0, 1].flatMap((layer): [string, number[]][] => [
    [`model.layers.${layer}.mlp.gate_proj.weight`, [32, 16]],
    [`model.layers.${layer}.mlp.up_proj.weight`, [32, 16]],
    [`model.layers.${layer}.mlp.down_proj.weight`, [16, 32]],
  ]),
)

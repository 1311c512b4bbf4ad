// Opening models: what a folder says is shown, what cannot be right is refused by name, and until a new model is whole the old one stays.

import { beforeEach, describe, expect, it } from 'vitest'
import { smallTokenizer } from '../../test/smallTokenizer.ts'
import {
  type Files,
  listening,
  type OpenedStudio,
  quietly,
  sourceOf,
  type TinyFolder,
  testStudio,
  tinyFolderFiles,
} from '../../test/studio.ts'
import { settingsWith } from '../../test/tinyModel.ts'
import { eagerOps } from '../engine/eager.ts'
import { memoryHeld, scoped, toValues } from '../engine/tensor.ts'
import type { JsonObject } from '../formats/json.ts'
import { hiddenStates, logitsOf, tokenBatch } from '../models/decoder.ts'
import { decoderOnDevice, disposeDecoder } from '../models/held.ts'
import { ProblemError } from '../problem/problem.ts'
import { forecastRun } from './fitting.ts'
import { modelOf } from './studio.ts'

let opened: OpenedStudio
beforeEach(async () => {
  for (const slot of Object.values(opened?.studio.model?.slots ?? {})) if (slot !== null) disposeDecoder(slot)
  opened = testStudio()
  await opened.handlers.chooseBackend({ choice: 'wasm' }, quietly())
})

const open = (files: Files, name = 'tiny') => opened.handlers.openModel({ source: sourceOf(name, files) }, quietly())
const openTiny = async (options: TinyFolder = {}) => open(await tinyFolderFiles(options))

async function logits(): Promise<number[]> {
  const { slots } = modelOf(opened.studio)
  const input = tokenBatch({ batch: 1, ids: [5, 6, 200, 7], paddedKeys: null })
  const model = await decoderOnDevice(slots.base)
  const tensor = scoped(() => logitsOf(eagerOps, model, hiddenStates(eagerOps, model, input, null).hidden))
  const values = [...(await toValues(tensor))]
  disposeDecoder(model)
  tensor.dispose()
  return values
}

/** Float32 on two devices: the same sums in another order. */
function expectSameLogits(got: readonly number[], want: readonly number[]): void {
  expect(got.length).toBe(want.length)
  expect(got.reduce((most, value, at) => Math.max(most, Math.abs(value - (want[at] ?? Number.NaN))), 0)).toBeLessThan(2e-5)
}

describe('a model folder', () => {
  it('is summed up', async () => {
    expect(await openTiny()).toMatchObject({
      name: 'tiny',
      architecture: 'Qwen2ForCausalLM',
      parameters: 8224,
      dtype: 'F32',
      hidden_size: 16,
      vocab_size: 265,
      tied: true,
      endToken: '<|im_end|>',
      padToken: '<|endoftext|>',
      hasChatTemplate: true,
      license: 'A licence',
    })
  })

  it('starts a backend by itself where none was chosen', async () => {
    opened = testStudio()
    await openTiny()
    expect(opened.studio.backend).not.toBe(null)
  })

  it('tells how far it is', async () => {
    const { context, events } = listening<'openModel'>()
    await opened.handlers.openModel({ source: sourceOf('tiny', await tinyFolderFiles()) }, context)
    expect(events.at(-1)).toMatchObject({ work: 'loadingModel', total: 26, unit: 'tensors' })
    expect(events.map(({ done }) => done)).toEqual(events.map((_, at) => at))
  })

  it.each(['F16', 'BF16'] as const)('in %s gives nearly the same logits', async (dtype) => {
    await openTiny()
    const whole = await logits()
    expect(await openTiny({ dtype })).toMatchObject({ dtype })
    const narrow = await logits()
    expect(narrow).not.toEqual(whole)
    // Weights are rounded by 2^-9 of their size at most; logits here go up to 3.
    expect(narrow.reduce((most, value, at) => Math.max(most, Math.abs(value - (whole[at] ?? 0))), 0)).toBeLessThan(0.2)
  })

  it('may hold a tied head all the same, and what is computed; and may lack a tokenizer', async () => {
    expect(await openTiny({ tensors: { 'lm_head.weight': [265, 16] } })).toMatchObject({ parameters: 8224 })
    expect(await openTiny({ tensors: { 'model.layers.1.self_attn.rotary_emb.inv_freq': [2] } })).toMatchObject({
      parameters: 8224,
    })
    expect(await openTiny({ withTokenizer: false })).toMatchObject({ endToken: '[264]', hasChatTemplate: false })
  })

  it('opened again takes the place of the first and gives its memory back', async () => {
    await openTiny()
    const before = memoryHeld()
    const first = await logits()
    await openTiny({ seed: 8 })
    expect(memoryHeld()).toEqual(before)
    expect(await logits()).not.toEqual(first)
  })

  it('is forecast in memory: gradients like the weights, AdamW twice as much, and two copies beside the file', async () => {
    const files = await tinyFolderFiles()
    await open(files)
    const { memory } = forecastRun(opened.studio, settingsWith({}))
    // Each of the 26 parameters has up to 80 bytes around it.
    const around = 26 * 80
    for (const [bytes, sets] of [
      [memory.weights, 1],
      [memory.gradients, 1],
      [memory.optimizer, 2],
    ] as const) {
      expect(bytes).toBeGreaterThanOrEqual(8224 * 4 * sets)
      expect(bytes).toBeLessThan((8224 * 4 + around) * sets)
    }
    const file = files.find(({ path }) => path === 'model.safetensors')?.file.size ?? 0
    expect(memory.copies).toBe(memory.weights + 8224 * 4 + file)
  })
})

describe('a folder that cannot be right', () => {
  const without = (files: Files, path: string) => files.filter((file) => file.path !== path)
  const instead = (files: Files, path: string, text: string): Files => [...without(files, path), { path, file: new Blob([text]) }]
  const bad = (options: TinyFolder) => () => tinyFolderFiles(options)
  const config = (changed: JsonObject) => bad({ config: changed })

  /** A vocabulary of one token more than the embedding has rows. */
  const largerTokenizer = () => {
    const { added_tokens, ...rest } = smallTokenizer()
    const [first] = added_tokens
    return JSON.stringify({ ...rest, added_tokens: [...added_tokens, { ...first, id: 265, content: '<|one_more|>' }] })
  }

  it.each<[string, () => Promise<Files>, string, string]>([
    [
      'a missing tensor',
      bad({ tensors: { 'model.layers.1.mlp.up_proj.weight': null } }),
      'model.missing-tensor',
      'model.layers.1.mlp.up_proj.weight',
    ],
    ['a missing bias', bad({ tensors: { 'model.layers.0.self_attn.q_proj.bias': null } }), 'model.missing-tensor', 'q_proj.bias'],
    ['a wrong shape', bad({ tensors: { 'model.norm.weight': [17] } }), 'model.wrong-shape', 'model.norm.weight has shape [17]'],
    ['a transposed shape', bad({ tensors: { 'model.layers.0.mlp.up_proj.weight': [16, 24] } }), 'model.wrong-shape', '[16, 24]'],
    [
      'surplus tensors',
      bad({ tensors: { 'model.layers.2.mlp.up_proj.weight': [24, 16] } }),
      'model.surplus-tensors',
      'model.layers.2',
    ],
    ['a head of its own that is missing', config({ tie_word_embeddings: false }), 'model.missing-tensor', 'lm_head.weight'],
    ['another architecture', config({ architectures: ['MambaForCausalLM'] }), 'model.unsupported', 'MambaForCausalLM'],
    ['scaled positions', config({ rope_scaling: { type: 'yarn', factor: 4 } }), 'model.unsupported', 'rope_scaling'],
    [
      'a tokenizer larger than the embedding',
      async () => instead(await tinyFolderFiles(), 'tokenizer.json', largerTokenizer()),
      'model.vocabulary',
      '266',
    ],
    [
      'config.json that is not JSON',
      async () => instead(await tinyFolderFiles(), 'config.json', '{"a": '),
      'model.bad-json',
      'config.json',
    ],
    ['no config.json', async () => without(await tinyFolderFiles(), 'config.json'), 'model.missing-file', 'config.json'],
    ['no weights', async () => without(await tinyFolderFiles(), 'model.safetensors'), 'model.missing-file', 'model.safetensors'],
    ['nothing at all', async () => [], 'model.missing-file', 'config.json'],
    ['weights that were cut off', async () => cutOff(await tinyFolderFiles()), 'model.truncated', 'model.safetensors'],
    [
      'an archive that is none',
      async () => [{ path: 'model.zip', file: new Blob(['no archive']) }],
      'model.unreadable',
      'tiny: ',
    ],
  ])('with %s is refused, and the model before it stays open', async (_what, make, code, named) => {
    await openTiny()
    const [before, held] = [await logits(), memoryHeld()]
    const error = await open(await make()).then(
      () => null,
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(ProblemError)
    expect(error).toMatchObject({ problem: { code } })
    expect(String(error)).toContain(named)
    expect(memoryHeld()).toEqual(held)
    expect(await logits()).toEqual(before)
    expect(opened.studio.busy).toBe(null)
  })

  function cutOff(files: Files): Files {
    return files.map(({ path, file }) => ({ path, file: path === 'model.safetensors' ? file.slice(0, file.size - 100) : file }))
  }

  it('that holds another form of numbers is refused by the tensor', async () => {
    const files = await tinyFolderFiles()
    const changed = await Promise.all(
      files.map(async ({ path, file }) => {
        if (path !== 'model.safetensors') return { path, file }
        const bytes = new Uint8Array(await file.arrayBuffer())
        const at = new TextDecoder('latin1').decode(bytes).indexOf('"F32"')
        bytes.set(new TextEncoder().encode('"I32"'), at)
        return { path, file: new Blob([bytes]) }
      }),
    )
    await expect(open(changed)).rejects.toMatchObject({ problem: { code: 'model.dtype' } })
    expect(opened.studio.model).toBe(null)
  })
})

it('cancelled while it loads leaves the model before it open', async () => {
  await openTiny()
  const [before, held] = [await logits(), memoryHeld()]
  const { context, events, cancel } = listening<'openModel'>()
  const tell = (event: (typeof events)[number]) => {
    if (event.done === 5) cancel()
  }
  const opening = opened.handlers.openModel(
    { source: sourceOf('other', await tinyFolderFiles({ seed: 9 })) },
    { ...context, tell },
  )
  await expect(opening).rejects.toMatchObject({ problem: { code: 'run.cancelled' } })
  expect(memoryHeld()).toEqual(held)
  expect(await logits()).toEqual(before)
})

describe('another backend', () => {
  it('takes the open model along, with the same logits', async () => {
    await openTiny()
    const [before, held] = [await logits(), memoryHeld().tensors]
    expect(await opened.handlers.chooseBackend({ choice: 'cpu' }, quietly())).toMatchObject({
      backend: 'cpu',
      reason: 'asked-for',
    })
    expectSameLogits(await logits(), before)
    await opened.handlers.chooseBackend({ choice: 'wasm' }, quietly())
    expect(await logits()).toEqual(before)
    expect(memoryHeld().tensors).toBe(held)
  })

  it('that cannot be had leaves everything as it was', async () => {
    await openTiny()
    const before = await logits()
    await expect(opened.handlers.chooseBackend({ choice: 'webgpu' }, quietly())).rejects.toMatchObject({
      problem: { code: 'run.backend' },
    })
    expect(opened.studio.backend).toMatchObject({ backend: 'wasm' })
    expect(await logits()).toEqual(before)
  })
})

it('two things at once are refused: the second is told what runs', async () => {
  const source = sourceOf('tiny', await tinyFolderFiles())
  const first = opened.handlers.openModel({ source }, quietly())
  await expect(opened.handlers.openModel({ source }, quietly())).rejects.toMatchObject({
    problem: { code: 'run.busy', values: { running: 'opening a model' } },
  })
  await first
  await openTiny()
})

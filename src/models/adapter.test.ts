// What must hold of LoRA whatever its weights are: a fresh adapter changes nothing, merged is unmerged, and every name finds its layers.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tinyConfig, tinyDecoder, tinyWeights } from '../../test/tinyModel.ts'
import { normalNumbers } from '../config/random.ts'
import { startBackend } from '../engine/backends/start.ts'
import { eagerOps } from '../engine/eager.ts'
import { disposeAll, fromValues, memoryHeld, scoped, type Tensor, toValues } from '../engine/tensor.ts'
import {
  type AdapterSettings,
  adapterShapes,
  freshAdapterValues,
  linearModules,
  lowRankOf,
  scaleOf,
  targetedModules,
} from './adapter.ts'
import { type Decoder, hiddenStates, logitsOf, tokenBatch } from './decoder.ts'
import { disposeDecoder, merged, trainedWeights, traineeOf, withFreshAdapter, withTrained } from './held.ts'

const settings: AdapterSettings = { r: 3, lora_alpha: 12, lora_dropout: 0, target_modules: 'all-linear', use_rslora: false }

let weights: Record<string, Tensor>
let held: number
beforeAll(async () => {
  await startBackend('wasm', { wasmFiles: null, isolated: false })
  weights = tinyWeights()
  held = memoryHeld().tensors
})
afterAll(() => {
  expect(memoryHeld().tensors, 'tensors held behind all tests').toBe(held)
  disposeAll(weights)
})

/** The tiny model with an adapter whose B is not zero. */
function adapted(changed: Partial<AdapterSettings> = {}): Decoder<Tensor> {
  const model = withFreshAdapter(tinyDecoder(weights), { ...settings, ...changed }, 5)
  const next = normalNumbers(11)
  const moved: Record<string, Tensor> = {}
  for (const [name, tensor] of Object.entries(model.adapter?.weights ?? {})) {
    moved[name] = fromValues(
      Float32Array.from({ length: tensor.size }, () => 0.2 * next()),
      tensor.shape,
    )
    tensor.dispose()
  }
  return { ...model, adapter: model.adapter && { ...model.adapter, weights: moved } }
}

async function logits(model: Decoder<Tensor>): Promise<number[]> {
  const input = tokenBatch({ batch: 1, ids: [104, 101, 200, 7, 264, 33], paddedKeys: null })
  const tensor = scoped(() => logitsOf(eagerOps, model, hiddenStates(eagerOps, model, input, null).hidden))
  const values = [...(await toValues(tensor))]
  tensor.dispose()
  return values
}

const apart = (got: readonly number[], want: readonly number[]) =>
  Math.max(...want.map((value, at) => Math.abs(value - (got[at] ?? Number.NaN))))

describe('the modules', () => {
  it('are the linear layers of every block, without the head', () => {
    expect(linearModules(tinyConfig).length).toBe(2 * 7)
    expect(linearModules({ ...tinyConfig, tie_word_embeddings: false }).length).toBe(2 * 7)
    expect(linearModules(tinyConfig)[0]).toEqual({ name: 'model.layers.0.self_attn.q_proj', inputs: 16, outputs: 16 })
  })

  it.each([
    ['all-linear', 14, []],
    [['all-linear'], 14, []],
    [['q_proj', 'v_proj'], 4, []],
    [['self_attn.q_proj'], 2, []],
    [['model.layers.1.mlp.down_proj'], 1, []],
    [['q_proj', 'model.layers.0.self_attn.q_proj'], 2, []],
    [['query', 'up_proj'], 2, ['query']],
    [['proj'], 0, ['proj']],
    [['lm_head'], 0, ['lm_head']],
    [[], 0, []],
  ])('%j names %d of them', (target_modules, count, unknown) => {
    const found = targetedModules(tinyConfig, { target_modules })
    expect(found.modules.length).toBe(count)
    expect(found.unknown).toEqual(unknown)
  })

  it('have weights under the names of PEFT', () => {
    expect(adapterShapes(targetedModules(tinyConfig, { target_modules: ['k_proj'] }).modules, 3).slice(0, 2)).toEqual([
      { name: 'model.layers.0.self_attn.k_proj.lora_A.weight', shape: [3, 16] },
      { name: 'model.layers.0.self_attn.k_proj.lora_B.weight', shape: [8, 3] },
    ])
  })
})

it('scales by alpha over the rank, or over its root', () => {
  expect(scaleOf({ lora_alpha: 16, use_rslora: false }, 8)).toBe(2)
  expect(scaleOf({ lora_alpha: 16, use_rslora: true }, 4)).toBe(8)
})

describe('a fresh adapter', () => {
  it('is uniform in one over the root of the inputs, and zero', () => {
    const [module] = linearModules(tinyConfig)
    if (!module) throw new Error('The model has linear layers.')
    const values = freshAdapterValues([{ ...module, inputs: 400 }], 50, 3)
    const a = values[`${module.name}.lora_A.weight`] ?? new Float32Array()
    expect(a.length).toBe(20_000)
    const largest = a.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    expect(largest).toBeLessThanOrEqual(1 / 20)
    // Uniform in ±w has a variance of w²/3; of 20,000 numbers the share of that is known to 1 %.
    expect((a.reduce((sum, value) => sum + value * value, 0) / a.length) * 3 * 400).toBeCloseTo(1, 1)
    expect(new Set(values[`${module.name}.lora_B.weight`])).toEqual(new Set([0]))
  })

  it('computes what the base does, to the last bit', async () => {
    const model = withFreshAdapter(tinyDecoder(weights), settings, 5)
    expect(await logits(model)).toEqual(await logits(tinyDecoder(weights)))
    disposeDecoder(model)
  })
})

describe('merged', () => {
  it.each([
    ['alpha over the rank', {}],
    ['rsLoRA', { use_rslora: true }],
    ['some of the layers', { target_modules: ['q_proj', 'down_proj'] }],
  ])('is unmerged: %s', async (_, changed) => {
    const model = adapted(changed)
    const plain = merged(model)
    const [with_, without, base] = [await logits(model), await logits(plain), await logits(tinyDecoder(weights))]
    expect(plain.adapter).toBe(null)
    expect(apart(with_, base)).toBeGreaterThan(0.1)
    // (W + sBA)x against Wx + sB(Ax): the same sums in another order, float32, of logits up to 10. Measured: 1.1e-5 at most.
    expect(apart(without, with_)).toBeLessThan(4e-5)
    disposeDecoder(plain)
    disposeDecoder(model)
  })
})

describe('what is trained', () => {
  it('is the adapter alone, in copies of its own', async () => {
    const model = adapted()
    const { model: own, trained } = traineeOf(model)
    const copy = traineeOf(model)
    expect(Object.keys(trained)).toEqual(Object.keys(model.adapter?.weights ?? {}))
    expect(trainedWeights(copy.model)).toBe(copy.trained)
    expect(Object.values(trained).some((tensor) => Object.values(model.adapter?.weights ?? {}).includes(tensor))).toBe(false)
    disposeDecoder(own)
    disposeDecoder(copy.model)
    disposeDecoder(model)
  })

  it('drops other elements in every layer and step, and none outside training', () => {
    const model = adapted({ lora_dropout: 0.5 })
    const seedIn = (step: number | null, module: string) => {
      const dropout = lowRankOf(withTrained(model, trainedWeights(model), step).adapter, module)?.dropout
      return dropout && `${dropout.seed} ${dropout.part}`
    }
    const modules = linearModules(tinyConfig).map(({ name }) => name)
    const seeds = [1, 2].flatMap((step) => modules.map((module) => seedIn(step, module)))
    expect(new Set(seeds).size).toBe(28)
    expect(modules.map((module) => seedIn(null, module))).toEqual(modules.map(() => null))
    disposeDecoder(model)
  })
})

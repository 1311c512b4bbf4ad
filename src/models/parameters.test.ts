// The list of parameters that everything walks over, and the weights of a model that nobody has trained.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tinyConfig } from '../../test/tinyModel.ts'
import { startBackend } from '../engine/backends/start.ts'
import { disposeAll, type Tensor, toValues } from '../engine/tensor.ts'
import { freshWeights } from './fresh.ts'
import { decays, parameterCount, parameterShapes } from './parameters.ts'

describe('the list', () => {
  const names = parameterShapes(tinyConfig).map(({ name }) => name)

  it('names every parameter once, a tied head not at all', () => {
    expect(names.length).toBe(2 + 2 * 12)
    expect(new Set(names).size).toBe(names.length)
    expect(names).not.toContain('lm_head.weight')
    expect(names).toContain('model.layers.1.self_attn.k_proj.bias')
  })

  it('has a head of its own where it is not tied, and no biases where there are none', () => {
    const other = parameterShapes({ ...tinyConfig, tie_word_embeddings: false, biases: { qkv: false, o: false, mlp: false } })
    expect(other.at(-1)).toEqual({ name: 'lm_head.weight', shape: [265, 16] })
    expect(other.some(({ name }) => name.endsWith('.bias'))).toBe(false)
  })

  it('has shapes of grouped heads, with a head_dim of its own', () => {
    const shapes = new Map(parameterShapes({ ...tinyConfig, head_dim: 8 }).map(({ name, shape }) => [name, shape]))
    expect(shapes.get('model.layers.0.self_attn.q_proj.weight')).toEqual([32, 16])
    expect(shapes.get('model.layers.0.self_attn.k_proj.weight')).toEqual([16, 16])
    expect(shapes.get('model.layers.0.self_attn.o_proj.weight')).toEqual([16, 32])
    expect(shapes.get('model.layers.0.mlp.down_proj.weight')).toEqual([16, 24])
  })

  it('has every part that a configuration can ask for, in the order that transformers registers them', () => {
    const everything = { ...tinyConfig, num_hidden_layers: 1, biases: { qkv: true, o: true, mlp: true }, qkNorm: true }
    const biased = (part: string) => [`${part}.weight`, `${part}.bias`]
    expect(parameterShapes(everything).map(({ name }) => name)).toEqual([
      'model.embed_tokens.weight',
      ...[
        ...['q_proj', 'k_proj', 'v_proj', 'o_proj'].flatMap((part) => biased(`self_attn.${part}`)),
        ...['self_attn.q_norm.weight', 'self_attn.k_norm.weight'],
        ...['gate_proj', 'up_proj', 'down_proj'].flatMap((part) => biased(`mlp.${part}`)),
        ...['input_layernorm.weight', 'post_attention_layernorm.weight'],
      ].map((part) => `model.layers.0.${part}`),
      'model.norm.weight',
    ])
    const shapes = new Map(parameterShapes(everything).map(({ name, shape }) => [name, shape]))
    expect(shapes.get('model.layers.0.self_attn.k_norm.weight')).toEqual([4])
    expect(shapes.get('model.layers.0.self_attn.o_proj.bias')).toEqual([16])
    expect(shapes.get('model.layers.0.mlp.up_proj.bias')).toEqual([24])
    expect(shapes.get('model.layers.0.mlp.down_proj.bias')).toEqual([16])
  })

  it('counts its numbers', () => {
    const block = 16 * 16 + 16 + 2 * (8 * 16 + 8) + 16 * 16 + 3 * 16 * 24 + 2 * 16
    expect(parameterCount(tinyConfig)).toBe(265 * 16 + 2 * block + 16)
  })
})

it('decays everything but biases and the weights of norms', () => {
  const spared = parameterShapes(tinyConfig)
    .map(({ name }) => name)
    .filter((name) => !decays(name))
  expect(spared.filter((name) => name.endsWith('.bias')).length).toBe(6)
  expect(spared.filter((name) => name.endsWith('norm.weight')).length).toBe(5)
  expect(spared.length).toBe(11)
  expect(decays('model.embed_tokens.weight')).toBe(true)
  for (const part of ['self_attn.q_norm.weight', 'self_attn.k_norm.weight', 'self_attn.o_proj.bias', 'mlp.down_proj.bias'])
    expect(decays(`model.layers.0.${part}`), part).toBe(false)
})

describe('fresh weights', () => {
  let weights: Record<string, Tensor>
  beforeAll(async () => {
    await startBackend('wasm', { wasmFiles: null, isolated: false })
    weights = freshWeights(tinyConfig, 3)
  })
  afterAll(() => disposeAll(weights))

  const valuesOf = async (name: string) => [...(await toValues(weights[name] ?? never(name)))]
  const never = (name: string): never => {
    throw new Error(`${name} is missing`)
  }

  it('have every parameter in its shape', () => {
    expect(Object.entries(weights).map(([name, { shape }]) => ({ name, shape }))).toEqual(parameterShapes(tinyConfig))
  })

  it('are normal of deviation 0.02, norms one, biases zero', async () => {
    const embedding = await valuesOf('model.embed_tokens.weight')
    const mean = embedding.reduce((sum, value) => sum + value, 0) / embedding.length
    const deviation = Math.sqrt(embedding.reduce((sum, value) => sum + (value - mean) ** 2, 0) / embedding.length)
    // 4240 numbers: the mean has a deviation of 0.0003, the deviation one of 1 %.
    expect(Math.abs(mean)).toBeLessThan(0.0015)
    expect(deviation / 0.02).toBeCloseTo(1, 1)
    expect(new Set(await valuesOf('model.norm.weight'))).toEqual(new Set([1]))
    expect(new Set(await valuesOf('model.layers.0.self_attn.q_proj.bias'))).toEqual(new Set([0]))
  })

  it('have norms of heads at one, every bias and the padding row at zero', async () => {
    const other = {
      ...tinyConfig,
      num_hidden_layers: 1,
      biases: { qkv: true, o: true, mlp: true },
      qkNorm: true,
      paddingIndex: 2,
    }
    const own = freshWeights(other, 3)
    for (const [name, tensor] of Object.entries(own)) {
      const kinds = new Set(await toValues(tensor))
      if (name.endsWith('norm.weight')) expect(kinds, name).toEqual(new Set([1]))
      else if (name.endsWith('.bias')) expect(kinds, name).toEqual(new Set([0]))
      else expect(kinds.size, name).toBeGreaterThan(50)
    }
    const embedding = await toValues(own['model.embed_tokens.weight'] ?? never('model.embed_tokens.weight'))
    const zeros = [...embedding.keys()].filter((at) => embedding[at] === 0)
    expect(zeros).toEqual(Array.from({ length: 16 }, (_, column) => 2 * 16 + column))
    disposeAll(own)
  })

  it('are the same from the same seed, and others from another', async () => {
    const again = freshWeights(tinyConfig, 3)
    const other = freshWeights(tinyConfig, 4)
    const name = 'model.layers.1.mlp.up_proj.weight'
    expect([...(await toValues(again[name] ?? never(name)))]).toEqual(await valuesOf(name))
    expect([...(await toValues(other[name] ?? never(name)))]).not.toEqual(await valuesOf(name))
    disposeAll(again)
    disposeAll(other)
  })
})

// config.json is read with Hugging Face's defaults, and whatever in it would change the numbers unseen is refused by name.

import { describe, expect, it } from 'vitest'
import { tinyConfig, tinyConfigJson } from '../../test/tinyModel.ts'
import { ProblemError } from '../problem/problem.ts'
import { readDecoderConfig } from './config.ts'

const read = (changed: Readonly<Record<string, unknown>>) => readDecoderConfig({ ...tinyConfigJson, ...changed })

/** The code and the setting of the problem, or null. */
function refusal(json: unknown): string | null {
  try {
    readDecoderConfig(json)
    return null
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const { problem } = error
    if (problem.code !== 'model.unsupported' && problem.code !== 'model.bad-config') throw error
    return `${problem.code} ${problem.values.setting}`
  }
}

it('reads a Qwen2', () => {
  expect(tinyConfig).toEqual({
    architecture: 'Qwen2ForCausalLM',
    vocab_size: 265,
    hidden_size: 16,
    intermediate_size: 24,
    num_hidden_layers: 2,
    num_attention_heads: 4,
    num_key_value_heads: 2,
    head_dim: 4,
    rms_norm_eps: 1e-6,
    rope_theta: 10_000,
    max_position_embeddings: 96,
    tie_word_embeddings: true,
    qkvBias: true,
    paddingIndex: null,
    eosTokenIds: [264],
  })
})

it('takes what is left out as Hugging Face does', () => {
  const optional = [
    'num_key_value_heads',
    'rms_norm_eps',
    'rope_theta',
    'max_position_embeddings',
    'tie_word_embeddings',
    'eos_token_id',
  ]
  const rest = Object.fromEntries(Object.entries(tinyConfigJson).filter(([name]) => !optional.includes(name)))
  expect(readDecoderConfig(rest)).toMatchObject({
    num_key_value_heads: 4,
    rms_norm_eps: 1e-6,
    rope_theta: 10_000,
    max_position_embeddings: 32_768,
    tie_word_embeddings: false,
    eosTokenIds: [],
  })
})

it('reads several end tokens, a padding row, and a head_dim of its own', () => {
  expect(read({ eos_token_id: [3, 4], pad_token_id: 0, head_dim: 8 })).toMatchObject({
    eosTokenIds: [3, 4],
    paddingIndex: 0,
    head_dim: 8,
  })
  expect(read({ eos_token_id: null, pad_token_id: null, head_dim: null })).toMatchObject({
    eosTokenIds: [],
    paddingIndex: null,
    head_dim: 4,
  })
})

describe('refused by name', () => {
  it.each([
    ['architectures', ['MambaForCausalLM'], 'model.unsupported architectures'],
    ['architectures', ['constructor'], 'model.unsupported architectures'],
    ['hidden_act', 'gelu', 'model.unsupported hidden_act'],
    ['rope_scaling', { type: 'yarn', factor: 4 }, 'model.unsupported rope_scaling'],
    ['use_sliding_window', true, 'model.unsupported use_sliding_window'],
    ['attention_dropout', 0.1, 'model.unsupported attention_dropout'],
    ['architectures', [], 'model.bad-config architectures'],
    ['hidden_size', '16', 'model.bad-config hidden_size'],
    ['hidden_size', 0, 'model.bad-config hidden_size'],
    ['num_hidden_layers', 1.5, 'model.bad-config num_hidden_layers'],
    ['num_key_value_heads', 3, 'model.bad-config num_attention_heads'],
    ['head_dim', 3, 'model.bad-config head_dim'],
    ['hidden_size', 18, 'model.bad-config head_dim'],
    ['vocab_size', undefined, 'model.bad-config vocab_size'],
  ])('%s: %j', (setting, value, refused) => {
    expect(refusal({ ...tinyConfigJson, [setting]: value })).toBe(refused)
  })

  it.each([[null], [[]], ['config'], [{}]])('%j in place of an object', (json) => {
    expect(refusal(json)).toMatch(/^model\.bad-config/)
  })
})

it('takes rope_scaling null, and a sliding window that is switched off', () => {
  expect(() => read({ rope_scaling: null, use_sliding_window: false, sliding_window: 4096, max_window_layers: 1 })).not.toThrow()
})

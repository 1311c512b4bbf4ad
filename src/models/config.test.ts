// config.json is read with the defaults of the transformers class that it names, and what would change the numbers unseen is refused by name.

import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../test/configRefusal.ts'
import { tinyConfig, tinyConfigJson } from '../../test/tinyModel.ts'
import { readDecoderConfig } from './config.ts'

const read = (changed: Readonly<Record<string, unknown>>) => readDecoderConfig({ ...tinyConfigJson, ...changed })
const refusal = (changed: Readonly<Record<string, unknown>>) => refusalOf({ ...tinyConfigJson, ...changed })

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
    rope_parameters: { rope_type: 'default', rope_theta: 10_000 },
    max_position_embeddings: 96,
    tie_word_embeddings: true,
    biases: { qkv: true, o: false, mlp: false },
    qkNorm: false,
    slidingWindows: [null, null],
    paddingIndex: null,
    eosTokenIds: [264],
  })
})

describe('a file that names an architecture and nothing else has the defaults of its class', () => {
  const shared = {
    hidden_size: 4096,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    head_dim: 128,
    rms_norm_eps: 1e-6,
    rope_parameters: { rope_type: 'default', rope_theta: 10_000 },
    tie_word_embeddings: false,
    paddingIndex: null,
  }
  it.each([
    ['Qwen2ForCausalLM', [151_936, 22_016, 32, 32_768], null, []],
    ['LlamaForCausalLM', [32_000, 11_008, 32, 2048], null, [2]],
    ['Qwen3ForCausalLM', [151_936, 22_016, 32, 32_768], null, []],
    ['MistralForCausalLM', [32_000, 14_336, 8, 131_072], 4096, [2]],
  ])('%s', (architecture, sizes, window, eosTokenIds) => {
    const config = readDecoderConfig({ architectures: [architecture] })
    expect(config).toMatchObject({ ...shared, architecture, eosTokenIds })
    const { vocab_size, intermediate_size, num_key_value_heads, max_position_embeddings } = config
    expect([vocab_size, intermediate_size, num_key_value_heads, max_position_embeddings]).toEqual(sizes)
    expect(config.slidingWindows).toEqual(new Array(32).fill(window))
  })

  it('which differ where other settings are given: key heads and head_dim', () => {
    const given = { hidden_size: 48, num_attention_heads: 8, num_hidden_layers: 1 }
    const heads = (architecture: string) => {
      const { num_key_value_heads, head_dim } = readDecoderConfig({ architectures: [architecture], ...given })
      return { num_key_value_heads, head_dim }
    }
    expect(heads('LlamaForCausalLM')).toEqual({ num_key_value_heads: 8, head_dim: 6 })
    expect(heads('MistralForCausalLM')).toEqual({ num_key_value_heads: 8, head_dim: 6 })
    // The Qwen classes have 32 key heads unless the file says otherwise, which 8 heads cannot share.
    expect(() => heads('Qwen2ForCausalLM')).toThrow('num_key_value_heads (32)')
    const wide = { architectures: ['Qwen3ForCausalLM'], ...given, num_key_value_heads: 4 }
    expect(readDecoderConfig(wide)).toMatchObject({ num_key_value_heads: 4, head_dim: 128 })
  })
})

describe('files of known models', () => {
  it('SmolLM2-135M, a Llama', () => {
    const config = readDecoderConfig({
      architectures: ['LlamaForCausalLM'],
      attention_bias: false,
      attention_dropout: 0.0,
      bos_token_id: 0,
      eos_token_id: 0,
      hidden_act: 'silu',
      hidden_size: 576,
      initializer_range: 0.041666666666666664,
      intermediate_size: 1536,
      is_llama_config: true,
      max_position_embeddings: 8192,
      model_type: 'llama',
      num_attention_heads: 9,
      num_hidden_layers: 30,
      num_key_value_heads: 3,
      pretraining_tp: 1,
      rms_norm_eps: 1e-5,
      rope_interleaved: false,
      rope_scaling: null,
      rope_theta: 100_000,
      tie_word_embeddings: true,
      torch_dtype: 'bfloat16',
      use_cache: true,
      vocab_size: 49_152,
    })
    expect(config).toMatchObject({
      head_dim: 64,
      rms_norm_eps: 1e-5,
      rope_parameters: { rope_type: 'default', rope_theta: 100_000 },
      biases: { qkv: false, o: false, mlp: false },
      eosTokenIds: [0],
    })
  })

  it('Llama 3.2 1B, with its scaling and three end tokens', () => {
    const rope = { factor: 32, high_freq_factor: 4, low_freq_factor: 1, original_max_position_embeddings: 8192 }
    const config = readDecoderConfig({
      architectures: ['LlamaForCausalLM'],
      model_type: 'llama',
      attention_bias: false,
      mlp_bias: false,
      head_dim: 64,
      hidden_size: 2048,
      num_attention_heads: 32,
      num_key_value_heads: 8,
      rope_scaling: { ...rope, rope_type: 'llama3' },
      rope_theta: 500_000,
      eos_token_id: [128_001, 128_008, 128_009],
    })
    expect(config.rope_parameters).toEqual({ rope_type: 'llama3', rope_theta: 500_000, ...rope })
    expect(config.eosTokenIds).toEqual([128_001, 128_008, 128_009])
  })

  it('Qwen3-0.6B, with norms on q and k and heads wider than its stream', () => {
    const config = readDecoderConfig({
      architectures: ['Qwen3ForCausalLM'],
      model_type: 'qwen3',
      attention_bias: false,
      head_dim: 128,
      hidden_size: 1024,
      max_window_layers: 28,
      num_attention_heads: 16,
      num_hidden_layers: 28,
      num_key_value_heads: 8,
      rope_scaling: null,
      rope_theta: 1_000_000,
      sliding_window: null,
      tie_word_embeddings: true,
      use_sliding_window: false,
    })
    expect(config).toMatchObject({ head_dim: 128, qkNorm: true, biases: { qkv: false, o: false, mlp: false } })
  })

  it('Mistral 7B v0.1, whose window is in every layer', () => {
    const config = readDecoderConfig({ model_type: 'mistral', sliding_window: 4096, num_hidden_layers: 3 })
    expect(config).toMatchObject({ architecture: 'MistralForCausalLM', slidingWindows: [4096, 4096, 4096], qkNorm: false })
  })
})

describe('which class is meant', () => {
  it.each(['qwen2', 'llama', 'qwen3', 'mistral'])('a file without architectures is read by its model_type: %s', (model_type) => {
    const { architectures: _, ...rest } = tinyConfigJson
    expect(readDecoderConfig({ ...rest, model_type }).architecture.toLowerCase()).toBe(`${model_type}forcausallm`)
    expect(read({ architectures: null }).architecture).toBe('Qwen2ForCausalLM')
    expect(read({ architectures: [] }).architecture).toBe('Qwen2ForCausalLM')
  })

  it.each([
    [{ architectures: ['MambaForCausalLM'] }, 'model.unsupported architectures'],
    [{ architectures: ['Qwen2ForSequenceClassification'] }, 'model.unsupported architectures'],
    [{ architectures: ['constructor'] }, 'model.unsupported architectures'],
    [{ architectures: 'Qwen2ForCausalLM', model_type: 'mamba' }, 'model.bad-config model_type'],
    [{ architectures: [7] }, 'model.bad-config architectures'],
    [{ architectures: null, model_type: 'mamba' }, 'model.unsupported model_type'],
    [{ architectures: null, model_type: 3 }, 'model.bad-config model_type'],
    [{ architectures: null, model_type: null }, 'model.bad-config architectures'],
    [{ architectures: ['LlamaForCausalLM'] }, 'model.bad-config model_type'],
  ])('%j', (changed, refused) => {
    expect(refusal(changed)).toBe(refused)
  })

  it.each([[null], [[]], ['config'], [{}]])('%j in place of an object', (json) => {
    expect(refusalOf(json)).toMatch(/^model\.bad-config/)
  })
})

describe('biases are where the class puts them', () => {
  const both = { attention_bias: true, mlp_bias: true, model_type: null }
  it.each([
    ['Qwen2ForCausalLM', { qkv: true, o: false, mlp: false }],
    ['LlamaForCausalLM', { qkv: true, o: true, mlp: true }],
    ['Qwen3ForCausalLM', { qkv: true, o: true, mlp: false }],
    ['MistralForCausalLM', { qkv: false, o: false, mlp: false }],
  ])('%s', (architecture, biases) => {
    expect(read({ ...both, architectures: [architecture] }).biases).toEqual(biases)
  })
})

it('reads several end tokens, a padding row, and a head_dim of its own', () => {
  expect(read({ eos_token_id: [3, 4], pad_token_id: 0, head_dim: 8 })).toMatchObject({
    eosTokenIds: [3, 4],
    paddingIndex: 0,
    head_dim: 8,
  })
  expect(read({ eos_token_id: null, pad_token_id: null, head_dim: null, num_key_value_heads: null })).toMatchObject({
    eosTokenIds: [],
    paddingIndex: null,
    head_dim: 4,
    num_key_value_heads: 4,
  })
  expect(read({ pad_token_id: -1 }).paddingIndex).toBe(264)
})

it('takes sizes that are no round numbers', () => {
  const odd = { hidden_size: 10, num_attention_heads: 3, num_key_value_heads: 1, head_dim: 6, vocab_size: 37 }
  expect(read(odd)).toMatchObject(odd)
})

describe('refused by name', () => {
  it.each([
    ['hidden_act', 'gelu', 'model.unsupported hidden_act'],
    ['hidden_act', null, 'model.unsupported hidden_act'],
    ['attention_dropout', 0.1, 'model.unsupported attention_dropout'],
    ['quantization_config', { quant_method: 'gptq', bits: 4 }, 'model.unsupported quantization_config'],
    ['is_causal', false, 'model.unsupported is_causal'],
    ['per_layer_config', { 0: { head_dim: 8 } }, 'model.unsupported per_layer_config'],
    ['loss_type', 'ForMaskedLM', 'model.unsupported loss_type'],
    ['partial_rotary_factor', 0.5, 'model.unsupported partial_rotary_factor'],
    ['hidden_size', '16', 'model.bad-config hidden_size'],
    ['hidden_size', 0, 'model.bad-config hidden_size'],
    ['hidden_size', 18, 'model.bad-config hidden_size'],
    ['vocab_size', null, 'model.bad-config vocab_size'],
    ['num_hidden_layers', 1.5, 'model.bad-config num_hidden_layers'],
    ['num_key_value_heads', 3, 'model.bad-config num_attention_heads'],
    ['head_dim', 3, 'model.bad-config head_dim'],
    ['rms_norm_eps', -1, 'model.bad-config rms_norm_eps'],
    ['rms_norm_eps', '1e-6', 'model.bad-config rms_norm_eps'],
    ['rope_theta', 0, 'model.bad-config rope_theta'],
    ['rope_theta', Number.POSITIVE_INFINITY, 'model.bad-config rope_theta'],
    ['tie_word_embeddings', 'yes', 'model.bad-config tie_word_embeddings'],
    ['attention_bias', 1, 'model.bad-config attention_bias'],
    ['mlp_bias', null, 'model.bad-config mlp_bias'],
    ['max_position_embeddings', 0, 'model.bad-config max_position_embeddings'],
    ['pad_token_id', 265, 'model.bad-config pad_token_id'],
    ['pad_token_id', -266, 'model.bad-config pad_token_id'],
    ['pad_token_id', '0', 'model.bad-config pad_token_id'],
    ['eos_token_id', -1, 'model.bad-config eos_token_id'],
    ['eos_token_id', ['3'], 'model.bad-config eos_token_id'],
  ])('%s: %j', (setting, value, refused) => {
    expect(refusal({ [setting]: value })).toBe(refused)
  })

  it('but what says the usual in other words is not', () => {
    const usual = {
      hidden_act: 'swish',
      quantization_config: null,
      is_causal: true,
      partial_rotary_factor: 1,
      loss_type: 'ForCausalLM',
    }
    expect(read(usual)).toEqual(tinyConfig)
  })

  it('and what the class does not look at changes nothing', () => {
    const others = {
      use_mrope: false,
      use_cache: false,
      initializer_range: 0.5,
      mlp_bias: true,
      attention_bias: false,
      rope_interleaved: true,
    }
    expect(read(others)).toEqual(tinyConfig)
  })

  it('a long value is cut', () => {
    expect(() => read({ quantization_config: { a: 'x'.repeat(500) } })).toThrow(
      /quantization_config is \{"a":"x{54}…; Tabtune supports null\./,
    )
  })
})

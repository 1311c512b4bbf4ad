// What adapter_config.json may say, what it means for each module, and what is refused by name.

import { describe, expect, it } from 'vitest'
import { ProblemError } from '../../problem/problem.ts'
import type { Json, JsonObject } from '../json.ts'
import { readAdapterSettings } from './settings.ts'

const read = (config: JsonObject) => readAdapterSettings({ peft_type: 'LORA', ...config }, 'adapter_config.json')
const q0 = 'model.layers.0.self_attn.q_proj'
const q1 = 'model.layers.1.self_attn.q_proj'
const q11 = 'model.layers.11.self_attn.q_proj'
const up1 = 'model.layers.1.mlp.up_proj'

/** Every field that PEFT 0.20 writes, with the value that changes nothing. */
const newest: JsonObject = {
  alora_invocation_tokens: null,
  alpha_pattern: {},
  arrow_config: null,
  auto_mapping: { base_model_class: 'PeftModel', parent_library: 'peft.peft_model' },
  base_model_name_or_path: 'Qwen/Qwen2.5-0.5B',
  bias: 'none',
  corda_config: null,
  ensure_weight_tying: false,
  eva_config: null,
  exclude_modules: null,
  fan_in_fan_out: false,
  inference_mode: true,
  init_lora_weights: true,
  layer_replication: null,
  layers_pattern: null,
  layers_to_transform: null,
  loftq_config: {},
  lora_alpha: 32,
  lora_bias: false,
  lora_dropout: 0.05,
  lora_ga_config: null,
  megatron_config: null,
  megatron_core: 'megatron.core',
  modules_to_save: null,
  monteclora_config: null,
  peft_type: 'LORA',
  peft_version: '0.20.0',
  qalora_group_size: 16,
  r: 16,
  rank_pattern: {},
  revision: null,
  target_modules: ['o_proj', 'q_proj'],
  target_parameters: null,
  task_type: 'CAUSAL_LM',
  trainable_token_indices: null,
  use_bdlora: null,
  use_dora: false,
  use_qalora: false,
  use_rslora: false,
  velora_config: null,
}

describe('read', () => {
  it('as the newest PEFT writes it', () => {
    const { settings, scaleOf } = read(newest)
    expect(settings).toEqual({
      r: 16,
      lora_alpha: 32,
      lora_dropout: 0.05,
      use_rslora: false,
      target_modules: ['o_proj', 'q_proj'],
    })
    expect(scaleOf(q0)).toBe(2)
  })

  it("with PEFT's defaults for what is missing", () => {
    const { settings, scaleOf, targets } = read({})
    expect(settings).toEqual({ r: 8, lora_alpha: 8, lora_dropout: 0, use_rslora: false, target_modules: null })
    expect(scaleOf(q0)).toBe(1)
    expect(targets).toBe(null)
  })

  it.each<[Json]>([[true], [false], [null], ['gaussian'], ['Gaussian'], ['eva'], ['orthogonal']])(
    'with init_lora_weights %j, which leaves the base model alone',
    (init_lora_weights) => {
      expect(read({ init_lora_weights }).settings.r).toBe(8)
    },
  )
})

describe('the scale', () => {
  it('is alpha/r, or alpha/√r with rsLoRA', () => {
    expect(read({ r: 16, lora_alpha: 8 }).scaleOf(q0)).toBe(0.5)
    expect(read({ r: 16, lora_alpha: 8, use_rslora: true }).scaleOf(q0)).toBe(2)
    expect(read({ r: 3, lora_alpha: 0.5 }).scaleOf(q0)).toBe(0.5 / 3)
  })

  it.each<[string, JsonObject, string, number, number]>([
    ['a name', { rank_pattern: { q_proj: 2 } }, q0, 2, 4],
    ['another name', { rank_pattern: { q_proj: 2 } }, up1, 4, 2],
    ['half a name', { rank_pattern: { proj: 2 } }, q0, 4, 2],
    ['a longer end', { rank_pattern: { 'layers.1.self_attn.q_proj': 2 } }, q11, 4, 2],
    ['a full name', { rank_pattern: { 'model.layers.1.self_attn.q_proj': 2 } }, q1, 2, 4],
    ['an anchor', { rank_pattern: { '^model.layers.1.self_attn.q_proj': 2 } }, q1, 2, 4],
    ['an expression', { rank_pattern: { '(0|11)\\.self_attn\\..*': 2 } }, q11, 2, 4],
    ['an expression of others', { rank_pattern: { '(0|11)\\.self_attn\\..*': 2 } }, q1, 4, 2],
    ['the first of two', { rank_pattern: { 'self_attn.q_proj': 2, q_proj: 1 } }, q1, 2, 4],
    ['alpha', { alpha_pattern: { q_proj: 16 } }, q1, 4, 4],
    ['both, each by its own key', { rank_pattern: { q_proj: 2 }, alpha_pattern: { 'layers.1.self_attn.q_proj': 16 } }, q1, 2, 8],
    ['both under rsLoRA', { use_rslora: true, rank_pattern: { q_proj: 16 }, alpha_pattern: { q_proj: 2 } }, q1, 16, 0.5],
  ])('is that of the module: %s', (_, pattern, module, rank, scale) => {
    const { rankOf, scaleOf } = read({ r: 4, lora_alpha: 8, ...pattern })
    expect(rankOf(module)).toBe(rank)
    expect(scaleOf(module)).toBe(scale)
  })
})

describe('the modules that are meant', () => {
  it.each<[string, JsonObject, readonly string[]]>([
    ['ends of names', { target_modules: ['q_proj'] }, [q0, q1, q11]],
    ['half a name', { target_modules: ['proj'] }, []],
    ['a longer end', { target_modules: ['layers.1.self_attn.q_proj'] }, [q1]],
    ['a full name', { target_modules: [q11] }, [q11]],
    ['all-linear', { target_modules: 'all-linear' }, [q0, q1, q11, up1]],
    ['an expression', { target_modules: String.raw`.*\.1\..*(q_proj|up_proj)` }, [q1, up1]],
    ['an expression of a part', { target_modules: 'q_proj' }, []],
    ['without some', { target_modules: ['q_proj', 'up_proj'], exclude_modules: ['layers.1.self_attn.q_proj'] }, [q0, q11, up1]],
    ['without an expression', { target_modules: ['q_proj'], exclude_modules: String.raw`.*\.11\..*` }, [q0, q1]],
    ['of some blocks', { target_modules: ['q_proj', 'up_proj'], layers_to_transform: [1, 2] }, [q1, up1]],
    ['of one block', { target_modules: ['q_proj'], layers_to_transform: 11, layers_pattern: 'layers' }, [q11]],
    ['of some blocks and one by its full name', { target_modules: ['up_proj', q0], layers_to_transform: [1] }, [q0, up1]],
  ])('%s', (_, config, meant) => {
    const { targets } = read(config)
    expect([q0, q1, q11, up1].filter((module) => targets?.(module))).toEqual(meant)
    expect(targets?.('lm_head')).toBe(false)
  })

  it("cannot be told from an expression that is Python's own", () => {
    expect(read({ target_modules: '(?P<layer>q_proj)' }).targets).toBe(null)
    expect(read({ target_modules: String.raw`q_proj\Z` }).targets).toBe(null)
  })
})

describe('refused by name', () => {
  it.each<[string, Json]>([
    ['peft_type', 'ADALORA'],
    ['peft_type', null],
    ['bias', 'all'],
    ['bias', 'lora_only'],
    ['use_dora', true],
    ['use_qalora', true],
    ['lora_bias', true],
    ['fan_in_fan_out', true],
    ['modules_to_save', ['embed_tokens']],
    ['trainable_token_indices', [1, 2]],
    ['target_parameters', ['experts.gate_up_proj']],
    ['layer_replication', [[0, 4]]],
    ['megatron_config', { tensor_model_parallel_size: 2 }],
    ['alora_invocation_tokens', [1]],
    ['use_bdlora', { nblocks: 2 }],
    ['arrow_config', { top_k: 3 }],
    ['velora_config', { rank: 1 }],
    ['monteclora_config', { samples: 2 }],
    ['a_field_of_next_year', 0.5],
    ['init_lora_weights', 'pissa'],
    ['init_lora_weights', 'pissa_niter_16'],
    ['init_lora_weights', 'olora'],
    ['init_lora_weights', 'corda'],
    ['init_lora_weights', 'loftq'],
    ['init_lora_weights', 'lora_ga'],
    ['init_lora_weights', 'mica'],
    ['r', 0],
    ['r', -8],
    ['r', 2.5],
    ['r', '8'],
    ['r', null],
    ['lora_alpha', '16'],
    ['lora_dropout', 1],
    ['lora_dropout', -0.1],
    ['use_rslora', 'yes'],
    ['target_modules', 4],
    ['target_modules', ['q_proj', 4]],
    ['layers_to_transform', 'all'],
    ['rank_pattern', { q_proj: 0 }],
    ['rank_pattern', { '(q_proj': 4 }],
    ['rank_pattern', ['q_proj']],
    ['alpha_pattern', { q_proj: 'x' }],
  ])('%s %j', (setting, value) => {
    try {
      read({ ...newest, [setting]: value })
      expect.fail('nothing was refused')
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      expect(error.problem).toMatchObject({
        code: 'model.adapter-unsupported',
        values: { setting },
        where: 'adapter_config.json',
      })
    }
  })

  it('in a sentence, however much the field holds', () => {
    expect(() => read({ modules_to_save: [`${'x'.repeat(10_000)}`] })).toThrow(/^.{0,400}$/s)
    expect(() => read({ use_dora: true })).toThrow("The adapter's use_dora is true; Tabtune supports false.")
  })
})

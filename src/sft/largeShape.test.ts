// The shape of Qwen2.5-0.5B, from its configuration alone: what a run of it takes is within what a person's machine has.

import { expect, it } from 'vitest'
import { defaultLora } from '../config/settings.ts'
import { inlinedKernels } from '../engine/targets/cpu/inlinedKernels.ts'
import { cpuTarget } from '../engine/targets/cpu/machine.ts'
import { webGpuSizes } from '../engine/targets/webgpu/layout.ts'
import { readDecoderConfig } from '../models/config.ts'
import { parameterCount, parameterShapes } from '../models/parameters.ts'
import { mayBeBf16 } from './frozen.ts'
import { planForecast } from './planMemory.ts'

const config = readDecoderConfig({
  architectures: ['Qwen2ForCausalLM'],
  model_type: 'qwen2',
  hidden_size: 896,
  num_hidden_layers: 24,
  num_attention_heads: 14,
  num_key_value_heads: 2,
  intermediate_size: 4864,
  vocab_size: 151_936,
  max_position_embeddings: 32_768,
  rms_norm_eps: 1e-6,
  rope_theta: 1_000_000,
  tie_word_embeddings: true,
})
const bf16 = new Set(parameterShapes(config).flatMap(({ name, shape }) => (mayBeBf16(shape) ? [name] : [])))
const size = { rows: 1, length: 512, learned: 511, checkpointing: true, bf16 }
const cpu = cpuTarget(inlinedKernels, 2)
const gpu = webGpuSizes({ maxBufferSize: 2 ** 31, maxStorageBufferBindingSize: 2 ** 27 })
const total = (memory: Record<string, number>) => Object.values(memory).reduce((sum, bytes) => sum + bytes, 0)

it('has the parameters of Qwen2.5-0.5B', () => {
  expect(parameterCount(config)).toBe(494_032_768)
})

it.each([
  ['wasm', cpu],
  ['webgpu', gpu],
] as const)('takes at most 1.3 GB with LoRA on bf16, 1 × 512, on %s', (_name, target) => {
  const { memory, over } = planForecast(config, { ...size, lora: defaultLora }, target)
  expect(over).toBe(0)
  expect(total(memory)).toBeLessThan(1.3e9)
  // The stored bits and nothing else of what is frozen.
  expect(memory.weights).toBeLessThan(2 * parameterCount(config) + 4 * 5e6)
})

it('takes at most 8.5 GB with all weights in f32 and AdamW, where there is room for that', () => {
  const { memory, over } = planForecast(config, { ...size, lora: null }, gpu)
  expect(over).toBe(0)
  expect(total(memory)).toBeLessThan(8.5e9)
  expect(planForecast(config, { ...size, lora: null }, cpu)).toMatchObject({ allowed: 2 ** 32 })
  expect(planForecast(config, { ...size, lora: null }, cpu).over).toBeGreaterThan(3e9)
})

it('has no value in its arena that the weakest adapter could not bind', () => {
  const wide = planForecast(config, { ...size, lora: defaultLora, rows: 16, learned: 16 * 511 }, gpu)
  expect(wide).toMatchObject({ allowed: 2 ** 27 })
  expect(wide.over).toBe(16 * 512 * 4864 * 4 - 2 ** 27)
})

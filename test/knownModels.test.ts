// Holds the page's list of models against what config.json of each says: how many parameters it has, and what training it takes here.

import { expect, it } from 'vitest'
import { presets } from '../src/config/presets.ts'
import { cpuSizes } from '../src/engine/targets/cpu/machine.ts'
import { readDecoderConfig } from '../src/models/config.ts'
import { parameterCount, parameterShapes } from '../src/models/parameters.ts'
import { planForecast } from '../src/sft/planMemory.ts'
import { knownModels, trainingBytes } from '../src/ui/model/hubModels.ts'

const smolLm2 = { architectures: ['LlamaForCausalLM'], model_type: 'llama', vocab_size: 49_152, tie_word_embeddings: true }
const qwen = { vocab_size: 151_936, tie_word_embeddings: true }

/** The sizes in config.json of each family. */
const configs = {
  'SmolLM2-135M': {
    ...smolLm2,
    hidden_size: 576,
    intermediate_size: 1536,
    num_hidden_layers: 30,
    num_attention_heads: 9,
    num_key_value_heads: 3,
  },
  'SmolLM2-360M': {
    ...smolLm2,
    hidden_size: 960,
    intermediate_size: 2560,
    num_hidden_layers: 32,
    num_attention_heads: 15,
    num_key_value_heads: 5,
  },
  'Qwen2.5-0.5B': {
    ...qwen,
    architectures: ['Qwen2ForCausalLM'],
    model_type: 'qwen2',
    hidden_size: 896,
    intermediate_size: 4864,
    num_hidden_layers: 24,
    num_attention_heads: 14,
    num_key_value_heads: 2,
  },
  'Qwen3-0.6B': {
    ...qwen,
    architectures: ['Qwen3ForCausalLM'],
    model_type: 'qwen3',
    hidden_size: 1024,
    intermediate_size: 3072,
    num_hidden_layers: 28,
    num_attention_heads: 16,
    num_key_value_heads: 8,
    head_dim: 128,
  },
}

it.each(Object.entries(configs))('%s', (family, json) => {
  const config = readDecoderConfig(json)
  const listed = knownModels.filter(({ repository }) => repository.includes(family))
  expect(listed.length).toBeGreaterThan(0)
  const bf16 = new Set(parameterShapes(config).map(({ name }) => name))
  const size = { rows: 1, length: 16, learned: 8, checkpointing: false, bf16 }
  const withoutActivations = (lora: typeof presets.lora.lora) => {
    const { weights, gradients, optimizer, copies } = planForecast(config, { ...size, lora }, cpuSizes(1)).memory
    return weights + gradients + optimizer + copies
  }
  for (const known of listed) {
    expect(known.parameters).toBe(parameterCount(config))
    const { lora, full } = trainingBytes(known)
    expect(full / withoutActivations(null)).toBeCloseTo(1, 2)
    expect(Math.abs(lora / withoutActivations(presets.lora.lora) - 1)).toBeLessThan(0.1)
    // Two bytes a number, one file of weights, its head once or, in one of them, twice.
    expect(known.bytes / (2 * known.parameters)).toBeGreaterThan(1)
    expect(known.bytes / (2 * known.parameters)).toBeLessThan(1.3)
  }
})

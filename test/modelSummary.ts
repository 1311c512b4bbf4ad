// A model as the worker describes it to the page, for tests of what the page makes of it.

import type { AdapterSummary, ModelSummary } from '../src/protocol/model.ts'

const layers: readonly (readonly [string, number, number])[] = [
  ['self_attn.q_proj', 8, 8],
  ['self_attn.k_proj', 8, 4],
  ['self_attn.v_proj', 8, 4],
  ['self_attn.o_proj', 8, 8],
  ['mlp.gate_proj', 8, 24],
  ['mlp.up_proj', 8, 24],
  ['mlp.down_proj', 24, 8],
]

/** One block of hidden size 8; the numbers are small enough to be counted by hand. */
export function summaryWith(change: Partial<ModelSummary> = {}): ModelSummary {
  return {
    name: 'poet',
    architecture: 'Qwen2ForCausalLM',
    parameters: 1000,
    bytesOnDisk: 4100,
    dtype: 'F32',
    hidden_size: 8,
    num_hidden_layers: 1,
    num_attention_heads: 1,
    num_key_value_heads: 1,
    intermediate_size: 24,
    vocab_size: 10,
    max_position_embeddings: 64,
    tied: true,
    endToken: '',
    padToken: '',
    hasChatTemplate: false,
    license: '',
    linear_layers: layers.map(([name, inputs, outputs]) => ({ name: `model.layers.0.${name}`, inputs, outputs })),
    bytesCarried: 100,
    adapter: null,
    ...change,
  }
}

export const someAdapter: AdapterSummary = {
  name: 'mine',
  r: 4,
  lora_alpha: 32,
  lora_dropout: 0.1,
  use_rslora: true,
  target_modules: ['q_proj', 'v_proj'],
  modules: 2,
  parameters: 112,
}

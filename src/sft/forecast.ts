// What a run will hold in memory, from the shapes alone: weights, gradients, AdamW's two moments, and what the forward pass keeps for the backward.
// The first three are exact. The activations count the tensors that the eager ops save, so they are an estimate that a later planner replaces.

import type { DecoderConfig } from '../models/config.ts'
import { parameterCount } from '../models/parameters.ts'
import type { MemoryForecast } from '../protocol/model.ts'

const FLOAT_BYTES = 4

/** Bytes of a full fine-tuning step over `rows` rows of `length` tokens. */
export function memoryForecast(config: DecoderConfig, { rows, length }: { rows: number; length: number }): MemoryForecast {
  const weights = parameterCount(config) * FLOAT_BYTES
  const tokens = rows * length
  const queryWidth = config.num_attention_heads * config.head_dim
  const keyWidth = config.num_key_value_heads * config.head_dim
  // By op: two norms (input, normalised), q, k, v before and behind the rotation, scores, output, gate, up and their product.
  const tokenWidth = 6 * config.hidden_size + 4 * queryWidth + 4 * keyWidth + 5 * config.intermediate_size
  const scores = rows * config.num_attention_heads * length * length
  const blocks = config.num_hidden_layers * (tokens * tokenWidth + scores)
  const head = Math.min(tokens * config.vocab_size, 4_194_304) * 3
  // Three sets of weights: the base, the one in training, and the one that the last finite loss came from.
  return { weights: 3 * weights, gradients: weights, optimizer: 2 * weights, activations: (blocks + head) * FLOAT_BYTES }
}

// What a run will hold in memory, from the shapes alone: weights, gradients, AdamW's two moments, and what the forward pass keeps for the backward.
// The first three are exact. The activations count the tensors that the eager ops save, so they are an estimate that a later planner replaces.

import type { Settings } from '../config/settings.ts'
import { adapterShapes, targetedModules } from '../models/adapter.ts'
import type { DecoderConfig } from '../models/config.ts'
import { parameterCount } from '../models/parameters.ts'
import type { MemoryForecast } from '../protocol/model.ts'

const FLOAT_BYTES = 4

/** Bytes of a training step over `rows` rows of `length` tokens; `lora` null trains all weights. */
export function memoryForecast(
  config: DecoderConfig,
  { rows, length, lora }: { rows: number; length: number; lora: Settings['lora'] },
): MemoryForecast {
  const tokens = rows * length
  const queryWidth = config.num_attention_heads * config.head_dim
  const keyWidth = config.num_key_value_heads * config.head_dim
  // By op: two norms (input, normalised), q, k, v before and behind the rotation, scores, output, gate, up and their product;
  // and where q and k have norms of their own, those.
  const headNorms = config.qkNorm ? 2 * (queryWidth + keyWidth) : 0
  const tokenWidth = 6 * config.hidden_size + 4 * queryWidth + 4 * keyWidth + headNorms + 5 * config.intermediate_size
  const scores = rows * config.num_attention_heads * length * length
  const blocks = config.num_hidden_layers * (tokens * tokenWidth + scores)
  const head = Math.min(tokens * config.vocab_size, 4_194_304) * 3
  const base = parameterCount(config) * FLOAT_BYTES
  const trained = lora === null ? base : adapterBytes(config, lora)
  // The tensors that are computed with, and of what is trained the set that the last finite loss came from and the one handed back.
  const weights = lora === null ? base : base + trained
  const activations = (blocks + head) * FLOAT_BYTES
  return { weights, gradients: trained, optimizer: 2 * trained, activations, workspace: 0, copies: 2 * trained }
}

function adapterBytes(config: DecoderConfig, lora: NonNullable<Settings['lora']>): number {
  const shapes = adapterShapes(targetedModules(config, lora).modules, lora.r)
  return shapes.reduce((sum, { shape }) => sum + shape.reduce((size, length) => size * length, 1), 0) * FLOAT_BYTES
}

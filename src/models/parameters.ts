// The parameters that a configuration asks for: their names as in a Hugging Face checkpoint, and their shapes.
// Everything that walks over weights, reading, saving, counting, starting from nothing, walks over this list.

import type { DecoderConfig } from './config.ts'

export type ParameterShape = { name: string; shape: readonly number[] }

/** All parameters, in the order that `save_pretrained` would meet them. A tied head is not among them: it is the embedding. */
export function parameterShapes(config: DecoderConfig): readonly ParameterShape[] {
  const { hidden_size, vocab_size, num_hidden_layers, tie_word_embeddings } = config
  const blocks = Array.from({ length: num_hidden_layers }, (_, layer) => blockShapes(config, `model.layers.${layer}`))
  return [
    { name: 'model.embed_tokens.weight', shape: [vocab_size, hidden_size] },
    ...blocks.flat(),
    { name: 'model.norm.weight', shape: [hidden_size] },
    ...(tie_word_embeddings ? [] : [{ name: 'lm_head.weight', shape: [vocab_size, hidden_size] }]),
  ]
}

function blockShapes(config: DecoderConfig, block: string): ParameterShape[] {
  const { hidden_size, intermediate_size, head_dim } = config
  const queryWidth = config.num_attention_heads * head_dim
  const keyWidth = config.num_key_value_heads * head_dim
  const bias = (name: string, width: number) =>
    config.qkvBias ? [{ name: `${block}.self_attn.${name}.bias`, shape: [width] }] : []
  return [
    { name: `${block}.self_attn.q_proj.weight`, shape: [queryWidth, hidden_size] },
    ...bias('q_proj', queryWidth),
    { name: `${block}.self_attn.k_proj.weight`, shape: [keyWidth, hidden_size] },
    ...bias('k_proj', keyWidth),
    { name: `${block}.self_attn.v_proj.weight`, shape: [keyWidth, hidden_size] },
    ...bias('v_proj', keyWidth),
    { name: `${block}.self_attn.o_proj.weight`, shape: [hidden_size, queryWidth] },
    { name: `${block}.mlp.gate_proj.weight`, shape: [intermediate_size, hidden_size] },
    { name: `${block}.mlp.up_proj.weight`, shape: [intermediate_size, hidden_size] },
    { name: `${block}.mlp.down_proj.weight`, shape: [hidden_size, intermediate_size] },
    { name: `${block}.input_layernorm.weight`, shape: [hidden_size] },
    { name: `${block}.post_attention_layernorm.weight`, shape: [hidden_size] },
  ]
}

/** Numbers that are trained, a tied head counted once. */
export function parameterCount(config: DecoderConfig): number {
  return parameterShapes(config).reduce((sum, { shape }) => sum + shape.reduce((size, length) => size * length, 1), 0)
}

/** Whether weight decay applies: to everything but biases and norm weights, as Trainer's newest versions have it. */
export function decays(name: string): boolean {
  return !name.endsWith('.bias') && !/norm\.weight$/.test(name)
}

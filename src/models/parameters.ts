// The parameters that a configuration asks for: their names as in a Hugging Face checkpoint, and their shapes.
// Everything that walks over weights, reading, saving, counting, starting from nothing, walks over this list.

import type { DecoderConfig } from './config.ts'

export type ParameterShape = { name: string; shape: readonly number[] }

/** All parameters, in the order in which transformers' classes register them, and so `save_pretrained` meets them. A tied head is not among them: it is the embedding. */
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
  const { hidden_size, intermediate_size, head_dim, biases } = config
  const queryWidth = config.num_attention_heads * head_dim
  const keyWidth = config.num_key_value_heads * head_dim
  const linear = (part: string, outputs: number, inputs: number, bias: boolean) => [
    { name: `${block}.${part}.weight`, shape: [outputs, inputs] },
    ...(bias ? [{ name: `${block}.${part}.bias`, shape: [outputs] }] : []),
  ]
  const norm = (part: string, size: number) => ({ name: `${block}.${part}.weight`, shape: [size] })
  return [
    ...linear('self_attn.q_proj', queryWidth, hidden_size, biases.qkv),
    ...linear('self_attn.k_proj', keyWidth, hidden_size, biases.qkv),
    ...linear('self_attn.v_proj', keyWidth, hidden_size, biases.qkv),
    ...linear('self_attn.o_proj', hidden_size, queryWidth, biases.o),
    ...(config.qkNorm ? [norm('self_attn.q_norm', head_dim), norm('self_attn.k_norm', head_dim)] : []),
    ...linear('mlp.gate_proj', intermediate_size, hidden_size, biases.mlp),
    ...linear('mlp.up_proj', intermediate_size, hidden_size, biases.mlp),
    ...linear('mlp.down_proj', hidden_size, intermediate_size, biases.mlp),
    norm('input_layernorm', hidden_size),
    norm('post_attention_layernorm', hidden_size),
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

/** Whether a stored tensor may stand beside the parameters: the rotary embedding's frequencies, which transformers stored before 4.32 (Llama 2) and has passed over since. */
export function isComputed(name: string): boolean {
  return name.endsWith('.self_attn.rotary_emb.inv_freq')
}

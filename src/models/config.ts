// config.json → what a decoder needs to know, with the defaults of the transformers class that the file names.
// Whatever in it would change the numbers and is not built is refused by name, never ignored (config/refusals.ts says what is passed over).
// Must not know: files, training.

import { isJsonObject } from '../formats/json.ts'
import { architectureOf, type Biases } from './config/architectures.ts'
import { checked, type Fields, fieldsSchema } from './config/fields.ts'
import { badConfig, refuseUnsupported } from './config/refusals.ts'
import { ropeParameters } from './config/ropeParameters.ts'
import { slidingWindows } from './config/windows.ts'
import type { RopeParameters } from './rope.ts'

/** A decoder's shape, under the names of its config.json; what is computed from several of them is in camelCase. */
export type DecoderConfig = {
  architecture: string
  vocab_size: number
  hidden_size: number
  intermediate_size: number
  num_hidden_layers: number
  num_attention_heads: number
  num_key_value_heads: number
  /** Even. num_attention_heads · head_dim need not be hidden_size. */
  head_dim: number
  rms_norm_eps: number
  rope_parameters: RopeParameters
  max_position_embeddings: number
  tie_word_embeddings: boolean
  biases: Biases
  /** An RMSNorm over each head of q and k, with one weight [head_dim] each, before the rotary embedding. */
  qkNorm: boolean
  /** One a layer: how many tokens a query sees, its own included; null: all before it. */
  slidingWindows: readonly (number | null)[]
  /** The embedding row that gets no gradient on the input side: torch's padding_idx, from `pad_token_id` in config.json. */
  paddingIndex: number | null
  /** Ids that end a text, as config.json names them. */
  eosTokenIds: readonly number[]
}

/** Checks a parsed config.json. Throws `model.bad-config` or `model.unsupported`, naming the setting. */
export function readDecoderConfig(json: unknown): DecoderConfig {
  if (!isJsonObject(json)) throw badConfig('the file', 'must be an object')
  const architecture = architectureOf(json)
  refuseUnsupported(json)
  const fields = checked(fieldsSchema(architecture.defaults), json)
  return {
    architecture: architecture.name,
    vocab_size: fields.vocab_size,
    hidden_size: fields.hidden_size,
    intermediate_size: fields.intermediate_size,
    num_hidden_layers: fields.num_hidden_layers,
    ...headsOf(fields),
    rms_norm_eps: fields.rms_norm_eps,
    rope_parameters: ropeParameters(json, fields),
    max_position_embeddings: fields.max_position_embeddings,
    tie_word_embeddings: fields.tie_word_embeddings,
    biases: architecture.biases(fields),
    qkNorm: architecture.qkNorm,
    slidingWindows: slidingWindows(fields, architecture.windows),
    paddingIndex: paddingIndex(fields),
    eosTokenIds: [fields.eos_token_id ?? []].flat(),
  }
}

function headsOf({ hidden_size, num_attention_heads, num_key_value_heads, head_dim }: Fields) {
  const keyHeads = num_key_value_heads ?? num_attention_heads
  if (num_attention_heads % keyHeads !== 0) {
    throw badConfig('num_attention_heads', `(${num_attention_heads}) is no multiple of num_key_value_heads (${keyHeads})`)
  }
  // transformers rounds down here, and so leaves a part of the stream without a head: no file means that.
  if (head_dim === null && hidden_size % num_attention_heads !== 0) {
    throw badConfig('hidden_size', `(${hidden_size}) is no multiple of num_attention_heads (${num_attention_heads})`)
  }
  const headDim = head_dim ?? hidden_size / num_attention_heads
  if (headDim % 2 !== 0) throw badConfig('head_dim', `(${headDim}) is not an even number`)
  return { num_attention_heads, num_key_value_heads: keyHeads, head_dim: headDim }
}

/** A negative id counts from the end of the vocabulary, as torch's Embedding has it. */
function paddingIndex({ pad_token_id, vocab_size }: Fields): number | null {
  if (pad_token_id === null) return null
  if (pad_token_id >= vocab_size || pad_token_id < -vocab_size) {
    throw badConfig('pad_token_id', `(${pad_token_id}) is not within the vocabulary of ${vocab_size}`)
  }
  return pad_token_id < 0 ? vocab_size + pad_token_id : pad_token_id
}

// The settings of a config.json that a decoder is made from: their types, and what stands in for one that the file leaves out.
// Must not know: which architecture has which defaults, what the settings mean together.

import * as v from 'valibot'
import { badConfig } from './refusals.ts'

const number = v.pipe(v.number('must be a number'), v.finite('must be a finite number'))
const integer = v.pipe(number, v.integer('must be a whole number'))
const flag = v.boolean('must be true or false')
const tokenId = v.pipe(integer, v.minValue(0, 'must be at least 0'))

/** A size: 1 or more. */
export const whole = v.pipe(integer, v.minValue(1, 'must be at least 1'))
export const positive = v.pipe(number, v.gtValue(0, 'must be above 0'))

/** What a transformers configuration class has where the file leaves a setting out; null: no value. */
export type Defaults = {
  vocab_size: number
  hidden_size: number
  intermediate_size: number
  num_hidden_layers: number
  num_attention_heads: number
  /** null: as many as query heads. */
  num_key_value_heads: number | null
  /** null: hidden_size ÷ num_attention_heads. */
  head_dim: number | null
  max_position_embeddings: number
  rms_norm_eps: number
  rope_theta: number
  tie_word_embeddings: boolean
  sliding_window: number | null
  max_window_layers: number
  eos_token_id: number | null
}

/** The schema of these settings with the defaults of one class. A null is a value of its own where the class takes one. */
export const fieldsSchema = (own: Defaults) =>
  v.object({
    vocab_size: v.optional(whole, own.vocab_size),
    hidden_size: v.optional(whole, own.hidden_size),
    intermediate_size: v.optional(whole, own.intermediate_size),
    num_hidden_layers: v.optional(whole, own.num_hidden_layers),
    num_attention_heads: v.optional(whole, own.num_attention_heads),
    num_key_value_heads: v.optional(v.nullable(whole), own.num_key_value_heads),
    head_dim: v.nullish(whole, own.head_dim),
    max_position_embeddings: v.optional(whole, own.max_position_embeddings),
    rms_norm_eps: v.optional(v.pipe(number, v.minValue(0, 'must be at least 0')), own.rms_norm_eps),
    rope_theta: v.optional(positive, own.rope_theta),
    tie_word_embeddings: v.optional(flag, own.tie_word_embeddings),
    attention_bias: v.optional(flag, false),
    mlp_bias: v.optional(flag, false),
    // Looked at only where a window is used: files of models without one hold anything here.
    sliding_window: v.optional(v.nullable(integer), own.sliding_window),
    use_sliding_window: v.optional(flag, false),
    max_window_layers: v.optional(integer, own.max_window_layers),
    layer_types: v.nullish(v.array(v.string('must be a list of names'), 'must be a list of names'), null),
    pad_token_id: v.nullish(integer, null),
    eos_token_id: v.optional(
      v.nullable(v.union([tokenId, v.array(tokenId)], 'must be a token id or a list of them')),
      own.eos_token_id,
    ),
  })

export type Fields = v.InferOutput<ReturnType<typeof fieldsSchema>>

/** The value as the schema has it. Throws `model.bad-config` naming the first wrong setting, below `parent` if that is given. */
export function checked<S extends v.GenericSchema>(schema: S, json: unknown, parent: string | null = null): v.InferOutput<S> {
  const parsed = v.safeParse(schema, json)
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  const setting = [parent, v.getDotPath(issue)].filter((part) => part !== null).join('.')
  throw badConfig(setting, issue.message)
}

// The rotary embedding's part of a config.json: `rope_theta` with `rope_scaling` (`rope_type`, or `type` in older files),
// or transformers 5's `rope_parameters`, which holds both. Where a file has both forms, `rope_scaling` goes before, as in transformers 5.
// Must not know: what the parameters do to a frequency.

import * as v from 'valibot'
import { fieldOf, isJsonObject, type JsonObject } from '../../formats/json.ts'
import type { RopeParameters } from '../rope.ts'
import { checked, type Fields, positive, whole } from './fields.ts'
import { badConfig, unsupported } from './refusals.ts'

const type = v.optional(v.string('must be a name'))
const typed = v.object({ rope_type: type, type, rope_theta: v.optional(v.nullable(positive)) })
const linear = v.object({ factor: positive })
const llama3 = v.object({
  factor: positive,
  low_freq_factor: positive,
  high_freq_factor: positive,
  original_max_position_embeddings: v.optional(whole),
})

/** Throws `model.unsupported` for a scaling that is not built, `model.bad-config` for a value that cannot be. */
export function ropeParameters(json: JsonObject, fields: Fields): RopeParameters {
  const at = ['rope_scaling', 'rope_parameters'].find((name) => !isEmpty(fieldOf(json, name)))
  if (at === undefined) return { rope_type: 'default', rope_theta: fields.rope_theta }
  const scaling = fieldOf(json, at)
  if (!isJsonObject(scaling)) throw badConfig(at, 'must be an object')

  const own = checked(typed, scaling, at)
  // Where the two words differ, transformers 5 takes the newer one; before that the older one was taken.
  const named = own.rope_type ?? own.type
  // Without a type transformers 5 takes the default; a factor beside it would then be lost without a word.
  if (named === undefined && fieldOf(scaling, 'factor') !== undefined) throw badConfig(at, 'has a factor but no rope_type')
  const rotated = fieldOf(scaling, 'partial_rotary_factor') ?? 1
  if (rotated !== 1) throw unsupported(`${at}.partial_rotary_factor`, rotated, '1')
  const rope_theta = own.rope_theta ?? fields.rope_theta
  switch (named) {
    case undefined:
    case 'default':
      // Parameters for each kind of layer stand one level deeper.
      if (['full_attention', 'sliding_attention'].some((kind) => fieldOf(scaling, kind) !== undefined))
        throw unsupported(at, scaling, 'one set for all layers')
      return { rope_type: 'default', rope_theta }
    case 'linear':
      return { rope_type: 'linear', rope_theta, ...checked(linear, scaling, at) }
    case 'llama3':
      return { rope_type: 'llama3', rope_theta, ...llama3Parameters(json, scaling, at, fields) }
    default:
      throw unsupported(`${at}.${own.rope_type === undefined ? 'type' : 'rope_type'}`, named, 'default, linear, llama3')
  }
}

function llama3Parameters(json: JsonObject, scaling: JsonObject, at: string, fields: Fields) {
  const own = checked(llama3, scaling, at)
  if (own.high_freq_factor <= own.low_freq_factor) {
    throw badConfig(`${at}.high_freq_factor`, `(${own.high_freq_factor}) is not above low_freq_factor (${own.low_freq_factor})`)
  }
  // transformers 5 takes the one beside `rope_scaling` first; before that only the one inside was read.
  const beside = checked(v.object({ original_max_position_embeddings: v.nullish(whole) }), json)
  const original_max_position_embeddings =
    beside.original_max_position_embeddings ?? own.original_max_position_embeddings ?? fields.max_position_embeddings
  return { ...own, original_max_position_embeddings }
}

const isEmpty = (value: unknown) =>
  value === undefined || value === null || (isJsonObject(value) && Object.keys(value).length === 0)

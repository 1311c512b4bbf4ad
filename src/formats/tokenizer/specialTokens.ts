// Which token ends a text and which one fills a batch up, in the order in which transformers looks for them.
// Training learns the tokenizer's end token; generation stops at those of generation_config.json, else of config.json.
// Must not know: what the ids are used for.

import type { Tokenizer } from '@huggingface/tokenizers'
import { ProblemError } from '../../problem/problem.ts'
import { fieldOf, isJsonList, isJsonObject, type Json, type JsonObject } from '../json.ts'
import { tokenContent } from './tokenizerConfig.ts'

export type EndToken = { id: number; text: string }

/** Above this a model_max_length is a placeholder; transformers writes 1e30 for "not known". */
const longestBelieved = 1e9

/**
 * The token that ends a text in training: the tokenizer's own, or, where it names none that it has, the first of config.json,
 * where transformers would have none. Throws the ProblemError model.no-end-token where there is neither.
 */
export function findEndToken(tokenizer: Tokenizer, tokenizerConfig: JsonObject, config: unknown): EndToken {
  const named = namedToken(tokenizer, fieldOf(tokenizerConfig, 'eos_token'))
  if (named) return named
  const [id] = endIdsOf(config)
  const text = id === undefined ? undefined : tokenizer.id_to_token(id)
  if (id === undefined || text === undefined) {
    throw new ProblemError({
      code: 'model.no-end-token',
      values: { file: 'tokenizer_config.json' },
      where: 'tokenizer_config.json',
    })
  }
  return { id, text }
}

/** Every id that ends a text in generation: those of generation_config.json, else of config.json, else the tokenizer's. */
export function findEndTokenIds(generationConfig: unknown, config: unknown, endToken: EndToken): readonly number[] {
  return [endIdsOf(generationConfig), endIdsOf(config), [endToken.id]].find((ids) => ids.length > 0) ?? []
}

/** null where the tokenizer names none that it has. */
export function findPadToken(tokenizer: Tokenizer, tokenizerConfig: JsonObject): EndToken | null {
  return namedToken(tokenizer, fieldOf(tokenizerConfig, 'pad_token'))
}

export function maxLengthOf(tokenizerConfig: JsonObject): number | null {
  const length = fieldOf(tokenizerConfig, 'model_max_length')
  return typeof length === 'number' && length >= 1 && length <= longestBelieved ? Math.floor(length) : null
}

/** `eos_token_id` as one number or as a list of them. */
function endIdsOf(config: unknown): number[] {
  const value: Json | undefined = isJsonObject(config) ? fieldOf(config, 'eos_token_id') : undefined
  const values = isJsonList(value) ? value : [value]
  return values.filter((id) => typeof id === 'number').filter((id) => Number.isInteger(id) && id >= 0)
}

function namedToken(tokenizer: Tokenizer, value: Json | undefined): EndToken | null {
  const text = tokenContent(value)
  const id = text === null ? undefined : tokenizer.token_to_id(text)
  return text === null || id === undefined ? null : { id, text }
}

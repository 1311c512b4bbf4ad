// Which token ends a text and which one fills a batch up, in the order in which transformers looks for them:
// tokenizer_config.json by name, then config.json by id.
// Must not know: what the ids are used for.

import type { Tokenizer } from '@huggingface/tokenizers'
import { ProblemError } from '../../problem/problem.ts'
import { fieldOf, isJsonList, isJsonObject, type Json, type JsonObject } from '../json.ts'

export type EndToken = { id: number; text: string }

/** Above this a model_max_length is a placeholder; transformers writes 1e30 for "not known". */
const longestBelieved = 1e9

/** Throws the ProblemError model.no-end-token where neither file names one that the tokenizer has. */
export function findEndToken(tokenizer: Tokenizer, tokenizerConfig: JsonObject, config: unknown): EndToken {
  const named = namedToken(tokenizer, fieldOf(tokenizerConfig, 'eos_token'))
  if (named) return named
  const [id] = isJsonObject(config) ? idList(fieldOf(config, 'eos_token_id')) : []
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

export function findPadToken(tokenizer: Tokenizer, tokenizerConfig: JsonObject): EndToken | null {
  return namedToken(tokenizer, fieldOf(tokenizerConfig, 'pad_token'))
}

/** A token's text, however the file writes it: as a string, or as an object with its content. */
export function tokenContent(value: Json | undefined): string | null {
  const content = isJsonObject(value) ? fieldOf(value, 'content') : value
  return typeof content === 'string' ? content : null
}

/** Ids given as one number or as a list of them. */
export function idList(value: Json | undefined): number[] {
  const values = isJsonList(value) ? value : [value]
  return values.filter((id) => typeof id === 'number').filter((id) => Number.isInteger(id) && id >= 0)
}

export function maxLengthOf(tokenizerConfig: JsonObject): number | null {
  const length = fieldOf(tokenizerConfig, 'model_max_length')
  return typeof length === 'number' && length >= 1 && length <= longestBelieved ? Math.floor(length) : null
}

function namedToken(tokenizer: Tokenizer, value: Json | undefined): EndToken | null {
  const text = tokenContent(value)
  const id = text === null ? undefined : tokenizer.token_to_id(text)
  return text === null || id === undefined ? null : { id, text }
}

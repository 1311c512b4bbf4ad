// The ids of a tokenizer.json: its model's vocabulary and its added tokens.
// Must not know: how a text is cut into tokens.

import { fieldOf, isJsonList, isJsonObject, type Json, type JsonObject } from '../json.ts'
import { addedTokensOf } from './addedTokens.ts'

/** The ids of a tokenizer.json by text. */
export type TokenTable = {
  idOf: (text: string) => number | null
  /** Behind every id that is taken. */
  nextId: () => number
}

export function tokenTable(tokenizer: JsonObject): TokenTable {
  const added = new Map(addedTokensOf(tokenizer).map(({ content, id }) => [content, id]))
  const vocabulary = vocabularyOf(tokenizer)
  return {
    idOf: (text) => added.get(text) ?? vocabulary.idOf(text),
    nextId: () => highest(added.values(), vocabulary.highestId()) + 1,
  }
}

/** What stands where an id should, in words; null where every id is a whole number from 0. */
export function badId(tokenizer: JsonObject): string | null {
  const model = fieldOf(tokenizer, 'model')
  const vocab = isJsonObject(model) ? fieldOf(model, 'vocab') : undefined
  const own = isJsonObject(vocab) ? Object.entries(vocab) : []
  const listed = fieldOf(tokenizer, 'added_tokens')
  const added = (isJsonList(listed) ? listed : []).map((token): [string, Json | undefined] =>
    isJsonObject(token) ? [String(fieldOf(token, 'content')), fieldOf(token, 'id')] : ['an added token', undefined],
  )
  const bad = [...own, ...added].find(([, id]) => !Number.isSafeInteger(id) || Number(id) < 0)
  return bad ? `the id of ${bad[0].slice(0, 100)} is ${String(JSON.stringify(bad[1])).slice(0, 100)}` : null
}

/** From text to id in BPE, WordPiece and WordLevel models; Unigram models have a list of [text, score], where the place is the id. */
function vocabularyOf(tokenizer: JsonObject): { idOf: (text: string) => number | null; highestId: () => number } {
  const model = fieldOf(tokenizer, 'model')
  const vocab = isJsonObject(model) ? fieldOf(model, 'vocab') : undefined
  if (isJsonList(vocab)) {
    const place = (text: string) => vocab.findIndex((entry) => isJsonList(entry) && entry[0] === text)
    return { idOf: (text) => idOrNull(place(text)), highestId: () => vocab.length - 1 }
  }
  const ids: JsonObject = isJsonObject(vocab) ? vocab : {}
  return {
    idOf: (text) => idOrNull(fieldOf(ids, text)),
    highestId: () => highest(Object.values(ids), -1),
  }
}

/** A file may list more ids than a call can take arguments. */
function highest(ids: Iterable<Json>, floor: number): number {
  let found = floor
  for (const id of ids) if (typeof id === 'number' && id > found) found = id
  return found
}

function idOrNull(id: Json | undefined): number | null {
  return typeof id === 'number' && id >= 0 ? id : null
}

// The tokens that stand beside a tokenizer's own vocabulary: found whole in a text, never split.
// Must not know: what a special token is for.

import { fieldOf, isJsonList, isJsonObject, type Json, type JsonObject } from '../json.ts'

/** Under the names of Hugging Face's AddedToken. */
export type TokenFlags = {
  content: string
  single_word: boolean
  lstrip: boolean
  rstrip: boolean
  normalized: boolean
  special: boolean
}
export type AddedToken = { id: number } & TokenFlags

/** As `AddedToken(content, special=True)`. */
export function specialToken(content: string): TokenFlags {
  return { content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true }
}

/** Those that tokenizer.json lists, as far as they are well-formed. */
export function addedTokensOf(tokenizer: JsonObject): AddedToken[] {
  const listed = fieldOf(tokenizer, 'added_tokens')
  return (isJsonList(listed) ? listed : []).flatMap((token) => {
    const flags = flagsOf(token)
    const id = isJsonObject(token) ? fieldOf(token, 'id') : undefined
    return flags !== null && typeof id === 'number' ? [{ id, ...flags }] : []
  })
}

/** null for what is no added token; a missing flag has the value that `AddedToken` gives it. */
export function flagsOf(token: Json): TokenFlags | null {
  const content = isJsonObject(token) ? fieldOf(token, 'content') : undefined
  if (!isJsonObject(token) || typeof content !== 'string') return null
  const flag = (name: string, missing: boolean) => {
    const value = fieldOf(token, name)
    return typeof value === 'boolean' ? value : missing
  }
  const special = flag('special', false)
  return {
    content,
    single_word: flag('single_word', false),
    lstrip: flag('lstrip', false),
    rstrip: flag('rstrip', false),
    normalized: flag('normalized', !special),
    special,
  }
}

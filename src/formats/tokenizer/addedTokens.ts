// The tokens that stand beside a tokenizer's own vocabulary: found whole in a text, never split.
// tokenizer.json lists them; transformers adds those that only tokenizer_config.json knows, and makes added tokens of the special ones.
// Must not know: what a special token is for.

import { fieldOf, isJsonList, isJsonObject, type Json, type JsonObject } from '../json.ts'
import { specialTexts } from './tokenizerConfig.ts'

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

/**
 * tokenizer.json with the tokens that only its configuration brings: those of `added_tokens_decoder` that it lacks, at the ids that follow,
 * and the special tokens that are in its vocabulary but not among its added ones. The same object where it lacks none.
 */
export function withConfiguredTokens(tokenizer: JsonObject, tokenizerConfig: JsonObject): JsonObject {
  const table = tokenTable(tokenizer)
  const special = specialTexts(tokenizerConfig)
  const wanted = [
    ...decoderTokens(tokenizerConfig).map((flags) => (special.includes(flags.content) ? { ...flags, special: true } : flags)),
    ...special.filter((content) => table.idOf(content) !== null).map(specialToken),
  ]
  const known = new Set(addedTokensOf(tokenizer).map(({ content }) => content))
  const lacking: TokenFlags[] = []
  for (const flags of wanted) {
    if (known.has(flags.content)) continue
    known.add(flags.content)
    lacking.push(flags)
  }
  if (lacking.length === 0) return tokenizer
  let next = table.nextId()
  const added = lacking.map((flags) => ({ id: table.idOf(flags.content) ?? next++, ...flags }))
  const listed = fieldOf(tokenizer, 'added_tokens')
  return { ...tokenizer, added_tokens: [...(isJsonList(listed) ? listed : []), ...added] }
}

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

/** In the order of their ids. */
function decoderTokens(tokenizerConfig: JsonObject): TokenFlags[] {
  const decoder = fieldOf(tokenizerConfig, 'added_tokens_decoder')
  const entries = isJsonObject(decoder) ? Object.entries(decoder).sort(([a], [b]) => Number(a) - Number(b)) : []
  return entries.map(([, token]) => flagsOf(token)).filter((flags) => flags !== null)
}

function flagsOf(token: Json): TokenFlags | null {
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

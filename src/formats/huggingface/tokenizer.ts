// The tokenizer of a Hugging Face folder, from the small files that the folder's model carries along, and the same with a [PAD] token of its own.
// Must not know: weights; the embedding's row for a new token is the caller's business.

import type { JsonObject } from '../json.ts'
import { addPadToken } from '../tokenizer/addPadToken.ts'
import { loadTokenizer, type TextTokenizer } from '../tokenizer/load.ts'
import { type CarriedFile, parseJsonObject } from './files.ts'
import { jsonBytes } from './write.ts'

/** The model's own configurations, parsed, which have a say in what ends a text. */
type ModelConfigs = { config: JsonObject; generationConfig: JsonObject | null }

/** null where there is no tokenizer.json. Throws ProblemErrors: model.bad-json, model.tokenizer, model.no-end-token. */
export function openTokenizer(
  carried: readonly CarriedFile[],
  { config, generationConfig }: ModelConfigs,
  name: string,
): TextTokenizer | null {
  const tokenizer = jsonIn(carried, 'tokenizer.json', name)
  if (tokenizer === null) return null
  const tokenizerConfig = jsonIn(carried, 'tokenizer_config.json', name)
  const specialTokensMap = jsonIn(carried, 'special_tokens_map.json', name)
  // Newer folders keep the template in a file of its own, which transformers takes first.
  const template = carried.find(({ path }) => path === 'chat_template.jinja')
  const templated = { ...tokenizerConfig, ...(template && { chat_template: new TextDecoder().decode(template.bytes) }) }
  return loadTokenizer({ tokenizer, tokenizerConfig: templated, specialTokensMap, config, generationConfig })
}

export type PaddedFiles = {
  /** The files as they were, with the tokenizer's three made anew. */
  carried: readonly CarriedFile[]
  tokenizer: TextTokenizer
  /** The id of [PAD]: the embedding needs a row for it. */
  padTokenId: number
}

/**
 * The same files with the padding token of the classic article, `add_special_tokens({"pad_token": "[PAD]"})`; where they have it already, as they are.
 * null where there is no tokenizer.json. Throws what `openTokenizer` throws.
 */
export function withPadToken(carried: readonly CarriedFile[], model: ModelConfigs, name: string): PaddedFiles | null {
  const given = jsonIn(carried, 'tokenizer.json', name)
  if (given === null) return null
  const jsons = {
    tokenizer: given,
    tokenizerConfig: jsonIn(carried, 'tokenizer_config.json', name),
    specialTokensMap: jsonIn(carried, 'special_tokens_map.json', name),
  }
  const { files, id } = addPadToken(jsons, '[PAD]', model.config)
  const made = [
    { path: 'tokenizer.json', json: files.tokenizer },
    { path: 'tokenizer_config.json', json: files.tokenizerConfig },
    { path: 'special_tokens_map.json', json: files.specialTokensMap },
  ].flatMap(({ path, json }) => (files === jsons || json === null ? [] : [{ path, bytes: jsonBytes(json) }]))
  const kept = carried.filter(({ path }) => !made.some((file) => file.path === path))
  const padded = [...kept, ...made]
  const tokenizer = openTokenizer(padded, model, name)
  return tokenizer && { carried: padded, tokenizer, padTokenId: id }
}

function jsonIn(carried: readonly CarriedFile[], path: string, name: string): JsonObject | null {
  const file = carried.find((candidate) => candidate.path === path)
  return file ? parseJsonObject(file.bytes, `${name}/${path}`) : null
}

// What transformers takes a tokenizer's special tokens from, file by file, as one configuration:
// 1. tokenizer_config.json; but where it has no `added_tokens_decoder`, as older versions wrote it, special_tokens_map.json goes before it;
// 2. for a token that neither names, the default of the tokenizer's class. A token that is named null is none.
// (PreTrainedTokenizerBase._from_pretrained, alike in versions 4.34 to 5.)
// Must not know: ids, vocabularies.

import { fieldOf, isJsonList, isJsonObject, type Json, type JsonObject } from '../json.ts'

/** What a model's small files say, parsed; each may be anything, or missing. */
export type ConfigFiles = {
  tokenizerConfig: unknown
  specialTokensMap?: unknown
  /** The model's config.json: its class of tokenizer, where tokenizer_config.json does not name one. */
  config?: unknown
}

export const specialTokenNames = [
  'bos_token',
  'eos_token',
  'unk_token',
  'sep_token',
  'pad_token',
  'cls_token',
  'mask_token',
] as const

/** By the class's name without "Fast". A class that is not here has no defaults (PreTrainedTokenizerFast), or belongs to no model that runs here. */
const classDefaults: ReadonlyMap<string, JsonObject> = new Map([
  ['Qwen2Tokenizer', { unk_token: '<|endoftext|>', eos_token: '<|endoftext|>', pad_token: '<|endoftext|>' }],
  ['LlamaTokenizer', { unk_token: '<unk>', bos_token: '<s>', eos_token: '</s>' }],
  ['GPT2Tokenizer', { unk_token: '<|endoftext|>', bos_token: '<|endoftext|>', eos_token: '<|endoftext|>' }],
])

/** AutoTokenizer's choice where no file names a class. */
const classOfModel: ReadonlyMap<string, string> = new Map([
  ['qwen2', 'Qwen2Tokenizer'],
  ['qwen3', 'Qwen2Tokenizer'],
  ['llama', 'LlamaTokenizer'],
  ['mistral', 'LlamaTokenizer'],
])

/** tokenizer_config.json with its special tokens as they count. */
export function resolvedTokenizerConfig(files: ConfigFiles): JsonObject {
  const tokenizerConfig = objectOf(files.tokenizerConfig)
  const defaults = classDefaults.get(tokenizerClass(tokenizerConfig, objectOf(files.config))) ?? {}
  if (fieldOf(tokenizerConfig, 'added_tokens_decoder') !== undefined) return { ...defaults, ...tokenizerConfig }
  const map = objectOf(files.specialTokensMap)
  const additional = [...additionalTexts(tokenizerConfig), ...additionalTexts(map)]
  return {
    ...defaults,
    ...tokenizerConfig,
    ...map,
    ...(additional.length > 0 && { additional_special_tokens: [...new Set(additional)] }),
  }
}

/** A token's text, however the file writes it: as a string, or as an object with its content. */
export function tokenContent(value: Json | undefined): string | null {
  const content = isJsonObject(value) ? fieldOf(value, 'content') : value
  return typeof content === 'string' ? content : null
}

/** The texts of all special tokens that the configuration names. */
export function specialTexts(config: JsonObject): string[] {
  const named = specialTokenNames.map((name) => tokenContent(fieldOf(config, name))).filter((text) => text !== null)
  return [...new Set([...named, ...additionalTexts(config)])]
}

/** Those of `additional_special_tokens`, which have no names. */
export function additionalTexts(config: JsonObject): string[] {
  const list = fieldOf(config, 'additional_special_tokens')
  return isJsonList(list) ? list.map(tokenContent).filter((text) => text !== null) : []
}

function tokenizerClass(tokenizerConfig: JsonObject, config: JsonObject): string {
  const named = [fieldOf(tokenizerConfig, 'tokenizer_class'), fieldOf(config, 'tokenizer_class')].find(
    (name) => typeof name === 'string',
  )
  if (typeof named === 'string') return named.replace(/Fast$/, '')
  const modelType = fieldOf(config, 'model_type')
  return (typeof modelType === 'string' && classOfModel.get(modelType)) || ''
}

function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {}
}

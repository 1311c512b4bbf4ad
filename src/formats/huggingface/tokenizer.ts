// The tokenizer of a Hugging Face folder, from the small files that the folder's model carries along.
// Must not know: weights, where the files are from.

import type { JsonObject } from '../json.ts'
import { loadTokenizer, type TextTokenizer } from '../tokenizer/load.ts'
import { type CarriedFile, parseJsonObject } from './files.ts'

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

function jsonIn(carried: readonly CarriedFile[], path: string, name: string): JsonObject | null {
  const file = carried.find((candidate) => candidate.path === path)
  return file ? parseJsonObject(file.bytes, `${name}/${path}`) : null
}

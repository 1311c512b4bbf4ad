// Stands in where a model's folder has no tokenizer.json: records that are tokens already can be trained on, text cannot.

import type { JsonObject } from '../formats/json.ts'
import type { TextTokenizer } from '../formats/tokenizer/load.ts'
import type { DecoderConfig } from '../models/config.ts'
import { ProblemError } from '../problem/problem.ts'

/** Decodes ids to their numbers; rejects text with `model.missing-file`. */
export function idsOnlyTokenizer(config: DecoderConfig, generationConfig: JsonObject | null): TextTokenizer {
  const named = generationConfig?.eos_token_id
  const ids =
    typeof named === 'number' ? [named] : Array.isArray(named) ? named.filter((id) => typeof id === 'number') : config.eosTokenIds
  const end = { id: ids[0] ?? config.vocab_size - 1, text: `[${ids[0] ?? config.vocab_size - 1}]` }
  const noText = () => {
    throw new ProblemError({ code: 'model.missing-file', values: { file: 'tokenizer.json', found: '' }, where: '' })
  }
  return {
    encode: noText,
    encodePrompt: noText,
    decode: (tokens) => tokens.map((id) => `[${id}]`).join(''),
    tokenText: (id) => `[${id}]`,
    isSpecial: (id) => ids.includes(id),
    endToken: end,
    endTokenIds: ids,
    padToken: end,
    size: 0,
    maxLength: null,
    renderChat: null,
  }
}

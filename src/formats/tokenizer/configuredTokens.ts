// tokenizer.json lists a tokenizer's added tokens; transformers adds those that only tokenizer_config.json knows,
// and makes added tokens of the special ones (PreTrainedTokenizerFast.__init__).
// Must not know: what a special token is for.

import { fieldOf, isJsonList, isJsonObject, type JsonObject } from '../json.ts'
import { addedTokensOf, flagsOf, specialToken, type TokenFlags } from './addedTokens.ts'
import { specialTexts } from './tokenizerConfig.ts'
import { tokenTable } from './vocabulary.ts'

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

/** In the order of their ids. */
function decoderTokens(tokenizerConfig: JsonObject): TokenFlags[] {
  const decoder = fieldOf(tokenizerConfig, 'added_tokens_decoder')
  const entries = isJsonObject(decoder) ? Object.entries(decoder).sort(([a], [b]) => Number(a) - Number(b)) : []
  return entries.map(([, token]) => flagsOf(token)).filter((flags) => flags !== null)
}

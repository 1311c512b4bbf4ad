// Gives a tokenizer a padding token of its own, as the classic article does: tokenizer.add_special_tokens({"pad_token": "[PAD]"}),
// then save_pretrained. Not needed where padding is masked by position, and the embedding must have a row for the new id.
// Must not know: the embedding, where the files go.

import { fieldOf, type Json, type JsonObject } from '../json.ts'
import { type AddedToken, addedTokensOf, specialToken } from './addedTokens.ts'
import { withConfiguredTokens } from './configuredTokens.ts'
import { additionalTexts, resolvedTokenizerConfig, specialTokenNames, tokenContent } from './tokenizerConfig.ts'
import { tokenTable } from './vocabulary.ts'

/** The three files of a tokenizer that name its special tokens, parsed; null for one that is not there. */
export type TokenizerJsons = {
  /** tokenizer.json */
  tokenizer: JsonObject
  /** tokenizer_config.json */
  tokenizerConfig: JsonObject | null
  /** special_tokens_map.json */
  specialTokensMap: JsonObject | null
}

export type PaddedTokenizer = {
  /** What `save_pretrained` would write, all three; the very objects that were given where the tokenizer pads with this token already. */
  files: TokenizerJsons
  /** Of the padding token: the one that the tokenizer has for this text, or the next behind all of its own. */
  id: number
}

/** `config` is the model's config.json, asked only for the class of tokenizer where tokenizer_config.json names none. */
export function addPadToken(files: TokenizerJsons, content = '[PAD]', config: JsonObject = {}): PaddedTokenizer {
  const resolved = resolvedTokenizerConfig({ ...files, config })
  const whole = withConfiguredTokens(files.tokenizer, resolved)
  const table = tokenTable(whole)
  const known = table.idOf(content)
  if (known !== null && tokenContent(fieldOf(resolved, 'pad_token')) === content) return { files, id: known }

  const id = known ?? table.nextId()
  const others = addedTokensOf(whole).filter((token) => token.content !== content)
  const added = [...others, { id, ...specialToken(content) }].sort((a, b) => a.id - b.id)
  const names = { ...namesOf(resolved), pad_token: content }
  const additional = additionalTexts(resolved)
  const additional_special_tokens = additional.length > 0 ? { additional_special_tokens: additional } : {}
  const added_tokens_decoder = Object.fromEntries(added.map(({ id, ...flags }): [string, Json] => [String(id), flags]))
  return {
    id,
    files: {
      tokenizer: { ...whole, added_tokens: added },
      tokenizerConfig: { ...resolved, ...names, ...additional_special_tokens, added_tokens_decoder },
      specialTokensMap: { ...additional_special_tokens, ...withFlags(names, added) },
    },
  }
}

/** The special tokens by name, each as its text alone. */
function namesOf(config: JsonObject): Record<string, string> {
  const names: Record<string, string> = {}
  for (const name of specialTokenNames) {
    const content = tokenContent(fieldOf(config, name))
    if (content !== null) names[name] = content
  }
  return names
}

/** As special_tokens_map.json has them: with the flags of the added token, but for `special`, which goes without saying there. */
function withFlags(names: Readonly<Record<string, string>>, added: readonly AddedToken[]): JsonObject {
  const byText = new Map(added.map(({ id: _, special: __, ...flags }) => [flags.content, flags]))
  return Object.fromEntries(Object.entries(names).map(([name, text]): [string, Json] => [name, byText.get(text) ?? text]))
}

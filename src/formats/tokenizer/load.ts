// A model's tokenizer as the few things that the rest of the studio asks of it, over Hugging Face's own tokenizer and template packages.
// Nothing is added to a text here: the end token is the caller's business, because its place in the labels is what training is about.
// Must not know: where the files came from, what the ids are used for.

import { Tokenizer } from '@huggingface/tokenizers'
import { ProblemError } from '../../problem/problem.ts'
import type { ChatMessage } from '../../protocol/dataset.ts'
import { fieldOf, isJsonObject, type JsonObject } from '../json.ts'
import { chatRenderer } from './chatTemplate.ts'
import { withConfiguredTokens } from './configuredTokens.ts'
import { type EndToken, findEndToken, findEndTokenIds, findPadToken, maxLengthOf } from './specialTokens.ts'
import { type ConfigFiles, resolvedTokenizerConfig } from './tokenizerConfig.ts'
import { badId } from './vocabulary.ts'

export type TextTokenizer = {
  /** The text's ids, with no special token added. Special tokens written out in the text are found. */
  encode: (text: string) => number[]
  /** The same behind what the tokenizer itself begins a text with (Llama's <|begin_of_text|>; Qwen has none), as `tokenizer(text)` does. */
  encodePrompt: (text: string) => number[]
  /** The text of the ids as it was written, spaces included; bytes that are no whole character show as U+FFFD. No ids give ''. */
  decode: (ids: readonly number[], options?: { skipSpecial?: boolean }) => string
  /** One token decoded alone; '' for an id that the tokenizer does not know. */
  tokenText: (id: number) => string
  isSpecial: (id: number) => boolean
  /** What ends a text in training. */
  endToken: EndToken
  /** Everything that ends a text in generation. */
  endTokenIds: readonly number[]
  /** What fills a batch up; the end token where the model names none. */
  padToken: EndToken
  /** The highest id plus one: the rows that the embedding needs. */
  size: number
  /** Tokens that the model says a text may have; null where it does not say. */
  maxLength: number | null
  /** The chat as one text, by the model's own template; null where it has none. Throws model.chat-template. */
  renderChat: ((messages: readonly ChatMessage[], addGenerationPrompt: boolean) => string) | null
}

/** What the tokenizer's files hold, parsed: tokenizer.json and those that name its special tokens. */
export type TokenizerFiles = ConfigFiles & { tokenizer: unknown; generationConfig?: unknown }

/** Throws ProblemErrors: model.tokenizer for files that cannot be used, model.no-end-token. */
export function loadTokenizer(files: TokenizerFiles): TextTokenizer {
  const tokenizerConfig = resolvedTokenizerConfig(files)
  const tokenizer = build(files.tokenizer, tokenizerConfig)
  const special = new Set([...tokenizer.get_added_tokens_decoder()].filter(([, token]) => token.special).map(([id]) => id))
  const endToken = findEndToken(tokenizer, tokenizerConfig, files.config)
  const padToken = findPadToken(tokenizer, tokenizerConfig) ?? endToken

  // Cleaning up would drop spaces before punctuation: what is shown must be what was learned.
  const decode: TextTokenizer['decode'] = (ids, options) =>
    ids.length === 0
      ? ''
      : tokenizer.decode([...ids], { skip_special_tokens: options?.skipSpecial ?? false, clean_up_tokenization_spaces: false })

  // A piece that no vocabulary has, and no unknown token stands for, is dropped as Hugging Face's own tokenizers drop it.
  const encode = (text: string) => tokenizer.encode(text, { add_special_tokens: false }).ids.filter((id) => id !== undefined)
  const startIds = startOf(tokenizer, encode)

  return {
    encode,
    encodePrompt: (text) => [...startIds, ...encode(text)],
    decode,
    tokenText: (id) => (tokenizer.id_to_token(id) === undefined ? '' : decode([id])),
    isSpecial: (id) => special.has(id),
    endToken,
    endTokenIds: findEndTokenIds(files.generationConfig, files.config, endToken),
    padToken,
    size: highestId(tokenizer) + 1,
    maxLength: maxLengthOf(tokenizerConfig),
    renderChat: chatRenderer(tokenizerConfig),
  }
}

function build(tokenizerJson: unknown, tokenizerConfig: JsonObject): Tokenizer {
  if (!isJsonObject(tokenizerJson) || !isJsonObject(fieldOf(tokenizerJson, 'model') ?? null)) {
    throw unusable('it has no field "model"')
  }
  const bad = badId(tokenizerJson)
  if (bad !== null) throw unusable(bad)
  try {
    const tokenizer = new Tokenizer(withConfiguredTokens(tokenizerJson, tokenizerConfig), tokenizerConfig)
    // Some faults (an unknown splitter, a pattern that is none) show only in use.
    tokenizer.encode('a b', { add_special_tokens: false })
    return tokenizer
  } catch (error) {
    throw unusable(error instanceof Error ? error.message : String(error))
  }
}

/** What the post-processor puts before a text. What it puts behind is left out: where a text ends is the caller's business. */
function startOf(tokenizer: Tokenizer, encode: TextTokenizer['encode']): readonly number[] {
  const plain = encode('a')
  const whole = tokenizer.encode('a', { add_special_tokens: true }).ids
  const from = whole.findIndex((_, at) => plain.every((id, offset) => whole[at + offset] === id))
  return whole.slice(0, Math.max(0, from))
}

function highestId(tokenizer: Tokenizer): number {
  let highest = -1
  for (const id of tokenizer.get_vocab(true).values()) if (id > highest) highest = id
  return highest
}

function unusable(message: string) {
  return new ProblemError({ code: 'model.tokenizer', values: { message }, where: 'tokenizer.json' })
}

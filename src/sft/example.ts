// A record as token ids and labels: what is learned and what is only context.
// text = instruct + input + label + EOS (behind the model's BOS, where its tokenizer begins a text with one); the labels are a copy of the ids in which the prompt's positions are −100 (IGNORED),
// as many as the prompt alone has tokens. The mask goes by position, never by token id.
// Must not know: where records come from, devices, batches.

import type { ChatForm } from '../config/chatForm.ts'
import type { TextTokenizer } from '../formats/tokenizer/load.ts'
import type { ChatMessage, DataRecord, MaskMode } from '../protocol/dataset.ts'
import { conversationOf, rendered } from './chat.ts'
import { straddlingToken } from './straddle.ts'

/** The label of a position that carries no loss; PyTorch's and Hugging Face's number. */
export const IGNORED = -100

export type Example = {
  ids: readonly number[]
  /** One a token: the id itself where it is learned, IGNORED elsewhere. */
  labels: readonly number[]
  /** Positions of tokens that hold characters of both sides of a border. */
  straddling: readonly number[]
  truncated: boolean
  /** Of one that is truncated: the tokens behind the limit, and how many of them would carry loss. */
  cut?: { tokens: number; learned: number }
  /** Where its texts begin, if it is a row of several (packing.ts). Absent: it is one text. */
  starts?: readonly number[]
}

export type ExampleSettings = {
  mask: MaskMode
  /** Tokens an example may have; the rest is cut off. null: no limit. */
  max_length: number | null
  /** Records of three fields are conversations in the model's template; null or absent: plain text. */
  chat?: ChatForm | null
}

/** Tokenises and masks one record. Rejects with `model.chat-template` when a conversation meets a model without a template. */
export function exampleOf(record: DataRecord, tokenizer: TextTokenizer, settings: ExampleSettings): Example {
  const whole = wholeExample(record, tokenizer, settings)
  const labels = settings.mask === 'none' ? whole.ids : whole.labels
  const limit = settings.max_length ?? Number.POSITIVE_INFINITY
  if (whole.ids.length <= limit) return { ...whole, labels, truncated: false }
  const kept = { ids: whole.ids.slice(0, limit), labels: labels.slice(0, limit) }
  return {
    ...kept,
    straddling: whole.straddling.filter((position) => position < limit),
    truncated: true,
    cut: { tokens: whole.ids.length - limit, learned: learnedTokens({ labels }) - learnedTokens(kept) },
  }
}

function wholeExample(
  record: DataRecord,
  tokenizer: TextTokenizer,
  { mask, chat = null }: ExampleSettings,
): Omit<Example, 'truncated'> {
  if (record.kind === 'tokens') return { ids: record.input_ids, labels: record.labels, straddling: [] }
  if (record.kind === 'chat') return chatExample(record.messages, tokenizer)
  if (chat !== null) return chatExample(conversationOf(record, chat), tokenizer)
  const prompt = record.instruct + record.input
  const promptIds = tokenizer.encodePrompt(prompt)
  if (mask === 'parts') {
    const ids = [...promptIds, ...tokenizer.encode(record.label), tokenizer.endToken.id]
    return { ids, labels: masked(ids, [[promptIds.length, ids.length]]), straddling: [] }
  }
  const ids = [...tokenizer.encodePrompt(prompt + record.label), tokenizer.endToken.id]
  const straddle = straddlingToken(ids, promptIds, prompt, tokenizer)
  return { ids, labels: masked(ids, [[promptIds.length, ids.length]]), straddling: straddle === null ? [] : [straddle] }
}

/** Each assistant's turn is learned with the token that ends it; whatever the template puts around is context. */
function chatExample(messages: readonly ChatMessage[], tokenizer: TextTokenizer): Omit<Example, 'truncated'> {
  const ids = tokenizer.encode(rendered(messages, false, tokenizer))
  const learned: [number, number][] = []
  const straddling: number[] = []
  messages.forEach((message, at) => {
    if (message.role !== 'assistant') return
    const before = rendered(messages.slice(0, at), true, tokenizer)
    // White space behind the end of the turn belongs to what comes next.
    const through = rendered(messages.slice(0, at + 1), false, tokenizer).trimEnd()
    const beforeIds = tokenizer.encode(before)
    learned.push([beforeIds.length, tokenizer.encode(through).length])
    const straddle = straddlingToken(ids, beforeIds, before, tokenizer)
    if (straddle !== null) straddling.push(straddle)
  })
  return { ids, labels: masked(ids, learned), straddling }
}

/** A copy of the ids with everything outside the ranges [from, to) ignored. */
function masked(ids: readonly number[], learned: readonly (readonly [number, number])[]): number[] {
  return ids.map((id, position) => (learned.some(([from, to]) => position >= from && position < to) ? id : IGNORED))
}

/** Tokens that carry loss: those with a label that some position predicts. The first token of a text has none before it. */
export function learnedTokens({ labels, starts = [0] }: Pick<Example, 'labels' | 'starts'>): number {
  const labelled = labels.reduce((count, label) => (label === IGNORED ? count : count + 1), 0)
  return labelled - starts.filter((start) => (labels[start] ?? IGNORED) !== IGNORED).length
}

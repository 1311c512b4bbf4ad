// What the door says when models write, and when their writing is judged.

import type { ChatForm } from '../config/chatForm.ts'
import type { ChatMessage } from './dataset.ts'
import type { Slot } from './model.ts'

/** As in transformers' GenerationConfig, where these are 0 or 1. */
export type Sampling = {
  /** 0: greedy, the filters below are not asked. */
  temperature: number
  /** 1: all tokens. */
  top_p: number
  /** 0: all tokens. */
  top_k: number
  /** The least chance a token may have, as a share of the likeliest one's. 0: any. */
  min_p: number
  /** What a token's score is made less likely by once it stands in the prompt or in what was written; also for greedy. 1: nothing. */
  repetition_penalty: number
  seed: number
}

/** A prompt is text, token ids, or turns of a conversation that the model is to go on with, written through its chat template. */
export type GeneratePrompt = string | readonly number[] | { messages: readonly ChatMessage[] }

export type GenerateRequest = {
  panes: readonly { slot: Slot; prompt: GeneratePrompt }[]
  max_new_tokens: number
  sampling: Sampling
}
/** The whole text of a pane so far; a character whose bytes are not all there yet is held back. `tokens` counts those since the last event. */
export type GenerateEvent = { pane: number; text: string; tokens: number }
/** `ids` ends with the end token where one was written; `text` does not show it. */
export type GeneratedText = { text: string; ids: readonly number[]; stopped: 'end-token' | 'length' }
/** `tokensPerSecond`: of the tokens behind the first of each pane, so without reading the prompts. */
export type GenerateReply = { panes: readonly GeneratedText[]; tokensPerSecond: number }

/** `chat`: the questions are asked in the model's chat template; null: as plain text. */
export type EvaluateRequest = { slots: readonly Slot[]; max_new_tokens: number; chat: ChatForm | null }

/** How one output stands to its record. Text is compared after Unicode NFC and with white space at the ends left out. */
export type Judgement = {
  text: string
  exact: boolean
  /** Share of the label's characters found in order (longest common subsequence ÷ the longer length), 0 to 1. */
  similarity: number
  /** Share of the input that the output repeats as one piece, 0 to 1. */
  recited: number
  /** The input is recited: a run of at least half of it, or of one whole line of it. */
  recites: boolean
}
export type EvaluatedRecord = {
  index: number
  row: number
  instruct: string
  input: string
  label: string
  /** Not among those that the model learned; the verdict leaves it out. */
  heldOut: boolean
  fromInstruct: Judgement
  fromBoth: Judgement
}

export type SlotScore = {
  slot: Slot
  records: number
  /** instruct + input gave the label exactly. */
  exact: number
  /** instruct alone recited the input. */
  recited: number
  meanSimilarity: number
}

/** worked: the labels are given, no input is recited. recites: inputs are recited. not-learned: labels are not given (yet). */
export type VerdictKind = 'worked' | 'recites' | 'not-learned'
export type Verdict = { kind: VerdictKind; score: SlotScore }

export type EvaluateEvent = { done: number; total: number }
export type SlotEvaluation = {
  slot: Slot
  /** How it was asked. */
  chat: ChatForm | null
  records: readonly EvaluatedRecord[]
  /** Of the records that are learned. */
  verdict: Verdict
  /** Of those that are held out, how many are answered exactly; null where none is. */
  heldOut: { records: number; exact: number } | null
}
export type Evaluation = {
  slots: readonly SlotEvaluation[]
  tokensPerSecond: number
}

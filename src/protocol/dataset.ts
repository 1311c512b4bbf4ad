// What the door says about a file of records: how it was read, what is wrong with it, and what of it will be learned.
// Must not know: how a file is parsed or tokenised.

import type { ChatForm } from '../config/chatForm.ts'
import type { Problem } from '../problem/problem.ts'

/** A file, or text that was pasted. `name` is shown; its ending is a hint, the content decides. */
export type DatasetSource = { name: string; content: Blob | string }

export type DatasetFormat = 'json' | 'jsonl' | 'csv'
/** instruct: the article's own three fields, also under their known other names. chat: messages or conversations. tokens: input_ids and labels. */
export type RecordKind = 'instruct' | 'chat' | 'tokens'
export type ColumnRole = 'instruct' | 'input' | 'label' | 'messages' | 'input_ids' | 'labels' | 'unused'
/** From a field's name in the file to what it is taken for. */
export type ColumnRoles = Readonly<Record<string, ColumnRole>>

export type ChatMessage = { role: 'system' | 'user' | 'assistant'; content: string }
export type InstructRecord = { kind: 'instruct'; instruct: string; input: string; label: string }
export type ChatRecord = { kind: 'chat'; messages: readonly ChatMessage[] }
export type TokenRecord = { kind: 'tokens'; input_ids: readonly number[]; labels: readonly number[] }
export type DataRecord = InstructRecord | ChatRecord | TokenRecord

export type RowProblem = {
  /** The record's number in the file, from 1. */
  row: number
  /** The line it begins on, from 1; null where the format has no lines of its own. */
  line: number | null
  /** error: the row cannot be used. warning: it can. note: nothing needs doing. */
  severity: 'error' | 'warning' | 'note'
  problem: Problem
}

export type Column = { field: string; role: ColumnRole; filledRows: number; example: string }

/** What a file holds. Nothing is in use before `useDataset`. */
export type DatasetReading = {
  name: string
  bytes: number
  format: DatasetFormat
  kind: RecordKind
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be'
  columns: readonly Column[]
  rows: number
  /** Rows that can be used. */
  goodRows: number
  problems: readonly RowProblem[]
  /** Problems beyond those listed, when there are very many. */
  moreProblems: number
}

export type UseDatasetRequest = {
  /** Must be true when the reading has rows with errors: the person has seen the list. */
  goodRowsOnly: boolean
  /** true: the records are none to learn, but held out for every run from now on; those in use to be learned stay. */
  heldOut?: boolean
}

export type ChangeRecordRequest = {
  index: number
  change: { kind: 'edit'; record: DataRecord } | { kind: 'leave-out' } | { kind: 'restore' }
}

export type MaskMode = 'prefix' | 'parts' | 'none'
export type PreviewRequest = {
  mask: MaskMode
  max_length: number | null
  overlong: 'truncate' | 'drop'
  /** How many records are held out and the seed that chooses them; null: none. */
  heldOut: { test_size: number; seed: number } | null
  /** Records of three fields as conversations in the model's template; null: as plain text. */
  chat: ChatForm | null
}

/** What the list shows of one record. */
export type RecordRow = {
  /** Place in the data set in use, from 0. */
  index: number
  /** Number in the file, from 1. */
  row: number
  /** First words, for the list and its search. */
  excerpt: string
  contextTokens: number
  learnedTokens: number
  /** What the length limit takes away, or would where the record is left out for it: tokens, and those of them that would be learned. */
  cut: { tokens: number; learned: number }
  straddles: boolean
  truncated: boolean
  /** Too long, and overlong is drop. */
  dropped: boolean
  /** The row (from 1) that this one repeats. */
  duplicateOf: number | null
  /** error rows are never here; these are warnings. */
  warnings: number
  edited: boolean
  leftOut: boolean
  /** Never learned: its loss is measured. */
  heldOut: boolean
}

export type PreviewReport = {
  rows: readonly RecordRow[]
  statistics: {
    records: number
    tokens: number
    learnedTokens: number
    longest: number
    truncated: number
    dropped: number
    straddling: number
    nothingLearned: number
    duplicates: number
    leftOut: number
    heldOut: number
    /** Tokens that a record may have: the least of the setting, the tokenizer's limit and the model's. */
    limit: number
    /** Records above it, and the learned tokens that they lose where they are cut, and where they are left out. */
    overlong: { records: number; learnedIfCut: number; learnedIfDropped: number }
    /** Records by their length before anything is cut: the upper bound of each bin in tokens, how many fall into it, and how many of those are too long. */
    histogram: readonly { upTo: number; records: number; overlong: number }[]
  }
  /** The token that ends what is learned, in a chat its template's end of a turn; whether every record has it; and what is wrong with it. */
  endToken: { text: string; id: number; learnedInAll: boolean; problem: Problem | null }
}

export type PreviewToken = {
  id: number
  /** This token's own text; bytes of a split character show as U+FFFD, `bytes` then says which. */
  text: string
  label: number
  special: boolean
  /** Characters of context and of what is learned in one token. */
  straddles: boolean
}

/** A run of tokens with one fate, decoded together. */
export type PreviewSegment = { kind: 'context' | 'learned'; text: string; special: boolean; tokens: number }

export type RecordPreview = {
  index: number
  row: number
  record: DataRecord
  tokens: readonly PreviewToken[]
  segments: readonly PreviewSegment[]
  /** All masked tokens decoded, and all learned ones: what the article prints. */
  context: string
  learned: string
  ids: readonly number[]
  labels: readonly number[]
  straddles: boolean
  truncated: boolean
  dropped: boolean
  endTokenLearned: boolean
  problems: readonly RowProblem[]
  edited: boolean
  leftOut: boolean
  heldOut: boolean
}

/** One batch as the collator makes it: every row has the same length. */
export type BatchPreview = {
  rows: readonly {
    index: number
    input_ids: readonly number[]
    attention_mask: readonly (0 | 1)[]
    labels: readonly number[]
    texts: readonly string[]
  }[]
  length: number
}

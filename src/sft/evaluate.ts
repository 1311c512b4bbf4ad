// Asks a model both prompts of every record, instruct alone and instruct + input, and judges what it writes.

import type { ChatForm } from '../config/chatForm.ts'
import type { Weight } from '../engine/weight.ts'
import type { TextTokenizer } from '../formats/tokenizer/load.ts'
import type { Decoder } from '../models/decoder.ts'
import type { InstructRecord } from '../protocol/dataset.ts'
import type { EvaluatedRecord, Sampling } from '../protocol/generate.ts'
import { askedTokens } from './chat.ts'
import { writeAll, writtenText } from './generate.ts'
import { judge } from './judge.ts'
import type { OpenReader } from './reader.ts'

/** Prompts written in one batch. */
const ROWS = 32

export const greedy: Sampling = { temperature: 0, top_p: 1, top_k: 0, min_p: 0, repetition_penalty: 1, seed: 0 }

export type EvaluateInput = {
  records: readonly { index: number; row: number; record: InstructRecord; heldOut: boolean }[]
  tokenizer: TextTokenizer
  /** The questions are asked in the model's chat template; null: as plain text. */
  chat: ChatForm | null
  /** Any of these ends an answer. */
  endTokenIds: readonly number[]
  max_new_tokens: number
  signal: AbortSignal
  open: OpenReader
  /** After each batch, with the records judged in it. */
  tell: (records: readonly EvaluatedRecord[]) => void
}

/** Greedy, with every record's own budget: its answer stops at the end token or at `max_new_tokens`. Resolves to the tokens written. */
export async function evaluate(
  model: Decoder<Weight>,
  { records, tokenizer, chat, endTokenIds, max_new_tokens, signal, open, tell }: EvaluateInput,
): Promise<number> {
  let tokens = 0
  for (let from = 0; from < records.length && !signal.aborted; from += ROWS / 2) {
    const part = records.slice(from, from + ROWS / 2)
    const prompts = part.flatMap(({ record }) => [record.instruct, record.instruct + record.input])
    const written = await writeAll(
      model,
      prompts.map((prompt) => askedTokens(prompt, tokenizer, chat)),
      { max_new_tokens, sampling: greedy, endTokenIds, padTokenId: tokenizer.padToken.id },
      open,
      signal,
    )
    if (signal.aborted) break
    tokens += written.reduce((sum, { ids }) => sum + ids.length, 0)
    const texts = written.map((row) => writtenText(row, tokenizer))
    tell(
      part.map(({ index, row, heldOut, record: { instruct, input, label } }, at) => ({
        index,
        row,
        instruct,
        input,
        label,
        heldOut,
        fromInstruct: judge(texts[2 * at] ?? '', { input, label }),
        fromBoth: judge(texts[2 * at + 1] ?? '', { input, label }),
      })),
    )
  }
  return tokens
}

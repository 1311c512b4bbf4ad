// Models write: into the panes of the playground, all at once, and over the whole data set, to be judged.

import type { ChatForm } from '../config/chatForm.ts'
import { streamText, type TextStream } from '../formats/tokenizer/streamText.ts'
import type { DecoderConfig } from '../models/config.ts'
import { ProblemError } from '../problem/problem.ts'
import type {
  EvaluatedRecord,
  EvaluateEvent,
  EvaluateRequest,
  Evaluation,
  GenerateEvent,
  GenerateReply,
  GenerateRequest,
  SlotEvaluation,
} from '../protocol/generate.ts'
import type { Slot } from '../protocol/model.ts'
import { askedInChat } from '../sft/chat.ts'
import { learnedEndOf } from '../sft/ends.ts'
import { evaluate as evaluateModel } from '../sft/evaluate.ts'
import { type WriteStep, type Written, write } from '../sft/generate.ts'
import { verdictOf } from '../sft/judge.ts'
import { readerFor } from './steppers.ts'
import { datasetOf, decoderOf, endTokenIdsOf, exclusively, modelOf, type Studio, throwIfCancelled } from './studio.ts'
import { nextTurn } from './turn.ts'

/** One model writing into its panes, a token a turn. */
type Pen = {
  panes: readonly { pane: number; stream: TextStream }[]
  writing: AsyncGenerator<WriteStep, Written[]>
  endTokenIds: readonly number[]
  written: Written[] | null
}

/** Every pane gets a token each turn; panes of one model are one batch. A pane may also be given as ids, for models without a tokenizer. */
export function generate(
  studio: Studio,
  request: GenerateRequest,
  { tell, signal }: { tell: (event: GenerateEvent) => void; signal: AbortSignal },
): Promise<GenerateReply> {
  return exclusively(studio, 'writing', async () => {
    const openedMs = performance.now()
    const pens = pensOf(studio, request)
    let tokens = 0
    /** Tokens of the first turn, which reads the prompts and brings the weights over: it is no measure of writing. */
    let first = { tokens: 0, ms: openedMs }
    try {
      while (pens.some(({ written }) => written === null)) {
        for (const pen of pens) tokens += await stroke(pen, tell)
        if (first.tokens === 0) first = { tokens, ms: performance.now() }
        await nextTurn()
        throwIfCancelled(signal, 'generate')
      }
    } finally {
      for (const pen of pens) await pen.writing.return([])
    }
    const panes = request.panes.map((_, pane) => {
      const pen = pens.find((candidate) => candidate.panes.some((own) => own.pane === pane))
      const at = pen?.panes.findIndex((own) => own.pane === pane) ?? -1
      const written = pen?.written?.[at] ?? { ids: [], stopped: 'length' as const }
      return { ...written, text: pen?.panes[at]?.stream.text() ?? '' }
    })
    const from = tokens > first.tokens ? first : { tokens: 0, ms: openedMs }
    return { panes, tokensPerSecond: ((tokens - from.tokens) / (performance.now() - from.ms)) * 1000 }
  })
}

function pensOf(studio: Studio, { panes, max_new_tokens, sampling }: GenerateRequest): Pen[] {
  const { config, tokenizer } = modelOf(studio)
  const slots = [...new Set(panes.map(({ slot }) => slot))]
  return slots.map((slot) => {
    const own = panes.flatMap((pane, at) => (pane.slot === slot ? [{ pane: at, prompt: pane.prompt }] : []))
    const prompts = own.map(({ prompt }) => {
      if (typeof prompt === 'string') return tokenizer.encodePrompt(prompt)
      return 'messages' in prompt ? askedInChat(prompt.messages, tokenizer) : knownIds(prompt, config)
    })
    const isChat = own.some(({ prompt }) => typeof prompt === 'object' && 'messages' in prompt)
    const endTokenIds = endsOf(studio, slot, isChat)
    const settings = { max_new_tokens, sampling, endTokenIds, padTokenId: tokenizer.padToken.id }
    return {
      panes: own.map(({ pane }) => ({ pane, stream: streamText(tokenizer, { skipSpecial: true }) })),
      writing: write(decoderOf(studio, slot), prompts, settings, readerFor(studio)),
      endTokenIds,
      written: null,
    }
  })
}

/** What the slot's model stops at; in a chat also at the end of a turn, whether or not the model's files say so. */
function endsOf(studio: Studio, slot: Slot, isChat: boolean): readonly number[] {
  const ends = endTokenIdsOf(studio, slot)
  const turn = isChat ? learnedEndOf('chat', modelOf(studio).tokenizer) : null
  return turn === null ? ends : [...new Set([...ends, turn.id])]
}

/** Ids that a person gives may belong to another model; a row of the embedding that is not there would be read as zeros. */
function knownIds(ids: readonly number[], { vocab_size: rows }: DecoderConfig): readonly number[] {
  const id = ids.find((candidate) => candidate < 0 || candidate >= rows)
  if (id === undefined) return ids
  throw new ProblemError({ code: 'model.ids-out-of-range', values: { id, rows }, where: 'prompt' })
}

/** One token in each pane of a model. Returns how many were written. */
async function stroke(pen: Pen, tell: (event: GenerateEvent) => void): Promise<number> {
  if (pen.written !== null) return 0
  const { done, value } = await pen.writing.next()
  if (done) {
    pen.written = value
    for (const { pane, stream } of pen.panes) if (stream.finish() !== '') tell({ pane, text: stream.text(), tokens: 0 })
    return 0
  }
  let tokens = 0
  for (const [row, { pane, stream }] of pen.panes.entries()) {
    const id = value[row] ?? null
    if (id === null) continue
    tokens++
    if (!pen.endTokenIds.includes(id) && stream.push([id]) !== '') tell({ pane, text: stream.text(), tokens: 1 })
  }
  return tokens
}

/** Both prompts of every record of the data set in use, for each slot. Chats and token records have no two prompts and are passed over. */
export function evaluate(
  studio: Studio,
  { slots, max_new_tokens, chat }: EvaluateRequest,
  { tell, signal }: { tell: (event: EvaluateEvent) => void; signal: AbortSignal },
): Promise<Evaluation> {
  return exclusively(studio, 'evaluating', async () => {
    const { tokenizer } = modelOf(studio)
    const records = datasetOf(studio).records.flatMap(({ row, record, leftOut }, index) =>
      record.kind === 'instruct' && !leftOut ? [{ index, row, record }] : [],
    )
    if (records.length === 0)
      throw new ProblemError({ code: 'run.nothing-to-score', values: { needed: 'instruct, input, label' }, where: '' })
    const startedMs = performance.now()
    const total = records.length * slots.length
    const judged: { slot: Slot; records: EvaluatedRecord[] }[] = []
    let tokens = 0
    for (const slot of slots) {
      const done: EvaluatedRecord[] = []
      judged.push({ slot, records: done })
      const told = (part: readonly EvaluatedRecord[]) => {
        done.push(...part)
        tell({ done: judged.reduce((sum, own) => sum + own.records.length, 0), total })
      }
      const endTokenIds = endsOf(studio, slot, chat !== null)
      const heldOut = heldOutPlaces(studio, slot)
      const asked = records.map((record) => ({ ...record, heldOut: heldOut.has(record.index) }))
      const input = { records: asked, tokenizer, chat, endTokenIds, max_new_tokens, signal, open: readerFor(studio), tell: told }
      tokens += await evaluateModel(decoderOf(studio, slot), input)
      throwIfCancelled(signal, 'evaluate')
    }
    return {
      slots: judged.map((own) => judgedSlot(own, chat)),
      tokensPerSecond: (tokens / (performance.now() - startedMs)) * 1000,
    }
  })
}

/** Places of the records that a slot's model did not learn; of the base those that the next run would hold out. */
function heldOutPlaces({ histories, prepared }: Studio, slot: Slot): ReadonlySet<number> {
  return (slot === 'base' ? prepared?.heldOut : histories[slot]?.heldOutPlaces) ?? new Set()
}

/** The verdict is on what was to be learned. */
function judgedSlot({ slot, records }: { slot: Slot; records: EvaluatedRecord[] }, chat: ChatForm | null): SlotEvaluation {
  const held = records.filter(({ heldOut }) => heldOut)
  const exact = held.filter(({ fromBoth }) => fromBoth.exact).length
  const verdict = verdictOf(
    slot,
    records.filter(({ heldOut }) => !heldOut),
  )
  return { slot, chat, records, verdict, heldOut: held.length === 0 ? null : { records: held.length, exact } }
}

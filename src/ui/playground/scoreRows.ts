// The table of the whole data set: one row a record, how each model answered it, in a chosen order.
// Must not know: how an answer was judged, how the table looks.

import type { Judgement } from '../../protocol/generate.ts'
import type { Slot } from '../../protocol/model.ts'
import { type Scores, scoredRecords } from '../../session/evaluation.ts'

export type ScoreOrder = 'file' | 'best' | 'worst'
export type SlotAnswer = { fromInstruct: Judgement; fromBoth: Judgement }
export type ScoreRow = {
  index: number
  row: number
  instruct: string
  heldOut: boolean
  answers: Readonly<Record<Slot, SlotAnswer | null>>
}

/** Best: closest to the label and not reciting, by the tuned model where there is one. Equal ones stay as in the file. */
export function scoreRows(scores: Scores, order: ScoreOrder): readonly ScoreRow[] {
  const answers = { base: byIndex(scores, 'base'), tuned: byIndex(scores, 'tuned'), twin: byIndex(scores, 'twin') }
  const rows = scoredRecords(scores).map(({ index, row, instruct, heldOut }): ScoreRow => {
    const of = (slot: Slot) => answers[slot].get(index) ?? null
    return { index, row, instruct, heldOut, answers: { base: of('base'), tuned: of('tuned'), twin: of('twin') } }
  })
  if (order === 'file') return rows
  const sign = order === 'best' ? -1 : 1
  return rows.toSorted((a, b) => sign * (goodness(a) - goodness(b)))
}

function byIndex(scores: Scores, slot: Slot): ReadonlyMap<number, SlotAnswer> {
  return new Map((scores.slots[slot]?.records ?? []).map((record) => [record.index, record]))
}

function goodness({ answers }: ScoreRow): number {
  const answer = answers.tuned ?? answers.twin ?? answers.base
  return answer === null ? 0 : answer.fromBoth.similarity + (answer.fromBoth.exact ? 1 : 0) - answer.fromInstruct.recited
}

// What stands in each pane: what was written into it, or, before anything was, what the model answered when every record was asked.
// Must not know: how a pane looks.

import { type ChatForm, isSameForm } from '../../config/chatForm.ts'
import type { Slot } from '../../protocol/model.ts'
import { type Scores, scoredRecord } from '../../session/evaluation.ts'
import type { Pane, PaneRow, Play } from '../../session/play.ts'

export type PaneText = {
  slot: Slot
  row: PaneRow
  text: string
  /** written: by `write`. scored: taken from the answers to all records. none: nothing yet. */
  from: 'written' | 'scored' | 'none'
  tokens: number
  stopped: Pane['stopped']
}

export function paneText(
  slot: Slot,
  row: PaneRow,
  { panes, subject }: Pick<Play, 'panes' | 'subject'>,
  scores: Scores,
  form: ChatForm | null,
): PaneText {
  const written = panes.find((pane) => pane.slot === slot && pane.row === row)
  if (written !== undefined) return { ...written, from: 'written' }
  // Asked in another way, other words were answered.
  const asked = isSameForm(scores.slots[slot]?.chat ?? null, form)
  const record = panes.length > 0 || !subject?.record || !asked ? null : scoredRecord(scores, slot, subject.record.index)
  if (record === null) return { slot, row, text: '', from: 'none', tokens: 0, stopped: null }
  const { text } = row === 'instruct' ? record.fromInstruct : record.fromBoth
  return { slot, row, text, from: 'scored', tokens: 0, stopped: null }
}

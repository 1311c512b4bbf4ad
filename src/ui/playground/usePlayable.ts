// Which models can write into which rows now, and if none can, why.

import type { Slot } from '../../protocol/model.ts'
import { evaluation } from '../../session/evaluation.ts'
import { keep } from '../../session/keep.ts'
import { model } from '../../session/model.ts'
import { type PaneRow, play, rowsOf } from '../../session/play.ts'
import { run } from '../../session/run.ts'
import { isUnderWay } from '../../session/runState.ts'
import { useStore } from '../kit/useStore.ts'

export type NotPlayable = 'model' | 'training' | 'scoring' | 'saving' | 'prompt'

export type Playable = { slots: readonly Slot[]; rows: readonly PaneRow[]; reason: NotPlayable | null }

export function usePlayable(): Playable {
  const histories = useStore(run, (now) => now.histories)
  const reason = useReason()
  const subject = useStore(play, (now) => now.subject)
  const slots: Slot[] = ['base']
  if (histories.tuned?.held === true) slots.push('tuned')
  if (histories.twin?.held === true) slots.push('twin')
  return { slots, rows: subject === null ? ['both'] : rowsOf(subject), reason }
}

/** The machine does one heavy thing at a time. */
function useReason(): NotPlayable | null {
  const training = useStore(run, (now) => isUnderWay(now.status))
  const scoring = useStore(evaluation, (now) => now.status === 'scoring')
  const saving = useStore(keep, (now) => now.status === 'saving')
  const open = useStore(model, (now) => now.status === 'ready')
  const empty = useStore(play, ({ subject }) => subject === null || subject.instruct + subject.input === '')
  if (training) return 'training'
  if (!open) return 'model'
  if (scoring) return 'scoring'
  if (saving) return 'saving'
  return empty ? 'prompt' : null
}

// The verdict on a model of this tab; nothing while it has none.

import type { ReactNode } from 'react'
import type { Slot } from '../../protocol/model.ts'
import { evaluation } from '../../session/evaluation.ts'
import { run } from '../../session/run.ts'
import type { RunHistory } from '../../session/runState.ts'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import { VerdictSentence } from './VerdictSentence.tsx'

/** `children` is evidence beside the whole set's numbers. */
export function VerdictNote({ slot, children }: { slot: Exclude<Slot, 'base'>; children?: ReactNode }) {
  const words = useWords().playground.verdict
  const { count } = useFigures()
  const { slots } = useStore(evaluation)
  const rose = useStore(run, ({ histories }) => lossRose(histories[slot]))
  const evaluated = slots[slot]
  if (evaluated === null) return null
  const { verdict, heldOut } = evaluated
  return (
    <VerdictSentence slot={slot} verdict={verdict} rose={rose}>
      {heldOut !== null && <p>{words.heldOut(count(heldOut.exact), count(heldOut.records))}</p>}
      {children}
    </VerdictSentence>
  )
}

function lossRose(history: RunHistory | null): boolean {
  const { firstLoss = null, lastLoss = null } = history?.summary ?? {}
  return firstLoss !== null && lastLoss !== null && lastLoss > firstLoss
}

// The verdict on a model of this tab; nothing while it has none.

import type { ReactNode } from 'react'
import type { Slot } from '../../protocol/model.ts'
import { evaluation } from '../../session/evaluation.ts'
import { run } from '../../session/run.ts'
import type { RunHistory } from '../../session/runState.ts'
import { useStore } from '../kit/useStore.ts'
import { VerdictSentence } from './VerdictSentence.tsx'

/** `children` is evidence beside the whole set's numbers. */
export function VerdictNote({ slot, children }: { slot: Exclude<Slot, 'base'>; children?: ReactNode }) {
  const { slots } = useStore(evaluation)
  const rose = useStore(run, ({ histories }) => lossRose(histories[slot]))
  const verdict = slots[slot]?.verdict
  if (verdict === undefined) return null
  return (
    <VerdictSentence slot={slot} verdict={verdict} rose={rose}>
      {children}
    </VerdictSentence>
  )
}

function lossRose(history: RunHistory | null): boolean {
  const { firstLoss = null, lastLoss = null } = history?.summary ?? {}
  return firstLoss !== null && lastLoss !== null && lastLoss > firstLoss
}

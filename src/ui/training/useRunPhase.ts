// What the run is doing, as one sentence and how far it is.

import { evaluation } from '../../session/evaluation.ts'
import { run } from '../../session/run.ts'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'

export type RunPhase = { text: string; done: number; total: number | null }

export function useRunPhase(): RunPhase {
  const words = useWords().training.run
  const { count } = useFigures()
  const { status, slot, histories } = useStore(run)
  const scores = useStore(evaluation)
  const history = histories[slot]
  const scored = [count(scores.done), count(scores.total)] as const
  const scoring = { done: scores.done, total: scores.total === 0 ? null : scores.total }
  if (status === 'preparing') {
    if (scores.status === 'scoring') return { text: words.scoringBase(...scored), ...scoring }
    return { text: words.preparing, done: 0, total: null }
  }
  if (status === 'judging') return { text: words.judging(...scored), ...scoring }
  const done = history?.steps.length ?? 0
  const total = history?.plan?.totalSteps ?? null
  return { text: sentence(), done, total }

  function sentence(): string {
    if (status === 'paused') return words.paused
    if (status === 'stopping') return words.stopping
    const perEpoch = history?.plan?.stepsPerEpoch ?? 1
    const epochs = Math.ceil((total ?? 0) / perEpoch)
    const epoch = Math.min(epochs, Math.floor(done / perEpoch) + 1)
    const text = words.training(count(epoch), count(epochs))
    return slot === 'twin' ? `${text} · ${words.slots.twin}` : text
  }
}

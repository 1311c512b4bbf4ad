// A kept run in the shape that the curve and the tables of Train read.

import type { KeptSlot } from '../../protocol/shelf.ts'
import type { RunHistory, TrainSlot } from '../../session/runState.ts'

/** Nothing of it is held any more, and its clock stands still. */
export function historyOf(slot: TrainSlot, kept: KeptSlot, adapter: string | null): RunHistory {
  const { settings, plan, steps, epochs, summary } = kept
  return {
    slot,
    settings,
    adapter,
    plan,
    steps,
    epochs,
    summary: { ...summary, problem: null },
    held: false,
    trainedMs: summary.seconds * 1000,
    lastStepAt: null,
  }
}

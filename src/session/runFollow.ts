// Keeps what was trained and scored true to what it was trained from: another data set, another base or another adapter beside it makes it a thing of the past.
// A worker that was lost takes the tuned models with it, but the curves and the answers stay to be read.

import { dataset } from './dataset.ts'
import { onRestart } from './door.ts'
import { forgetScores } from './evaluation.ts'
import { model } from './model.ts'
import { forgetTuned } from './run.ts'

/** Called once, when the page opens. Returns what ends it. */
export function followRuns(): () => void {
  let { source, adapter } = model.get()
  let data = dataset.get().inUse
  const stops = [
    onRestart(forgetTuned),
    model.subscribe(() => {
      const next = model.get()
      if (next.source === source && next.adapter === adapter) return
      source = next.source
      adapter = next.adapter
      forgetTuned()
      forgetScores()
    }),
    dataset.subscribe(() => {
      const next = dataset.get().inUse
      // A worker that was replaced is given the same source with the same changes: that is no other data set.
      const same = next?.source === data?.source && next?.roles === data?.roles && next?.changes === data?.changes
      data = next
      if (!same) forgetScores()
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

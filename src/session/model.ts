// The base model that is open, and the opening of another. The one that is open stays until the next has been read whole.
// Must not know: what a model is made of beyond its summary.

import { asProblem, type Problem } from '../problem/problem.ts'
import type { ModelSource, ModelSummary } from '../protocol/model.ts'
import type { Progress } from '../protocol/progress.ts'
import { shown } from './activity.ts'
import { call } from './door.ts'
import { createStore, type Readable } from './store.ts'

export type ModelState = {
  status: 'none' | 'opening' | 'ready'
  /** The open model, also while another is being opened. */
  summary: ModelSummary | null
  source: ModelSource | null
  /** What is being opened, while it is. */
  opening: ModelSource | null
  progress: Progress | null
  /** Why the last one could not be opened. */
  problem: Problem | null
}

const held = createStore<ModelState>({
  status: 'none',
  summary: null,
  source: null,
  opening: null,
  progress: null,
  problem: null,
})

export const model: Readable<ModelState> = held

/** Opens a model in the place of the one that is open. What was tuned from that one is forgotten by the worker. */
export async function openModel(source: ModelSource): Promise<boolean> {
  held.update((now) => ({ ...now, status: 'opening', opening: source, progress: null, problem: null }))
  try {
    const summary = await shown('loadingModel', (report, signal) =>
      call('openModel', { source }, { signal, onEvent: (progress) => progressed(progress, report) }),
    )
    held.set({ status: 'ready', summary, source, opening: null, progress: null, problem: null })
    return true
  } catch (error) {
    const problem = asProblem(error)
    held.update((now) => ({
      ...now,
      status: now.summary === null ? 'none' : 'ready',
      opening: null,
      progress: null,
      problem: problem.code === 'run.cancelled' ? null : problem,
    }))
    return false
  }
}

/** The worker that held the model is gone: until `reopenModel` nothing can be asked of it. */
export function modelLost() {
  held.update((now) => ({ ...now, status: 'opening', opening: now.opening ?? now.source ?? { kind: 'embedded' } }))
}

/** Opens the model again in a worker that knows nothing yet. */
export async function reopenModel() {
  const { source, opening } = held.get()
  return openModel(opening ?? source ?? { kind: 'embedded' })
}

function progressed(progress: Progress, report: (progress: Progress) => void) {
  held.update((now) => ({ ...now, progress }))
  report(progress)
}

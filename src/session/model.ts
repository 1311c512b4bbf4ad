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
  /** Why the last one could not be opened, and which that was. */
  problem: Problem | null
  refused: ModelSource | null
}

const nothing: ModelState = {
  status: 'none',
  summary: null,
  source: null,
  opening: null,
  progress: null,
  problem: null,
  refused: null,
}

const held = createStore<ModelState>(nothing)
let current: AbortController | null = null

export const model: Readable<ModelState> = held

/**
 * Opens a model in the place of the one that is open; a model that is still being opened is given up for it.
 * What was tuned from the one before is forgotten by the worker.
 */
export async function openModel(source: ModelSource): Promise<boolean> {
  current?.abort()
  const stopping = new AbortController()
  current = stopping
  held.update((now) => ({ ...now, status: 'opening', opening: source, progress: null, problem: null, refused: null }))
  try {
    const summary = await shown('loadingModel', (report, signal) => {
      signal.addEventListener('abort', () => stopping.abort())
      return call('openModel', { source }, { signal: stopping.signal, onEvent: (progress) => progressed(progress, report) })
    })
    if (current === stopping) held.set({ ...nothing, status: 'ready', summary, source })
    return true
  } catch (error) {
    if (current === stopping) failed(source, asProblem(error))
    return false
  }
}

/** Gives up what is being opened; the open model stays. */
export function stopOpening() {
  current?.abort()
}

function failed(source: ModelSource, problem: Problem) {
  const refusal = problem.code === 'run.cancelled' ? { problem: null, refused: null } : { problem, refused: source }
  held.update((now) => ({ ...now, status: now.summary === null ? 'none' : 'ready', opening: null, progress: null, ...refusal }))
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

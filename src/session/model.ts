// The base model that is open, and the opening of another. The one that is open stays until the next has been read whole.
// Must not know: what a model is made of beyond its summary.

import { asProblem, type Problem } from '../problem/problem.ts'
import type { ModelSource, ModelSummary } from '../protocol/model.ts'
import type { Progress } from '../protocol/progress.ts'
import { shown } from './activity.ts'
import { call } from './door.ts'
import { reportProblem } from './problems.ts'
import { createStore, type Readable } from './store.ts'

export type ModelState = {
  status: 'none' | 'opening' | 'ready'
  /** The open model, also while another is being opened. */
  summary: ModelSummary | null
  source: ModelSource | null
  /** The LoRA adapter that is open beside it; what it is stands in `summary.adapter`. */
  adapter: ModelSource | null
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
  adapter: null,
  opening: null,
  progress: null,
  problem: null,
  refused: null,
}

const held = createStore<ModelState>(nothing)
let current: AbortController | null = null
let underWay: Promise<boolean> = Promise.resolve(true)

export const model: Readable<ModelState> = held

/**
 * Opens a model in the place of the one that is open; a model that is still being opened is given up for it.
 * What was tuned from the one before, and the adapter beside it, are forgotten by the worker. An adapter that is named is opened beside it.
 */
export function openModel(source: ModelSource, adapter: ModelSource | null = null): Promise<boolean> {
  underWay = open(source, adapter)
  return underWay
}

/** Resolves when no model is being opened any more. */
export async function modelSettled(): Promise<void> {
  await underWay
}

async function open(source: ModelSource, adapter: ModelSource | null): Promise<boolean> {
  current?.abort()
  const stopping = new AbortController()
  current = stopping
  held.update((now) => ({ ...now, status: 'opening', opening: source, progress: null, problem: null, refused: null }))
  try {
    const summary = await shown('loadingModel', (report, signal) => {
      signal.addEventListener('abort', () => stopping.abort())
      return call('openModel', { source }, { signal: stopping.signal, onEvent: (progress) => progressed(progress, report) })
    })
    const opened = await besides(summary, adapter)
    if (current === stopping) held.set({ ...nothing, status: 'ready', source, ...opened })
    return true
  } catch (error) {
    if (current === stopping) failed(source, asProblem(error))
    return false
  }
}

/** The adapter that was beside the model is opened with it again; where that fails the model is there without it, and it is said. */
async function besides(summary: ModelSummary, adapter: ModelSource | null): Promise<Pick<ModelState, 'summary' | 'adapter'>> {
  if (adapter === null) return { summary, adapter }
  try {
    return { summary: await call('openAdapter', { source: adapter }), adapter }
  } catch (error) {
    reportProblem(error)
    return { summary, adapter: null }
  }
}

/** An adapter was put beside the open model, or taken away (null). */
export function adapterChanged(summary: ModelSummary, adapter: ModelSource | null) {
  held.update((now) => ({ ...now, summary, adapter }))
}

/** The problem has been read, or was none. */
export function putProblemAway() {
  held.update((now) => ({ ...now, problem: null, refused: null }))
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

/** Opens the model again, with its adapter, in a worker that knows nothing yet. */
export function reopenModel(): Promise<boolean> {
  const { source, opening, adapter } = held.get()
  const next = opening ?? source ?? { kind: 'embedded' }
  underWay = open(next, next === source ? adapter : null)
  return underWay
}

function progressed(progress: Progress, report: (progress: Progress) => void) {
  held.update((now) => ({ ...now, progress }))
  report(progress)
}

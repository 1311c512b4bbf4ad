// Where the work runs: what was chosen by the person, and what the worker then found.
// Must not know: how a backend is picked.

import { asProblem, type Problem } from '../problem/problem.ts'
import type { BackendChoice, BackendReport } from '../protocol/backend.ts'
import { shown } from './activity.ts'
import { call } from './door.ts'
import { recall, remember } from './memory.ts'
import { createStore, type Readable } from './store.ts'

export type BackendState = {
  status: 'none' | 'choosing' | 'ready' | 'failed'
  choice: BackendChoice
  /** The last one that worked. */
  report: BackendReport | null
  problem: Problem | null
}

const key = 'tabtune.backend'
const choices: readonly BackendChoice[] = ['auto', 'webgpu', 'wasm', 'cpu']
const held = createStore<BackendState>({ status: 'none', choice: remembered(), report: null, problem: null })

export const backend: Readable<BackendState> = held

/** Asks the worker for a backend; the last choice if none is given. A choice that fails leaves the one in use as it is. */
export async function chooseBackend(choice: BackendChoice = held.get().choice): Promise<boolean> {
  const before = held.get().choice
  held.update((now) => ({ ...now, status: 'choosing', choice, problem: null }))
  try {
    const report = await shown('starting', (onEvent, signal) => call('chooseBackend', { choice }, { onEvent, signal }))
    held.set({ status: 'ready', choice, report, problem: null })
    remember(key, choice)
    return true
  } catch (error) {
    held.update((now) => ({ ...now, status: 'failed', choice: before, problem: asProblem(error) }))
    return false
  }
}

function remembered(): BackendChoice {
  const value = recall(key)
  return choices.find((choice) => choice === value) ?? 'auto'
}

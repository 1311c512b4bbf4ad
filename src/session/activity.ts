// What is going on at the moment, with its progress and a way to stop it: shown by the strip at the foot of the page.
// Must not know: what the work is for.

import type { Progress, Work } from '../protocol/progress.ts'
import { createStore, type Readable } from './store.ts'

export type Activity = {
  id: number
  progress: Progress
  /** null where it cannot be stopped. */
  stop: (() => void) | null
}

const held = createStore<readonly Activity[]>([])
let lastId = 0

export const activities: Readable<readonly Activity[]> = held

/** Announces a piece of work. `report` tells how far it is; `end` must be called, however it ends. */
export function beginActivity(work: Work, stop: (() => void) | null) {
  lastId += 1
  const id = lastId
  held.update((now) => [...now, { id, progress: { work, done: 0, total: null, unit: 'bytes' }, stop }])
  return {
    report: (progress: Progress) =>
      held.update((now) => now.map((activity) => (activity.id === id ? { ...activity, progress } : activity))),
    end: () => held.update((now) => now.filter((activity) => activity.id !== id)),
  }
}

/** Runs a piece of work that is shown while it lasts and can be stopped through `signal`. */
export async function shown<T>(
  work: Work,
  run: (report: (progress: Progress) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stopping = new AbortController()
  const { report, end } = beginActivity(work, () => stopping.abort())
  try {
    return await run(report, stopping.signal)
  } finally {
    end()
  }
}

// What went wrong and belongs to no one place of the page: shown at its top until the person puts it away.
// A problem that has a place (a file that cannot be read, a run that failed) is kept by the store of that place instead.

import { asProblem, type Problem } from '../problem/problem.ts'
import { createStore, type Readable } from './store.ts'

export type Notice = { id: number; problem: Problem }

const held = createStore<readonly Notice[]>([])
let lastId = 0

export const notices: Readable<readonly Notice[]> = held

/** Shows a problem at the top of the page; the same one is not shown twice at once. A cancellation is what the person asked for and is not shown. */
export function reportProblem(error: unknown) {
  const problem = asProblem(error)
  if (problem.code === 'run.cancelled') return
  lastId += 1
  const id = lastId
  held.update((now) => (now.some((notice) => notice.problem.code === problem.code) ? now : [...now, { id, problem }]))
}

export function dismissNotice(id: number) {
  held.update((now) => now.filter((notice) => notice.id !== id))
}

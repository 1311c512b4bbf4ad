// A part of the page that is fetched when it is first wanted, and may be asked for again where it could not be had.
// React's own lazy() remembers a failure for good. Browsers used to remember a failed import() too, by its address, until the page was
// reloaded. The HTML standard has them ask again since 2026 (whatwg/html#10327), and Chromium (156, tried), Firefox and WebKit do. The old way
// out, another address for the second try, is not taken: scripts that the part shares with others would stay unfetched, or run twice.
// Must not know: React, what is fetched.

import { createStore, type Readable } from '../../session/store.ts'

export type FetchedState<T> =
  | { status: 'waiting' | 'fetching' }
  | { status: 'here'; value: T }
  /** `failures` in a row, this one included. */
  | { status: 'failed'; failures: number }

export type Fetched<T> = {
  state: Readable<FetchedState<T>>
  /** Fetches, unless it is there or on its way. Never rejects: the state says what came of it. */
  fetch: () => void
}

export function fetched<T>(load: () => Promise<T>): Fetched<T> {
  const state = createStore<FetchedState<T>>({ status: 'waiting' })
  const fetch = () => {
    const now = state.get()
    if (now.status === 'fetching' || now.status === 'here') return
    const failures = now.status === 'failed' ? now.failures : 0
    state.set({ status: 'fetching' })
    load().then(
      (value) => state.set({ status: 'here', value }),
      () => state.set({ status: 'failed', failures: failures + 1 }),
    )
  }
  return { state, fetch }
}

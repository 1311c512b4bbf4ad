// What a person decides about the next run beside its settings: the twin, and what happens to records with nothing to learn.

import { createStore } from './store.ts'

export type RunChoices = {
  /** Train the same records again without the mask afterwards. */
  twinAfterwards: boolean
  /** The person has said that records with nothing to learn may be left out. */
  leaveOutUnlearnable: boolean
}

export const runChoices = createStore<RunChoices>({ twinAfterwards: false, leaveOutUnlearnable: false })

export function changeChoices(change: Partial<RunChoices>) {
  runChoices.update((now) => ({ ...now, ...change }))
}

// A store: a value, a way to change it and a way to hear of it. Everything the tab holds lives in a few of these, outside React.
// Must not know: React (ui/kit/useStore.ts binds a component to a store), what is kept in it.

import { createStore as createZustandStore } from 'zustand/vanilla'

/** What a reader of a store needs. */
export type Readable<T> = {
  get: () => T
  /** Calls `listener` after each change until the returned function is called. */
  subscribe: (listener: () => void) => () => void
}

export type Store<T> = Readable<T> & {
  set: (value: T) => void
  update: (change: (now: T) => T) => void
}

/** A store that holds `initial`. A value that is the same (Object.is) tells nobody. */
export function createStore<T>(initial: T): Store<T> {
  const held = createZustandStore<{ value: T }>(() => ({ value: initial }))
  const set = (value: T) => {
    if (!Object.is(value, held.getState().value)) held.setState({ value }, true)
  }
  return {
    get: () => held.getState().value,
    set,
    update: (change) => set(change(held.getState().value)),
    subscribe: (listener) => held.subscribe(listener),
  }
}

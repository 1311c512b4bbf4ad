// Binds a component to a store: the one place where the stores of session/ meet React.
// Must not know: any store.

import { useSyncExternalStore } from 'react'
import type { Readable } from '../../session/store.ts'

const whole = <T>(value: T) => value

/** The store's value; the component is drawn again whenever it changes. */
export function useStore<T>(store: Readable<T>): T
/** A part of the value. `select` must give the same thing (Object.is) for the same value, so it picks and does not build. */
export function useStore<T, S>(store: Readable<T>, select: (value: T) => S): S
export function useStore<T>(store: Readable<T>, select: (value: T) => unknown = whole): unknown {
  const read = () => select(store.get())
  return useSyncExternalStore(store.subscribe, read, read)
}

// Where the operands of a call are, as its dispatches bind them.

import { elementsOf, type Value } from '../../plan/values.ts'
import type { Place } from './dispatch.ts'
import type { Part } from './states.ts'

export type Places = {
  /** Of a value that is held in one part. */
  one: (value: Value) => Place
  /** Of one that may be held in several, in order. */
  parts: (value: Value) => readonly Part[]
  /** Room that is the call's own while it runs, of as many bytes as the layout's rule says. */
  workspace: Place
}

/** Parts of two values of one shape, which are cut alike. */
export function pairedParts(some: readonly Part[], others: readonly Part[]): (readonly [Part, Part])[] {
  return some.map((part, at) => {
    const other = others[at]
    if (!other || other.rows !== part.rows || others.length !== some.length)
      throw new Error('two values of one shape are held in different parts')
    return [part, other]
  })
}

/** Elements of a part of `value`. */
export function partSize(value: Value, { rows }: Part): number {
  return (elementsOf(value) / (value.shape[0] ?? 1)) * rows
}

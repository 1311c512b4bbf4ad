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

/** Values of one size, which are cut alike where they are cut, part by part: where each has it, and how many elements it has. */
export function pairedParts({ parts }: Places, values: readonly Value[]): { operands: Place[]; size: number }[] {
  const [first, ...others] = values
  if (!first) return []
  return parts(first).map((part, at) => {
    const operands = others.map((value) => {
      const other = parts(value)[at]
      if (!other || partSize(value, other) !== partSize(first, part))
        throw new Error(`${first.name} and ${value.name} are held in different parts`)
      return other.place
    })
    return { operands: [part.place, ...operands], size: partSize(first, part) }
  })
}

/** Elements of a part of `value`. */
export function partSize(value: Value, { rows }: Part): number {
  return (elementsOf(value) / (value.shape[0] ?? 1)) * rows
}

// A row of the call table: calls of a plan alone, in odd sizes.

import type { Call } from '../plan/calls.ts'
import type { Dtype, Value } from '../plan/values.ts'

export type CallValues = {
  /** A state of random numbers, up to 1.5 · `magnitude` (1 if not said). */
  state: (shape: readonly number[], dtype?: Dtype, magnitude?: number) => Value
  /** A state that holds one number everywhere. */
  constant: (shape: readonly number[], value: number) => Value
  /** For what lies between the calls, and is not compared. */
  scratch: (shape: readonly number[]) => Value
  /** A feed of whole numbers. */
  feed: (numbers: readonly number[]) => Value
  /** Partial sums that the target makes of the squares of so many elements. */
  partialSums: (elements: number) => number
}

export type CallRow = {
  name: string
  /** Calls in order; the states that they write are compared. */
  calls: (values: CallValues) => readonly Call[]
  scalars?: Readonly<Record<string, number>>
  /** Of the largest magnitude; 1e-5 if not said. */
  tolerance?: number
  /** Whether its larger states may be held in parts: those that are bound whole have at most PART_BYTES. */
  inParts?: boolean
}

/** What a binding may have where states are held in parts for the test. */
export const PART_BYTES = 4096

/** Elements, for what goes element by element. */
export const oddSizes: readonly number[] = [1, 3, 64, 65, 1000, 70_001]

// A row of the call table: calls of a plan alone, in odd sizes.

import type { Call } from '../plan/calls.ts'
import type { Dtype, Value } from '../plan/values.ts'

export type CallValues = {
  /** A state of random numbers. */
  state: (shape: readonly number[], dtype?: Dtype) => Value
  /** A feed of whole numbers. */
  feed: (numbers: readonly number[]) => Value
}

export type CallRow = {
  name: string
  /** Calls in order; what they write is compared. */
  calls: (values: CallValues) => readonly Call[]
  scalars?: Readonly<Record<string, number>>
  /** Of the largest magnitude; 1e-5 if not said. */
  tolerance?: number
}

/** Elements, for what goes element by element. */
export const oddSizes: readonly number[] = [1, 3, 64, 65, 1000, 70_001]

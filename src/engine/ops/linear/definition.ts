// What the linear layer means, in float64.

import { dot, type Rows } from '../../opTable/float64.ts'

/** x·weightᵀ + bias; of no bias an empty row. */
export function linear(x: Rows, weight: Rows, bias: readonly number[]): Rows {
  return x.map((row) => weight.map((column, at) => dot(row, column) + (bias[at] ?? 0)))
}

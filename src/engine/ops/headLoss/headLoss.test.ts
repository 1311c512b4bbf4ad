// The head's loss in the op table: Σ over rows of the cross-entropy, logits = x·Wᵀ.

import { dot, type Rows, range, sum } from '../../opTable/float64.ts'
import { bodyTable, eagerTable, type OpCase, opTable } from '../../opTable/opTable.ts'
import type { Tensor } from '../../tensor.ts'
import { headLossInChunks } from './composed.ts'
import { crossEntropies } from './definition.ts'

function headLoss(x: Rows, weight: Rows, targets: readonly number[]): number {
  const logits = x.map((row) => weight.map((column) => dot(row, column)))
  return sum(crossEntropies(logits, targets))
}

const rows = (name: string, hidden: number, vocabulary: number, targets: readonly number[]): OpCase => ({
  name: `${name}, [${targets.length}, ${hidden}], vocabulary ${vocabulary}`,
  inputs: { x: [targets.length, hidden], weight: [vocabulary, hidden] },
  apply: (ops, input, integers) => ops.headLoss(input('x'), input('weight'), integers(targets)),
  definition: (input) => [[headLoss(input('x'), input('weight'), targets)]],
})

const tokens = (count: number, vocabulary: number) => range(count).map((at) => (at * 7 + 2) % vocabulary)

opTable('headLoss', [
  rows('the smallest: one word, so no loss', 1, 1, [0]),
  rows('a single row', 6, 5, [4]),
  rows('repeated targets', 5, 7, [3, 3, 0, 6, 3]),
  rows('one past a power of two', 9, 65, tokens(6, 65)),
  rows('one past another', 4, 257, tokens(3, 257)),
])

// Eager alone: a plan over no rows leaves the gradient of the head's weight as it was. Records with nothing to learn never get that far.
eagerTable('headLoss', [
  {
    name: 'a batch in which nothing is learned',
    inputs: { x: [3, 4], weight: [5, 4] },
    apply: (ops, input, integers) => ops.headLoss(ops.takeRows(input('x'), integers([])), input('weight'), integers([])),
    definition: () => [[0]],
  },
])

const chunked = (count: number, rowsPerChunk: number) => {
  const { apply: _, ...row } = rows(`${count} rows by ${rowsPerChunk}`, 5, 7, tokens(count, 7))
  return {
    ...row,
    run: (input: (name: string) => Tensor) => headLossInChunks(input('x'), input('weight'), tokens(count, 7), rowsPerChunk),
  }
}

bodyTable('headLoss in chunks', [chunked(6, 3), chunked(7, 3), chunked(5, 4), chunked(4, 1), chunked(3, 3)])

// Rows by their number in the op table: a row that is taken n times gets the sum of n gradients, one that is not taken none.

import { rowAt } from '../../opTable/float64.ts'
import { type OpCase, opTable } from '../../opTable/opTable.ts'

const embedding = (name: string, vocabulary: number, hidden: number, ids: readonly number[]): OpCase => ({
  name: `${name}, ${ids.length} of [${vocabulary}, ${hidden}]`,
  inputs: { weight: [vocabulary, hidden] },
  apply: (ops, input, integers) => ops.embedding(input('weight'), integers(ids), null),
  definition: (input) => ids.map((id) => rowAt(input('weight'), id)),
})

opTable('embedding', [
  embedding('the smallest', 1, 1, [0]),
  embedding('a single row', 5, 6, [3]),
  embedding('every row once, backwards', 5, 3, [4, 3, 2, 1, 0]),
  embedding('repeated ids', 7, 5, [2, 2, 6, 0, 2, 6]),
  embedding('more ids than rows, hidden not a multiple of 4', 3, 9, [0, 1, 2, 2, 1, 0, 0, 1, 2, 1, 1]),
])

const padded: OpCase = {
  name: 'the padding row has no gradient',
  inputs: { weight: [5, 3] },
  apply: (ops, input, integers) => ops.embedding(input('weight'), integers([1, 4, 0, 4, 1]), 4),
  definition: (input) => [1, 4, 0, 4, 1].map((id) => rowAt(input('weight'), id)),
  withoutGradient: { weight: (element) => Math.floor(element / 3) === 4 },
}

opTable('embedding', [padded])

const rows = (name: string, height: number, width: number, indices: readonly number[]): OpCase => ({
  name: `${name}, ${indices.length} of [${height}, ${width}]`,
  inputs: { x: [height, width] },
  apply: (ops, input, integers) => ops.takeRows(input('x'), integers(indices)),
  definition: (input) => indices.map((index) => rowAt(input('x'), index)),
})

opTable('takeRows', [
  rows('the smallest', 1, 1, [0]),
  rows('the last row alone', 9, 5, [8]),
  rows('the learned rows of a batch', 12, 6, [2, 3, 4, 9, 10]),
  rows('all rows', 4, 3, [0, 1, 2, 3]),
  rows('a row twice', 4, 3, [1, 1, 3]),
])

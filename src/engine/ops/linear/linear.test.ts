// The linear layer in the op table, x·Wᵀ + b, and the sum of two tensors.

import { dot, type Rows } from '../../opTable/float64.ts'
import { bodyTable, type OpCase, opTable } from '../../opTable/opTable.ts'
import { scaled } from './composed.ts'

function linear(x: Rows, weight: Rows, bias: readonly number[]): Rows {
  return x.map((row) => weight.map((column, at) => dot(row, column) + (bias[at] ?? 0)))
}

const rows = (name: string, tokens: number, inputs: number, outputs: number): OpCase[] => [
  {
    name: `${name}, ${tokens} × ${inputs} → ${outputs}`,
    inputs: { x: [tokens, inputs], weight: [outputs, inputs] },
    apply: (ops, input) => ops.linear(input('x'), input('weight'), null, null),
    definition: (input) => linear(input('x'), input('weight'), []),
  },
  {
    name: `${name}, ${tokens} × ${inputs} → ${outputs}, with bias`,
    inputs: { x: [tokens, inputs], weight: [outputs, inputs], bias: [outputs] },
    apply: (ops, input) => ops.linear(input('x'), input('weight'), input('bias'), null),
    definition: (input) => linear(input('x'), input('weight'), input('bias')[0] ?? []),
  },
]

opTable('linear', [
  ...rows('the smallest', 1, 1, 1),
  ...rows('a single row', 1, 24, 10),
  ...rows('nothing a multiple of 4', 5, 7, 3),
  ...rows('one past a power of two', 9, 65, 33),
  ...rows('long sums', 3, 300, 2),
])

const sumOf = (name: string, shape: readonly number[]): OpCase => ({
  name: `${name}, [${shape}]`,
  inputs: { a: shape, b: shape },
  apply: (ops, input) => ops.add(input('a'), input('b')),
  definition: (input) => input('a').map((row, at) => row.map((value, column) => value + (input('b')[at]?.[column] ?? 0))),
})

opTable('add', [
  sumOf('the smallest', [1, 1]),
  sumOf('odd', [3, 7]),
  {
    name: 'a tensor and itself, as a residual of nothing would',
    inputs: { a: [3, 5] },
    apply: (ops, input) => ops.add(input('a'), input('a')),
    definition: (input) => input('a').map((row) => row.map((value) => 2 * value)),
  },
])

bodyTable('scaled', [
  {
    name: 'by a window of 7 labels',
    inputs: { x: [1] },
    run: (input) => scaled(input('x'), 1 / 7),
    definition: (input) => input('x').map((row) => row.map((value) => value / 7)),
  },
])

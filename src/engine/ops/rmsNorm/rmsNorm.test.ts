// RMSNorm in the op table: x ÷ √(mean(x²) + eps) · weight.

import { dot, type Rows } from '../../opTable/float64.ts'
import { type OpCase, opTable } from '../../opTable/opTable.ts'

function rmsNorm(x: Rows, [weight = []]: Rows, eps: number): Rows {
  return x.map((row) => {
    const rms = Math.sqrt(dot(row, row) / row.length + eps)
    return row.map((value, at) => (value / rms) * (weight[at] ?? 0))
  })
}

const rows = (name: string, tokens: number, hidden: number, eps: number): OpCase => ({
  name: `${name}, [${tokens}, ${hidden}]`,
  inputs: { x: [tokens, hidden], weight: [hidden] },
  apply: (ops, input) => ops.rmsNorm(input('x'), input('weight'), eps),
  definition: (input) => rmsNorm(input('x'), input('weight'), eps),
})

opTable('rmsNorm', [
  rows('the smallest', 1, 1, 1e-6),
  rows('a single row', 1, 12, 1e-6),
  rows('hidden not a multiple of 4', 5, 7, 1e-5),
  rows('one past a power of two', 3, 257, 1e-6),
  rows('an eps that counts', 4, 10, 0.5),
])

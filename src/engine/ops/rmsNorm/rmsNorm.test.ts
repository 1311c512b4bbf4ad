// RMSNorm in the op table: each run of as many elements as the weight has, ÷ √(mean of its squares + eps) · weight.

import { type OpCase, opTable } from '../../opTable/opTable.ts'
import { rmsNorm } from './definition.ts'

const groups = (name: string, tokens: number, count: number, size: number, eps: number): OpCase => ({
  name: `${name}, [${tokens}, ${count} × ${size}]`,
  inputs: { x: [tokens, count * size], weight: [size] },
  apply: (ops, input) => ops.rmsNorm(input('x'), input('weight'), eps),
  definition: (input) => rmsNorm(input('x'), input('weight'), eps),
})
const rows = (name: string, tokens: number, hidden: number, eps: number) => groups(name, tokens, 1, hidden, eps)

opTable('rmsNorm', [
  rows('the smallest', 1, 1, 1e-6),
  rows('a single row', 1, 12, 1e-6),
  rows('hidden not a multiple of 4', 5, 7, 1e-5),
  rows('one past a power of two', 3, 257, 1e-6),
  rows('an eps that counts', 4, 10, 0.5),
  groups('two heads', 3, 2, 4, 1e-6),
  groups('heads that are no power of two', 5, 3, 6, 1e-6),
  groups('a single token of many heads', 1, 14, 10, 1e-5),
  groups('heads of one element', 2, 5, 1, 0.1),
])

// Rotary embedding in the op table: (a, b) at i and i + headDim/2 turn to (a·cos − b·sin, b·cos + a·sin), the angle being position × frequency.

import { type Rows, range } from '../../opTable/float64.ts'
import { type OpCase, opTable } from '../../opTable/opTable.ts'

function turned(head: readonly number[], position: number, frequencies: readonly number[]): number[] {
  const half = head.length / 2
  return head.map((value, at) => {
    const angle = position * (frequencies[at % half] ?? 0)
    const partner = at < half ? -(head[at + half] ?? 0) : (head[at - half] ?? 0)
    return value * Math.cos(angle) + partner * Math.sin(angle)
  })
}

function rotary(x: Rows, positions: readonly number[], frequencies: readonly number[], heads: number): Rows {
  const headDim = 2 * frequencies.length
  return x.map((row, token) =>
    range(heads).flatMap((head) => turned(row.slice(head * headDim, (head + 1) * headDim), positions[token] ?? 0, frequencies)),
  )
}

const rows = (name: string, positions: readonly number[], heads: number, headDim: number): OpCase => {
  const frequencies = range(headDim / 2).map((pair) => 10_000 ** ((-2 * pair) / headDim))
  return {
    name: `${name}, ${positions.length} tokens, ${heads} × ${headDim}`,
    inputs: { x: [positions.length, heads * headDim] },
    apply: (ops, input) => ops.rotary(input('x'), ops.rotaryTables(positions, frequencies), heads),
    definition: (input) => rotary(input('x'), positions, frequencies, heads),
  }
}

opTable('rotary', [
  rows('the smallest head', [1], 1, 2),
  rows('a single token far along', [4095], 2, 8),
  rows('two rows of a batch', [0, 1, 2, 0, 1, 2], 3, 4),
  rows('a head that is no power of two', [0, 1, 2, 3, 4], 3, 6),
  rows('another', [7, 7, 0], 1, 10),
])

// Rotary embedding in the op table.

import { range } from '../../opTable/float64.ts'
import { type OpCase, opTable } from '../../opTable/opTable.ts'
import { rotary, rotaryAngles } from './definition.ts'

const rows = (name: string, positions: readonly number[], heads: number, headDim: number): OpCase => {
  const frequencies = range(headDim / 2).map((pair) => 10_000 ** ((-2 * pair) / headDim))
  const angles = rotaryAngles(positions, frequencies)
  const cos = angles.map((row) => row.map(Math.cos))
  const sin = angles.map((row) => row.map(Math.sin))
  return {
    name: `${name}, ${positions.length} tokens, ${heads} × ${headDim}`,
    inputs: { x: [positions.length, heads * headDim] },
    apply: (ops, input, integers) => ops.rotary(input('x'), ops.rotaryTables(integers(positions), frequencies), heads),
    definition: (input) => rotary(input('x'), cos, sin, heads),
  }
}

opTable('rotary', [
  rows('the smallest head', [1], 1, 2),
  rows('a single token far along', [4095], 2, 8),
  rows('two rows of a batch', [0, 1, 2, 0, 1, 2], 3, 4),
  rows('a head that is no power of two', [0, 1, 2, 3, 4], 3, 6),
  rows('another', [7, 7, 0], 1, 10),
  rows('halves of 7 and 33, past a vector', [3, 0, 9], 2, 14),
  rows('more', [5], 1, 66),
])

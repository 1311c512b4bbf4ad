// SwiGLU in the op table: silu(gate) · up, silu(g) = g ÷ (1 + e⁻ᵍ).

import type { Rows } from '../../opTable/float64.ts'
import { type OpCase, opTable } from '../../opTable/opTable.ts'

function swiGlu(gate: Rows, up: Rows): Rows {
  return gate.map((row, token) => row.map((g, at) => (g / (1 + Math.exp(-g))) * (up[token]?.[at] ?? 0)))
}

const rows = (name: string, tokens: number, ffn: number): OpCase => ({
  name: `${name}, [${tokens}, ${ffn}]`,
  inputs: { gate: [tokens, ffn], up: [tokens, ffn] },
  apply: (ops, input) => ops.swiGlu(input('gate'), input('up')),
  definition: (input) => swiGlu(input('gate'), input('up')),
})

opTable('swiGlu', [rows('the smallest', 1, 1), rows('a single row', 1, 33), rows('odd', 5, 7), rows('a plain size', 6, 16)])

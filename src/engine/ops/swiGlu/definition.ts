// SwiGLU in float64, for tests: silu(gate) · up, silu(g) = g ÷ (1 + e⁻ᵍ).

import type { Rows } from '../../opTable/float64.ts'

export function swiGlu(gate: Rows, up: Rows): Rows {
  return gate.map((row, token) => row.map((g, at) => (g / (1 + Math.exp(-g))) * (up[token]?.[at] ?? 0)))
}

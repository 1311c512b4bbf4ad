// SwiGLU's elementwise half in a plan. Backward silu is computed again from the gate.

import type { Builder } from '../../plan/builder.ts'
import { elementsOf, type Value } from '../../plan/values.ts'

/** gate and up [N, ffn] → [N, ffn]. */
export function swiGlu(build: Builder, gate: Value, up: Value): Value {
  const size = elementsOf(gate)
  const out = build.scratch('gated', gate.shape)
  build.call({ kernel: 'swiGlu', reads: { gate, up }, writes: { out }, numbers: { size } })
  build.onBackward(out, [gate, up], (dOut) => {
    const dGate = build.scratch(`d ${gate.name}`, gate.shape)
    const dUp = build.scratch(`d ${up.name}`, up.shape)
    build.call({ kernel: 'swiGluBackward', reads: { gate, up, dOut }, writes: { dGate, dUp }, numbers: { size } })
    build.passGradient(gate, dGate)
    build.passGradient(up, dUp)
  })
  return out
}

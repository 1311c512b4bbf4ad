// Rotary positions in a plan: the angles' cosines and sines are a feed that is computed from the positions, in float64.

import type { RotaryTables } from '../../ops.ts'
import type { Builder } from '../../plan/builder.ts'
import type { Value } from '../../plan/values.ts'

/** cos and sin [N, headDim/2]; `inverseFrequencies` has headDim/2 entries. */
export function rotaryTables(build: Builder, positions: Value, inverseFrequencies: readonly number[]): RotaryTables<Value> {
  const [tokens = 0] = positions.shape
  const half = inverseFrequencies.length
  const table = (of: (angle: number) => number) => (source: Int32Array) => {
    const values = new Float32Array(tokens * half)
    for (let row = 0; row < tokens; row++)
      inverseFrequencies.forEach((frequency, pair) => {
        values[row * half + pair] = of((source[row] ?? 0) * frequency)
      })
    return values
  }
  return {
    cos: build.derivedFeed('cos', [tokens, half], positions, table(Math.cos)),
    sin: build.derivedFeed('sin', [tokens, half], positions, table(Math.sin)),
    headDim: 2 * half,
  }
}

/** x [N, heads·headDim] → the same shape. */
export function rotary(build: Builder, x: Value, { cos, sin, headDim }: RotaryTables<Value>, heads: number): Value {
  const [tokens = 0] = x.shape
  const out = build.scratch(`${x.name} turned`, x.shape)
  const turn = (from: Value, to: Value, back: boolean) =>
    build.call({
      kernel: 'rotary',
      reads: { x: from, cos, sin },
      writes: { out: to },
      numbers: { tokens, heads, headDim, back },
    })
  turn(x, out, false)
  build.onBackward(out, [x], (dOut) => {
    const dx = build.scratch(`d ${x.name}`, x.shape)
    turn(dOut, dx, true)
    build.passGradient(x, dx)
  })
  return out
}

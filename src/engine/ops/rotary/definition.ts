// Rotary embedding in float64, for tests: (a, b) at i and i + headDim/2 turn to (a·cos − b·sin, b·cos + a·sin), the angle being position × frequency.

import { type Rows, range, rowAt } from '../../opTable/float64.ts'

/** One row of angles a position. */
export function rotaryAngles(positions: readonly number[], frequencies: readonly number[]): number[][] {
  return positions.map((position) => frequencies.map((frequency) => position * frequency))
}

/** x [N, heads·headDim], cos and sin [N, headDim/2]. */
export function rotary(x: Rows, cos: Rows, sin: Rows, heads: number): number[][] {
  return x.map((row, token) => {
    const headDim = row.length / heads
    return range(heads).flatMap((head) =>
      turned(row.slice(head * headDim, (head + 1) * headDim), rowAt(cos, token), rowAt(sin, token)),
    )
  })
}

function turned(head: readonly number[], cos: readonly number[], sin: readonly number[]): number[] {
  const half = head.length / 2
  return head.map((value, at) => {
    const partner = at < half ? -(head[at + half] ?? 0) : (head[at - half] ?? 0)
    return value * (cos[at % half] ?? 0) + partner * (sin[at % half] ?? 0)
  })
}

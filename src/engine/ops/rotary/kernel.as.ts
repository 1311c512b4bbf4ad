// Rotary position embedding on the CPU: each pair (i, i + headDim/2) of a head is turned by its angle, or back for the gradient. Defined by composed.ts.

import { multiplyAdd, storeLanes } from '../../targets/cpu/lanes.as.ts'

/**
 * out [rows, heads·headDim] = x turned by cos and sin [rows, headDim/2]: (a, b) becomes (a·cos − b·sin, b·cos + a·sin).
 * direction 1 turns, −1 turns back. out may be x. A unit is a row.
 */
export function rotary(
  from: usize,
  to: usize,
  _scratch: usize,
  out: usize,
  x: usize,
  cos: usize,
  sin: usize,
  heads: usize,
  headDim: usize,
  direction: f32,
): void {
  const half = headDim >> 1
  const halfBytes = half << 2
  const headBytes = headDim << 2
  const sign = f32x4.splat(direction)
  for (let row = from; row < to; row++) {
    const table = row * halfBytes
    const begin = row * heads * headBytes
    const end = begin + heads * headBytes
    for (let pair: usize = 0; pair < half; pair += 4) {
      const c = v128.load(cos + table + (pair << 2))
      const s = f32x4.mul(v128.load(sin + table + (pair << 2)), sign)
      for (let at = begin + (pair << 2); at < end; at += headBytes) {
        const a = v128.load(x + at)
        const b = v128.load(x + at + halfBytes)
        storeLanes(out + at, multiplyAdd(f32x4.neg(b), s, f32x4.mul(a, c)), half - pair)
        storeLanes(out + at + halfBytes, multiplyAdd(a, s, f32x4.mul(b, c)), half - pair)
      }
    }
  }
}

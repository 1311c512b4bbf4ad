// The linear layer for a few rows, as in decoding: each weight is read once, from memory, and multiplied with every row while it is there.
// Nothing is packed, and b is read in a single stream, row after row, which processors foresee best: 22 GB/s where four rows at once had 10.
// W is f32 or u16, the bits of bf16.

import { dot, dotPair } from '../../targets/cpu/dot.as.ts'
import { multiplyAdd, storeLanes } from '../../targets/cpu/lanes.as.ts'

/** From more rows on packing is faster. */
export const MOST_STREAMED_ROWS: usize = 4

/** Columns [column, columnEnd) of c [m, n] = scale · a [m, k] · b [n, k]ᵀ, or c + that where it accumulates. `tile` is room for TILE_BYTES. */
export function streamedProduct<W>(
  c: usize,
  a: usize,
  b: usize,
  m: usize,
  n: usize,
  k: usize,
  column: usize,
  columnEnd: usize,
  scale: f32,
  accumulates: bool,
  tile: usize,
): void {
  const factor = f32x4.splat(scale)
  const row = k << 2
  for (; column < columnEnd; column += 4) {
    const columns = min<usize>(columnEnd - column, 4)
    for (let at: usize = 0; at < columns; at++) {
      const weights = b + (column + at) * k * sizeof<W>()
      let out = tile + (at << 2)
      let left = a
      for (let pair = m >> 1; pair > 0; pair--, left += 2 * row, out += 32) dotPair<W>(out, left, left + row, weights, k)
      if (m & 1) store<f32>(out, dot<W>(left, weights, k))
    }
    for (let r: usize = 0; r < m; r++) {
      const place = c + ((r * n + column) << 2)
      const sums = v128.load(tile + (r << 4))
      storeLanes(place, accumulates ? multiplyAdd(sums, factor, v128.load(place)) : f32x4.mul(sums, factor), columns)
    }
  }
}

// The linear layer for a few rows, as in decoding: each weight is read once, from memory, and multiplied with every row while it is there.
// Nothing is packed, and b is read in a single stream, row after row, which processors foresee best: 22 GB/s where four rows at once had 10.
// W is f32 or u16, the bits of bf16.

import { laneSum, multiplyAdd, storeLanes } from '../../targets/cpu/lanes.as.ts'
import { highOf, loadElement, lowOf } from '../../targets/cpu/pack.as.ts'

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

/** The sum over k of a row of a and one of b, sixteen k at a time. */
function dot<W>(a: usize, b: usize, k: usize): f32 {
  let sum0 = f32x4.splat(0)
  let sum1 = sum0
  let sum2 = sum0
  let sum3 = sum0
  for (let left = k >> 4; left > 0; left--) {
    if (sizeof<W>() === 4) {
      sum0 = multiplyAdd(v128.load(a), v128.load(b), sum0)
      sum1 = multiplyAdd(v128.load(a, 16), v128.load(b, 16), sum1)
      sum2 = multiplyAdd(v128.load(a, 32), v128.load(b, 32), sum2)
      sum3 = multiplyAdd(v128.load(a, 48), v128.load(b, 48), sum3)
    } else {
      const first = v128.load(b)
      const second = v128.load(b, 16)
      sum0 = multiplyAdd(v128.load(a), lowOf(first), sum0)
      sum1 = multiplyAdd(v128.load(a, 16), highOf(first), sum1)
      sum2 = multiplyAdd(v128.load(a, 32), lowOf(second), sum2)
      sum3 = multiplyAdd(v128.load(a, 48), highOf(second), sum3)
    }
    a += 64
    b += 16 * sizeof<W>()
  }
  let sum = laneSum(f32x4.add(f32x4.add(sum0, sum1), f32x4.add(sum2, sum3)))
  for (let left = k & 15; left > 0; left--) {
    sum += load<f32>(a) * loadElement<W>(b)
    a += 4
    b += sizeof<W>()
  }
  return sum
}

/** The same of two rows of a: the first sum to `out`, the second behind it, 16 bytes on. */
function dotPair<W>(out: usize, a0: usize, a1: usize, b: usize, k: usize): void {
  let low0 = f32x4.splat(0)
  let high0 = low0
  let low1 = low0
  let high1 = low0
  for (let left = k >> 3; left > 0; left--) {
    const eight = v128.load(b)
    const low = sizeof<W>() === 4 ? eight : lowOf(eight)
    low0 = multiplyAdd(v128.load(a0), low, low0)
    low1 = multiplyAdd(v128.load(a1), low, low1)
    const high = sizeof<W>() === 4 ? v128.load(b, 16) : highOf(eight)
    high0 = multiplyAdd(v128.load(a0, 16), high, high0)
    high1 = multiplyAdd(v128.load(a1, 16), high, high1)
    a0 += 32
    a1 += 32
    b += 8 * sizeof<W>()
  }
  let sum0 = laneSum(f32x4.add(low0, high0))
  let sum1 = laneSum(f32x4.add(low1, high1))
  for (let left = k & 7; left > 0; left--) {
    const weight = loadElement<W>(b)
    sum0 += load<f32>(a0) * weight
    sum1 += load<f32>(a1) * weight
    a0 += 4
    a1 += 4
    b += sizeof<W>()
  }
  store<f32>(out, sum0)
  store<f32>(out, sum1, 16)
}

// The linear layer for a few rows, as in decoding: each weight is read once, from memory, and multiplied with every row while it is there.
// Nothing is packed. Sums run over four k side by side, which are added at the end. W is f32 or u16, the bits of bf16.

import { multiplyAdd, storeLanes } from '../../targets/cpu/lanes.as.ts'
import { loadElement, loadVector } from '../../targets/cpu/pack.as.ts'

/** From so many rows on packing is faster. */
export const MOST_STREAMED_ROWS: usize = 8

/** Columns [column, columnEnd) of c [m, n] = scale · a [m, k] · b [n, k]ᵀ, or c + that where it accumulates. */
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
): void {
  const factor = f32x4.splat(scale)
  for (; column < columnEnd; column += 4) {
    for (let row: usize = 0; row < m; row += 2) {
      const rows = min<usize>(m - row, 2)
      const place = c + ((row * n + column) << 2)
      rowsByColumns<W>(place, n << 2, a + ((row * k) << 2), rows, b, column, columnEnd, k, factor, accumulates)
    }
  }
}

/** One or two rows by up to four columns. What is not there is the last of what is, and not stored. */
function rowsByColumns<W>(
  c: usize,
  cRow: usize,
  a0: usize,
  rows: usize,
  b: usize,
  column: usize,
  columnEnd: usize,
  k: usize,
  factor: v128,
  accumulates: bool,
): void {
  const step = k * sizeof<W>()
  let a1 = rows === 2 ? a0 + (k << 2) : a0
  let b0 = b + column * step
  let b1 = b + min(column + 1, columnEnd - 1) * step
  let b2 = b + min(column + 2, columnEnd - 1) * step
  let b3 = b + min(column + 3, columnEnd - 1) * step
  let c00 = f32x4.splat(0)
  let c01 = c00
  let c02 = c00
  let c03 = c00
  let c10 = c00
  let c11 = c00
  let c12 = c00
  let c13 = c00
  for (let left = k >> 2; left > 0; left--) {
    const x0 = v128.load(a0)
    const x1 = v128.load(a1)
    const w0 = loadVector<W>(b0)
    c00 = multiplyAdd(x0, w0, c00)
    c10 = multiplyAdd(x1, w0, c10)
    const w1 = loadVector<W>(b1)
    c01 = multiplyAdd(x0, w1, c01)
    c11 = multiplyAdd(x1, w1, c11)
    const w2 = loadVector<W>(b2)
    c02 = multiplyAdd(x0, w2, c02)
    c12 = multiplyAdd(x1, w2, c12)
    const w3 = loadVector<W>(b3)
    c03 = multiplyAdd(x0, w3, c03)
    c13 = multiplyAdd(x1, w3, c13)
    a0 += 16
    a1 += 16
    b0 += 4 * sizeof<W>()
    b1 += 4 * sizeof<W>()
    b2 += 4 * sizeof<W>()
    b3 += 4 * sizeof<W>()
  }
  let row0 = sumsOf(c00, c01, c02, c03)
  let row1 = sumsOf(c10, c11, c12, c13)
  for (let left = k & 3; left > 0; left--) {
    const w = f32x4(loadElement<W>(b0), loadElement<W>(b1), loadElement<W>(b2), loadElement<W>(b3))
    row0 = multiplyAdd(v128.load32_splat(a0), w, row0)
    row1 = multiplyAdd(v128.load32_splat(a1), w, row1)
    a0 += 4
    a1 += 4
    b0 += sizeof<W>()
    b1 += sizeof<W>()
    b2 += sizeof<W>()
    b3 += sizeof<W>()
  }
  finish(c, columnEnd - column, row0, factor, accumulates)
  if (rows === 2) finish(c + cRow, columnEnd - column, row1, factor, accumulates)
}

/** The lane sums of four vectors, side by side. */
function sumsOf(x0: v128, x1: v128, x2: v128, x3: v128): v128 {
  const pairs01 = f32x4.add(i32x4.shuffle(x0, x1, 0, 4, 1, 5), i32x4.shuffle(x0, x1, 2, 6, 3, 7))
  const pairs23 = f32x4.add(i32x4.shuffle(x2, x3, 0, 4, 1, 5), i32x4.shuffle(x2, x3, 2, 6, 3, 7))
  return f32x4.add(i64x2.shuffle(pairs01, pairs23, 0, 2), i64x2.shuffle(pairs01, pairs23, 1, 3))
}

function finish(c: usize, columns: usize, sums: v128, factor: v128, accumulates: bool): void {
  storeLanes(c, accumulates ? multiplyAdd(sums, factor, v128.load(c)) : f32x4.mul(sums, factor), columns)
}

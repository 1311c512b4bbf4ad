// Matrix products for the linear layer, forward and backward, without a transposed copy: a unit packs the panels that it reads
// into its scratch, at most DEPTH rows deep, and multiplies all of its rows with them.
// A unit is a rectangle of the result, rowsPerUnit × columnsPerUnit; numbered along the columns first. columnsPerUnit is a multiple of 16.
// All of them compute c [m, n] = beta · c + scale · a·b + bias + residual; with beta 0 c is not read, bias and residual may be 0 for none.

import { storeLanes } from '../../targets/cpu/lanes.as.ts'
import { packColumns, packRows } from '../../targets/cpu/pack.as.ts'
import { PANEL, PANEL_BYTES, panelProduct, TILE_BYTES } from '../../targets/cpu/panel.as.ts'
import { MOST_STREAMED_ROWS, streamedProduct } from './stream.as.ts'

/** Rows of a panel at most: 16 kB, half of a level-1 cache. */
const DEPTH: usize = 256

/** a [m, k], b [n, k]: x·Wᵀ, the layer itself. Up to 4 rows stream b instead of packing it. */
export function productWithTransposed(
  from: usize,
  to: usize,
  scratch: usize,
  c: usize,
  a: usize,
  b: usize,
  m: usize,
  n: usize,
  k: usize,
  rowsPerUnit: usize,
  columnsPerUnit: usize,
  beta: f32,
  scale: f32,
  bias: usize,
  residual: usize,
): void {
  products<f32>(true, from, to, scratch, c, a, b, m, n, k, rowsPerUnit, columnsPerUnit, beta, scale, bias, residual)
}

/** The same with b [n, k] in bf16. */
export function productWithTransposedBf16(
  from: usize,
  to: usize,
  scratch: usize,
  c: usize,
  a: usize,
  b: usize,
  m: usize,
  n: usize,
  k: usize,
  rowsPerUnit: usize,
  columnsPerUnit: usize,
  beta: f32,
  scale: f32,
  bias: usize,
  residual: usize,
): void {
  products<u16>(true, from, to, scratch, c, a, b, m, n, k, rowsPerUnit, columnsPerUnit, beta, scale, bias, residual)
}

/** a [m, k], b [k, n]: dY·W, the gradient of the layer's input. */
export function product(
  from: usize,
  to: usize,
  scratch: usize,
  c: usize,
  a: usize,
  b: usize,
  m: usize,
  n: usize,
  k: usize,
  rowsPerUnit: usize,
  columnsPerUnit: usize,
  beta: f32,
  scale: f32,
  bias: usize,
  residual: usize,
): void {
  products<f32>(false, from, to, scratch, c, a, b, m, n, k, rowsPerUnit, columnsPerUnit, beta, scale, bias, residual)
}

/** The same with b [k, n] in bf16. */
export function productBf16(
  from: usize,
  to: usize,
  scratch: usize,
  c: usize,
  a: usize,
  b: usize,
  m: usize,
  n: usize,
  k: usize,
  rowsPerUnit: usize,
  columnsPerUnit: usize,
  beta: f32,
  scale: f32,
  bias: usize,
  residual: usize,
): void {
  products<u16>(false, from, to, scratch, c, a, b, m, n, k, rowsPerUnit, columnsPerUnit, beta, scale, bias, residual)
}

function products<W>(
  isTransposed: bool,
  from: usize,
  to: usize,
  scratch: usize,
  c: usize,
  a: usize,
  b: usize,
  m: usize,
  n: usize,
  k: usize,
  rowsPerUnit: usize,
  columnsPerUnit: usize,
  beta: f32,
  scale: f32,
  bias: usize,
  residual: usize,
): void {
  const unitsAcross = (n + columnsPerUnit - 1) / columnsPerUnit
  const depth = depthOf(k)
  const packed = scratch + TILE_BYTES
  const starts = beta !== 0 || bias !== 0 || residual !== 0
  for (let unit = from; unit < to; unit++) {
    const row = (unit / unitsAcross) * rowsPerUnit
    const rows = min(rowsPerUnit, m - row)
    const column = (unit % unitsAcross) * columnsPerUnit
    const columnEnd = min(column + columnsPerUnit, n)
    if (starts) startFrom(c, n, row, rows, column, columnEnd, beta, bias, residual)
    if (isTransposed && m <= MOST_STREAMED_ROWS) {
      streamedProduct<W>(c, a, b, m, n, k, column, columnEnd, scale, starts, scratch)
      continue
    }
    for (let k0: usize = 0; k0 < k; k0 += depth) {
      const deep = min(depth, k - k0)
      const left = a + ((row * k + k0) << 2)
      for (let panel = column; panel < columnEnd; panel += PANEL) {
        const columns = min(PANEL, columnEnd - panel)
        const first = b + panel * k * sizeof<W>()
        if (isTransposed && k0 === 0) fetch(first, min<usize>(columns * k * sizeof<W>(), FETCHED_BYTES), scratch)
        if (isTransposed) packColumns<W>(packed, first + k0 * sizeof<W>(), k * sizeof<W>(), columns, deep)
        else packRows<W>(packed, b + (k0 * n + panel) * sizeof<W>(), n * sizeof<W>(), deep)
        const place = c + ((row * n + panel) << 2)
        panelProduct(place, n << 2, rows, columns, left, k << 2, 4, packed, PANEL_BYTES, deep, scale, starts || k0 > 0, scratch)
      }
    }
  }
}

/** Rows of a panel for so deep a product: no more than DEPTH, and as even as fours allow. */
function depthOf(k: usize): usize {
  const blocks = max<usize>((k + DEPTH - 1) / DEPTH, 1)
  return (((k + blocks - 1) / blocks + 3) >> 2) << 2
}

/** a [k, m], b [k, n]: dYᵀ·X, the gradient of the layer's weight. rowsPerUnit is a multiple of 16, at most 128: both sides are packed. */
export function transposedProduct(
  from: usize,
  to: usize,
  scratch: usize,
  c: usize,
  a: usize,
  b: usize,
  m: usize,
  n: usize,
  k: usize,
  rowsPerUnit: usize,
  columnsPerUnit: usize,
  beta: f32,
  scale: f32,
  bias: usize,
  residual: usize,
): void {
  const unitsAcross = (n + columnsPerUnit - 1) / columnsPerUnit
  const depth = depthOf(k)
  const starts = beta !== 0 || bias !== 0 || residual !== 0
  const packed = scratch + TILE_BYTES
  const packedRows = packed + DEPTH * PANEL_BYTES
  for (let unit = from; unit < to; unit++) {
    const row = (unit / unitsAcross) * rowsPerUnit
    const rowEnd = min(row + rowsPerUnit, m)
    const column = (unit % unitsAcross) * columnsPerUnit
    const columnEnd = min(column + columnsPerUnit, n)
    if (starts) startFrom(c, n, row, rowEnd - row, column, columnEnd, beta, bias, residual)
    for (let k0: usize = 0; k0 < k; k0 += depth) {
      const deep = min(depth, k - k0)
      const strip = deep * PANEL_BYTES
      for (let first = row, left = packedRows; first < rowEnd; first += PANEL, left += strip)
        packRows<f32>(left, a + ((k0 * m + first) << 2), m << 2, deep)
      for (let panel = column; panel < columnEnd; panel += PANEL) {
        const columns = min(PANEL, columnEnd - panel)
        packRows<f32>(packed, b + ((k0 * n + panel) << 2), n << 2, deep)
        for (let first = row, left = packedRows; first < rowEnd; first += PANEL, left += strip) {
          const rows = min(PANEL, rowEnd - first)
          const place = c + ((first * n + panel) << 2)
          panelProduct(
            place,
            n << 2,
            rows,
            columns,
            left,
            4,
            PANEL_BYTES,
            packed,
            PANEL_BYTES,
            deep,
            scale,
            starts || k0 > 0,
            scratch,
          )
        }
      }
    }
  }
}

/** A rectangle of c = beta · c + bias + residual. */
function startFrom(
  c: usize,
  n: usize,
  row: usize,
  rows: usize,
  column: usize,
  columnEnd: usize,
  beta: f32,
  bias: usize,
  residual: usize,
): void {
  const factor = f32x4.splat(beta)
  for (let r = row; r < row + rows; r++) {
    for (let at = column; at < columnEnd; at += 4) {
      const offset = (r * n + at) << 2
      let value = beta === 0 ? f32x4.splat(0) : f32x4.mul(v128.load(c + offset), factor)
      if (bias !== 0) value = f32x4.add(value, v128.load(bias + (at << 2)))
      if (residual !== 0) value = f32x4.add(value, v128.load(residual + offset))
      storeLanes(c + offset, value, columnEnd - at)
    }
  }
}

/** So much is fetched ahead of packing: a quarter of a level-2 cache. */
const FETCHED_BYTES: usize = 262_144

/**
 * Reads each cache line of one piece of memory, in order, as processors foresee best. Packing reads four rows at a time, in short runs:
 * from memory that alone took a third of a product of 24 rows. What is summed is not used.
 */
function fetch(x: usize, bytes: usize, unused: usize): void {
  let sum: i32 = 0
  for (let at: usize = 0; at < bytes; at += 64) sum += load<i32>(x + at)
  store<i32>(unused, sum)
}

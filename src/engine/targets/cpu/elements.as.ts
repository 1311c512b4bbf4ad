// Element by element, and sums: what belongs to no single op. Sizes in elements, addresses in bytes.
// A unit of the element kernels is BLOCK elements, so that a range of units may be cut anywhere.

import { laneSum, loadLanes, multiplyAdd, storeLanes } from './lanes.as.ts'

/** Elements a unit; work.ts has the same number. */
export const BLOCK: usize = 4096

/** The first byte behind a unit's elements of a tensor of `size`. */
export function blockEnd(to: usize, size: usize): usize {
  return min(to * BLOCK, size) << 2
}

/** out = value */
export function fill(from: usize, to: usize, _scratch: usize, out: usize, size: usize, value: f32): void {
  const end = blockEnd(to, size)
  let at = (from * BLOCK) << 2
  if (value === 0 && at < end) {
    memory.fill(out + at, 0, end - at)
    return
  }
  const x = f32x4.splat(value)
  for (; at < end; at += 16) storeLanes(out + at, x, (end - at) >> 2)
}

/** out = x */
export function copy(from: usize, to: usize, _scratch: usize, out: usize, x: usize, size: usize): void {
  const at = (from * BLOCK) << 2
  const end = blockEnd(to, size)
  if (at < end) memory.copy(out + at, x + at, end - at)
}

/** out = a + b; out may be one of them. */
export function add(from: usize, to: usize, _scratch: usize, out: usize, a: usize, b: usize, size: usize): void {
  const end = blockEnd(to, size)
  for (let at = (from * BLOCK) << 2; at < end; at += 16)
    storeLanes(out + at, f32x4.add(v128.load(a + at), v128.load(b + at)), (end - at) >> 2)
}

/** out = x · factor; out may be x. */
export function scale(from: usize, to: usize, _scratch: usize, out: usize, x: usize, size: usize, factor: f32): void {
  const by = f32x4.splat(factor)
  const end = blockEnd(to, size)
  for (let at = (from * BLOCK) << 2; at < end; at += 16) storeLanes(out + at, f32x4.mul(v128.load(x + at), by), (end - at) >> 2)
}

/** partials[unit] = the sum of squares of the unit's elements of x. */
export function sumOfSquares(from: usize, to: usize, _scratch: usize, partials: usize, x: usize, size: usize): void {
  for (let unit = from; unit < to; unit++) {
    const end = blockEnd(unit + 1, size)
    let sum0 = f32x4.splat(0)
    let sum1 = f32x4.splat(0)
    let at = (unit * BLOCK) << 2
    for (; at + 32 <= end; at += 32) {
      const x0 = v128.load(x + at)
      const x1 = v128.load(x + at, 16)
      sum0 = multiplyAdd(x0, x0, sum0)
      sum1 = multiplyAdd(x1, x1, sum1)
    }
    for (; at < end; at += 16) {
      const last = loadLanes(x + at, (end - at) >> 2)
      sum0 = multiplyAdd(last, last, sum0)
    }
    store<f32>(partials + (unit << 2), laneSum(f32x4.add(sum0, sum1)))
  }
}

/** out = the sum of all `size` elements of x, one after the other in float64. A single unit. */
export function total(_from: usize, _to: usize, _scratch: usize, out: usize, x: usize, size: usize): void {
  let sum: f64 = 0
  for (let at: usize = 0; at < size; at++) sum += f64(load<f32>(x + (at << 2)))
  store<f32>(out, f32(sum))
}

/** Columns a unit of sumRows; work.ts has the same number. */
const SUMMED_COLUMNS: usize = 16

/** out [columns] = beta · out + the sum of the rows of x [rows, columns], from the first to the last. With beta 0 out is not read. A unit is 16 columns. */
export function sumRows(
  from: usize,
  to: usize,
  _scratch: usize,
  out: usize,
  x: usize,
  rows: usize,
  columns: usize,
  beta: f32,
): void {
  const last = min(to * SUMMED_COLUMNS, columns)
  const stride = columns << 2
  for (let column = from * SUMMED_COLUMNS; column < last; column += 4) {
    const place = out + (column << 2)
    let sum = beta === 0 ? f32x4.splat(0) : f32x4.mul(v128.load(place), f32x4.splat(beta))
    let row = x + (column << 2)
    for (let at: usize = 0; at < rows; at++, row += stride) sum = f32x4.add(sum, v128.load(row))
    storeLanes(place, sum, last - column)
  }
}

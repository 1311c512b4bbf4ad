// Rows by their number: gathered from a table, f32 or bf16, and their gradients added to its rows.
// Numbers are 32-bit integers; whoever calls has checked that the table has such rows.

import { storeLanes } from '../../targets/cpu/lanes.as.ts'
import { loadVector } from '../../targets/cpu/pack.as.ts'

/** out [rows, width] = the rows ids [rows] of table. A unit is a row. */
export function gather(from: usize, to: usize, _scratch: usize, out: usize, table: usize, ids: usize, width: usize): void {
  gatherRows<f32>(from, to, out, table, ids, width)
}

/** The same from a table in bf16. */
export function gatherBf16(from: usize, to: usize, _scratch: usize, out: usize, table: usize, ids: usize, width: usize): void {
  gatherRows<u16>(from, to, out, table, ids, width)
}

function gatherRows<W>(from: usize, to: usize, out: usize, table: usize, ids: usize, width: usize): void {
  for (let row = from; row < to; row++) {
    const source = table + usize(load<u32>(ids + (row << 2))) * width * sizeof<W>()
    const place = out + ((row * width) << 2)
    for (let at: usize = 0; at < width; at += 4)
      storeLanes(place + (at << 2), loadVector<W>(source + at * sizeof<W>()), width - at)
  }
}

/**
 * Adds row by row x [rows, width] to the rows ids of into, from the first to the last, but to row `skip`; −1: none is skipped.
 * A unit is 16 columns of all rows, so that a row that is met twice is summed by one thread, in order.
 */
export function scatterAdd(
  from: usize,
  to: usize,
  _scratch: usize,
  into: usize,
  x: usize,
  ids: usize,
  rows: usize,
  width: usize,
  skip: i32,
): void {
  const first = from << 4
  const last = min(to << 4, width)
  for (let row: usize = 0; row < rows; row++) {
    const id = load<i32>(ids + (row << 2))
    if (id === skip) continue
    const source = x + ((row * width) << 2)
    const place = into + ((usize(id) * width) << 2)
    for (let at = first; at < last; at += 4) {
      const offset = at << 2
      storeLanes(place + offset, f32x4.add(v128.load(place + offset), v128.load(source + offset)), last - at)
    }
  }
}

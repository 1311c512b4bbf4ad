// Panels of a matrix for panelProduct: 16 of its columns side by side, row after row, so that the inner loop reads them as one stream.
// W is f32, or u16 for the bits of bf16, widened on the way.
// Lanes of columns that are not there hold anything: what is computed from them is not stored.

import { PANEL, PANEL_BYTES } from './panel.as.ts'

/** Four elements as float32. The bits of a bf16 number are the upper half of a float32's. */
export function loadVector<W>(address: usize): v128 {
  if (sizeof<W>() === 2) return lowOf(v128.load64_zero(address))
  return v128.load(address)
}

/** The first four of eight bf16 numbers as float32. */
export function lowOf(x: v128): v128 {
  return i16x8.shuffle(i16x8.splat(0), x, 0, 8, 1, 9, 2, 10, 3, 11)
}

/** The last four. */
export function highOf(x: v128): v128 {
  return i16x8.shuffle(i16x8.splat(0), x, 4, 12, 5, 13, 6, 14, 7, 15)
}

/** One element as float32. */
export function loadElement<W>(address: usize): f32 {
  if (sizeof<W>() === 2) return reinterpret<f32>(u32(load<u16>(address)) << 16)
  return load<f32>(address)
}

/** panel [k, 16] = 16 columns of k rows that lie `step` bytes apart, from x on. */
export function packRows<W>(panel: usize, x: usize, step: usize, k: usize): void {
  const end = panel + k * PANEL_BYTES
  for (; panel < end; panel += PANEL_BYTES, x += step) {
    if (sizeof<W>() === 4) {
      v128.store(panel, v128.load(x))
      v128.store(panel, v128.load(x, 16), 16)
      v128.store(panel, v128.load(x, 32), 32)
      v128.store(panel, v128.load(x, 48), 48)
    } else {
      const eight = v128.load(x)
      v128.store(panel, lowOf(eight))
      v128.store(panel, highOf(eight), 16)
      const next = v128.load(x, 16)
      v128.store(panel, lowOf(next), 32)
      v128.store(panel, highOf(next), 48)
    }
  }
}

/**
 * panel [k, 16] = the transpose of `columns` rows of k elements that lie `step` bytes apart, from x on.
 * Writes whole groups of four k, so the panel needs room for three rows more.
 */
export function packColumns<W>(panel: usize, x: usize, step: usize, columns: usize, k: usize): void {
  const bytes = k * sizeof<W>()
  for (let column: usize = 0; column < PANEL; column += 4) {
    const row0 = x + min(column, columns - 1) * step
    const row1 = x + min(column + 1, columns - 1) * step
    const row2 = x + min(column + 2, columns - 1) * step
    const row3 = x + min(column + 3, columns - 1) * step
    let out = panel + (column << 2)
    for (let at: usize = 0; at < bytes; at += 4 * sizeof<W>(), out += 4 * PANEL_BYTES) {
      const x0 = loadVector<W>(row0 + at)
      const x1 = loadVector<W>(row1 + at)
      const x2 = loadVector<W>(row2 + at)
      const x3 = loadVector<W>(row3 + at)
      storeTransposed(out, x0, x1, x2, x3)
    }
  }
}

/** Four rows of four become four columns, a panel's row apart. */
function storeTransposed(out: usize, row0: v128, row1: v128, row2: v128, row3: v128): void {
  const low01 = i32x4.shuffle(row0, row1, 0, 4, 1, 5)
  const low23 = i32x4.shuffle(row2, row3, 0, 4, 1, 5)
  const high01 = i32x4.shuffle(row0, row1, 2, 6, 3, 7)
  const high23 = i32x4.shuffle(row2, row3, 2, 6, 3, 7)
  v128.store(out, i64x2.shuffle(low01, low23, 0, 2))
  v128.store(out, i64x2.shuffle(low01, low23, 1, 3), PANEL_BYTES)
  v128.store(out, i64x2.shuffle(high01, high23, 0, 2), 2 * PANEL_BYTES)
  v128.store(out, i64x2.shuffle(high01, high23, 1, 3), 3 * PANEL_BYTES)
}

// The inner product of every matrix product: a few rows of a against a panel of at most 16 columns of b, summed in registers.
// Two rows by 16 columns are 8 sums, 4 vectors of b and 2 of a: what fits into the 16 registers of x64 (a larger tile spills and halves the speed).
// Up to 8 columns go four rows at a time. Unrolling is worse too: V8 then hoists the loads and spills.
// An element is summed from the first k to the last whatever the tile, so results do not depend on how rows and columns were cut.

import { multiplyAdd, storeLanes } from './lanes.as.ts'

/** Columns of a panel. */
export const PANEL: usize = 16

/** What panelProduct keeps the sums of a tile in where c has not room for all of them. */
export const TILE_BYTES: usize = 256

/** Bytes of a row of a packed panel. */
export const PANEL_BYTES: usize = 64

/**
 * c [rows, columns] = scale · a·b, or c + scale · a·b where it accumulates; columns ≤ 16.
 * Element (row, k) of a lies at a + row · aRow + k · aStep, row k of b at b + k · bStep, row r of c at c + r · cRow, all in bytes.
 * 16 columns of b are read whatever `columns` says. `tile` is room for TILE_BYTES.
 */
export function panelProduct(
  c: usize,
  cRow: usize,
  rows: usize,
  columns: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  k: usize,
  scale: f32,
  accumulates: bool,
  tile: usize,
): void {
  const end = b + k * bStep
  const factor = f32x4.splat(scale)
  const isNarrow = columns <= 8
  const height: usize = isNarrow ? 4 : 2
  for (let row: usize = 0; row < rows; row += height, c += height * cRow) {
    // Rows that are not there are the last one again, and not stored.
    const last = rows - row - 1
    const a0 = a + row * aRow
    const a1 = a0 + min<usize>(last, 1) * aRow
    if (isNarrow) narrowTile(tile, a0, a1, a0 + min<usize>(last, 2) * aRow, a0 + min<usize>(last, 3) * aRow, aStep, b, bStep, end)
    else wideTile(tile, a0, a1, aStep, b, bStep, end)
    storeTile(c, cRow, min(rows - row, height), columns, tile, factor, accumulates)
  }
}

/** tile [2, 16] */
function wideTile(tile: usize, a0: usize, a1: usize, aStep: usize, b: usize, bStep: usize, end: usize): void {
  let c00 = f32x4.splat(0)
  let c01 = c00
  let c02 = c00
  let c03 = c00
  let c10 = c00
  let c11 = c00
  let c12 = c00
  let c13 = c00
  for (; b < end; b += bStep) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    const b2 = v128.load(b, 32)
    const b3 = v128.load(b, 48)
    const x0 = v128.load32_splat(a0)
    c00 = multiplyAdd(x0, b0, c00)
    c01 = multiplyAdd(x0, b1, c01)
    c02 = multiplyAdd(x0, b2, c02)
    c03 = multiplyAdd(x0, b3, c03)
    const x1 = v128.load32_splat(a1)
    c10 = multiplyAdd(x1, b0, c10)
    c11 = multiplyAdd(x1, b1, c11)
    c12 = multiplyAdd(x1, b2, c12)
    c13 = multiplyAdd(x1, b3, c13)
    a0 += aStep
    a1 += aStep
  }
  v128.store(tile, c00)
  v128.store(tile, c01, 16)
  v128.store(tile, c02, 32)
  v128.store(tile, c03, 48)
  v128.store(tile, c10, PANEL_BYTES)
  v128.store(tile, c11, PANEL_BYTES + 16)
  v128.store(tile, c12, PANEL_BYTES + 32)
  v128.store(tile, c13, PANEL_BYTES + 48)
}

/** tile [4, 8], its rows 16 apart */
function narrowTile(
  tile: usize,
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  end: usize,
): void {
  let c00 = f32x4.splat(0)
  let c01 = c00
  let c10 = c00
  let c11 = c00
  let c20 = c00
  let c21 = c00
  let c30 = c00
  let c31 = c00
  for (; b < end; b += bStep) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    const x0 = v128.load32_splat(a0)
    c00 = multiplyAdd(x0, b0, c00)
    c01 = multiplyAdd(x0, b1, c01)
    const x1 = v128.load32_splat(a1)
    c10 = multiplyAdd(x1, b0, c10)
    c11 = multiplyAdd(x1, b1, c11)
    const x2 = v128.load32_splat(a2)
    c20 = multiplyAdd(x2, b0, c20)
    c21 = multiplyAdd(x2, b1, c21)
    const x3 = v128.load32_splat(a3)
    c30 = multiplyAdd(x3, b0, c30)
    c31 = multiplyAdd(x3, b1, c31)
    a0 += aStep
    a1 += aStep
    a2 += aStep
    a3 += aStep
  }
  v128.store(tile, c00)
  v128.store(tile, c01, 16)
  v128.store(tile, c10, PANEL_BYTES)
  v128.store(tile, c11, PANEL_BYTES + 16)
  v128.store(tile, c20, 2 * PANEL_BYTES)
  v128.store(tile, c21, 2 * PANEL_BYTES + 16)
  v128.store(tile, c30, 3 * PANEL_BYTES)
  v128.store(tile, c31, 3 * PANEL_BYTES + 16)
}

/** c = factor · tile, or c + that. */
function storeTile(c: usize, cRow: usize, rows: usize, columns: usize, tile: usize, factor: v128, accumulates: bool): void {
  for (let row: usize = 0; row < rows; row++, c += cRow, tile += PANEL_BYTES) {
    let column: usize = 0
    if (accumulates) {
      for (; column + 4 <= columns; column += 4) {
        const place = c + (column << 2)
        v128.store(place, multiplyAdd(v128.load(tile + (column << 2)), factor, v128.load(place)))
      }
    } else {
      for (; column + 4 <= columns; column += 4) v128.store(c + (column << 2), f32x4.mul(v128.load(tile + (column << 2)), factor))
    }
    if (column === columns) continue
    const place = c + (column << 2)
    const last = f32x4.mul(v128.load(tile + (column << 2)), factor)
    storeLanes(place, accumulates ? f32x4.add(last, v128.load(place)) : last, columns - column)
  }
}

// Sums down the columns of many rows, in two steps where the rows are many: chunks of rows into the workspace, then the chunks' sums.
// So there is work for a whole GPU where rows are narrow, and the order is fixed.

import { type Dispatch, type Place, u32 } from '../dispatch.ts'
import { laneKernel, lanesFor } from '../lanes.ts'
import type { Places } from '../places.ts'
import sumRowsSource from './sumRows.wgsl?raw'

/** Columns of a workgroup, in Elements. */
const GROUP = 64
const CHUNK_ROWS = 64

type Columns = { rows: number; width: number; accumulate: boolean }

/** A kernel that sums chunks of rows, with words and constant as in sumRows.wgsl; `operands` come behind what it writes. */
type ColumnKernel = { name: string; source: string; operands: readonly Place[] }

/** Rows of a chunk: all, where a second step would not pay. */
function chunkRowsOf(rows: number): number {
  return rows <= 2 * CHUNK_ROWS ? Math.max(1, rows) : Math.max(CHUNK_ROWS, Math.ceil(Math.sqrt(rows)))
}

/** Bytes of the chunks' sums, in the workspace. */
export function columnBytes({ rows, width }: Omit<Columns, 'accumulate'>): number {
  const chunks = Math.ceil(rows / chunkRowsOf(rows))
  return chunks > 1 ? chunks * width * 4 : 0
}

export function sumOfColumns(kernel: ColumnKernel, out: Place, columns: Columns, { workspace }: Places): Dispatch[] {
  const { rows, width } = columns
  const chunkRows = chunkRowsOf(rows)
  const chunks = Math.ceil(rows / chunkRows)
  if (chunks <= 1) return [oneStep(kernel, out, columns, chunkRows)]
  const sums = { ...workspace, bytes: columnBytes(columns) }
  return [
    oneStep(kernel, sums, { rows, width, accumulate: false }, chunkRows),
    oneStep({ ...sumRowsKernel, operands: [sums] }, out, { ...columns, rows: chunks }, chunks),
  ]
}

export const sumRowsKernel = { name: 'sumRows', source: sumRowsSource }

function oneStep(
  { name, source, operands }: ColumnKernel,
  out: Place,
  { rows, width, accumulate }: Columns,
  chunkRows: number,
): Dispatch {
  const lanes = lanesFor(width)
  return {
    kernel: laneKernel(name, source, lanes),
    constants: { accumulate: Number(accumulate) },
    operands: [out, ...operands],
    words: [u32(rows), u32(width / lanes), u32(chunkRows)],
    groups: [Math.ceil(width / lanes / GROUP), Math.max(1, Math.ceil(rows / chunkRows)), 1],
  }
}

// The calls on the CPU of rows by their number, for the embedding and for the learned positions alike.

import type { Address, KernelCall } from '../../targets/cpu/call.ts'

/** Columns a unit of scatterAdd; kernel.as.ts has the same number. */
const COLUMNS = 16

type Rows = { ids: Address; rows: number; width: number }

/** out [rows, width] = the rows ids [rows] (32-bit integers) of table [height, width], f32 or bf16. */
export const gather = (
  out: Address,
  table: Address,
  { ids, rows, width }: Rows,
  weights: 'f32' | 'bf16' = 'f32',
): KernelCall => ({
  kernel: weights === 'f32' ? 'gather' : 'gatherBf16',
  units: rows,
  args: [out, table, ids, width],
})

/** Adds row by row x [rows, width] to the rows ids of into, but to row `skip`; −1: none is skipped. */
export const scatterAdd = (into: Address, x: Address, { ids, rows, width }: Rows, skip: number): KernelCall => ({
  kernel: 'scatterAdd',
  units: Math.ceil(width / COLUMNS),
  args: [into, x, ids, rows, width, skip],
})

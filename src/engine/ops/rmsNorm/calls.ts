// RMSNorm's calls on the CPU. Rows [rows, width] are those that are normed: of heads, as many as tokens × heads.

import type { Address, KernelCall } from '../../targets/cpu/call.ts'

/** Columns a unit of the weight's gradient; kernel.as.ts has the same number. */
const COLUMNS = 16

export type Norm = { x: Address; weight: Address; inverseRms: Address; rows: number; width: number }

/** out [rows, width] and inverseRms [rows]. */
export const rmsNorm = (out: Address, { x, weight, inverseRms, rows, width }: Norm, eps: number): KernelCall => ({
  kernel: 'rmsNorm',
  units: rows,
  args: [out, inverseRms, x, weight, width, eps],
})

/** dx [rows, width], or added to it. */
export const rmsNormBackward = (
  dx: Address,
  dOut: Address,
  { x, weight, inverseRms, rows, width }: Norm,
  accumulates: boolean,
): KernelCall => ({
  kernel: 'rmsNormBackward',
  units: rows,
  args: [dx, x, weight, inverseRms, dOut, width, Number(accumulates)],
})

/** dWeight [width], or added to it. */
export const rmsNormWeightGradient = (
  dWeight: Address,
  dOut: Address,
  { x, inverseRms, rows, width }: Omit<Norm, 'weight'>,
  accumulates: boolean,
): KernelCall => ({
  kernel: 'rmsNormWeightGradient',
  units: Math.ceil(width / COLUMNS),
  args: [dWeight, x, inverseRms, dOut, rows, width, Number(accumulates)],
})

// The calls of kernels that belong to no single op: element by element, and sums. Sizes in elements.

import type { Address, KernelCall } from './call.ts'

/** Elements a unit of the element kernels; elements.as.ts has the same number. */
const BLOCK = 4096

/** Columns a unit of sumRows; elements.as.ts has the same number. */
const SUMMED_COLUMNS = 16

/** Work units of an element kernel, and partial sums of sumOfSquares. */
export const blocksOf = (size: number): number => Math.ceil(size / BLOCK)

/** out = value */
export const fill = (out: Address, size: number, value: number): KernelCall => ({
  kernel: 'fill',
  units: blocksOf(size),
  args: [out, size, value],
})

/** out = x */
export const copy = (out: Address, x: Address, size: number): KernelCall => ({
  kernel: 'copy',
  units: blocksOf(size),
  args: [out, x, size],
})

/** out = a + b; out may be one of them. */
export const add = (out: Address, a: Address, b: Address, size: number): KernelCall => ({
  kernel: 'add',
  units: blocksOf(size),
  args: [out, a, b, size],
})

/** out = x · factor; out may be x. */
export const scale = (out: Address, x: Address, size: number, factor: number): KernelCall => ({
  kernel: 'scale',
  units: blocksOf(size),
  args: [out, x, size, factor],
})

/** partials [blocksOf(size)] = the sums of squares of x, block by block. `total` adds them up. */
export const sumOfSquares = (partials: Address, x: Address, size: number): KernelCall => ({
  kernel: 'sumOfSquares',
  units: blocksOf(size),
  args: [partials, x, size],
})

/** out [1] = the sum of x, in one row and in float64. For short x: one thread does it. */
export const total = (out: Address, x: Address, size: number): KernelCall => ({
  kernel: 'total',
  units: 1,
  args: [out, x, size],
})

/** out [columns] = beta · out + the sum of the rows of x [rows, columns]. With beta 0 out is not read. */
export const sumRows = (out: Address, x: Address, rows: number, columns: number, beta: number): KernelCall => ({
  kernel: 'sumRows',
  units: Math.ceil(columns / SUMMED_COLUMNS),
  args: [out, x, rows, columns, beta],
})

/** out = e^x; out may be x. */
export const exponential = (out: Address, x: Address, size: number): KernelCall => ({
  kernel: 'exponential',
  units: blocksOf(size),
  args: [out, x, size],
})

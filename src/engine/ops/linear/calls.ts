// The linear layer's calls on the CPU: its products, each cut into rectangles of the result that threads can share.
// The cut changes no bit: an element is summed over k in one order whatever rectangle it is in.

import type { Dropout } from '../../ops.ts'
import type { Address, KernelCall } from '../../targets/cpu/call.ts'
import { blocksOf } from '../../targets/cpu/elements.ts'
import { dropoutNumbers } from './dropout.ts'

/** c [m, n] = beta · c + scale · (product of a and b, over k) + bias [n] + residual [m, n]. */
export type ProductArguments = {
  c: Address
  a: Address
  b: Address
  m: number
  n: number
  k: number
  /** 0 if not said; c is not read then. */
  beta?: number
  /** 1 if not said. */
  scale?: number
  bias?: Address
  /** Not c: beta 1 does that. */
  residual?: Address
}

type Weights = 'f32' | 'bf16'

/** a [m, k] · b [n, k]ᵀ, the layer itself: x·Wᵀ. */
export const productWithTransposed = (product: ProductArguments, weights: Weights = 'f32'): KernelCall =>
  productCall(weights === 'f32' ? 'productWithTransposed' : 'productWithTransposedBf16', product, rowMajorCut(product))

/** a [m, k] · b [k, n], the gradient of its input: dY·W. */
export const product = (product: ProductArguments, weights: Weights = 'f32'): KernelCall =>
  productCall(weights === 'f32' ? 'product' : 'productBf16', product, rowMajorCut(product))

/** a [k, m]ᵀ · b [k, n], the gradient of its weight: dYᵀ·X. */
export const transposedProduct = (product: ProductArguments): KernelCall =>
  productCall('transposedProduct', product, transposedCut(product))

type Cut = { rowsPerUnit: number; columnsPerUnit: number }

function productCall(kernel: KernelCall['kernel'], product: ProductArguments, cut: Cut): KernelCall {
  const { c, a, b, m, n, k, beta = 0, scale = 1, bias = 0, residual = 0 } = product
  const { rowsPerUnit, columnsPerUnit } = cut
  const units = Math.ceil(m / rowsPerUnit) * Math.ceil(n / columnsPerUnit)
  return { kernel, units, args: [c, a, b, m, n, k, rowsPerUnit, columnsPerUnit, beta, scale, bias, residual] }
}

/** Columns of a panel: the narrowest unit. */
const PANEL = 16

/** So many units are wanted, for a few threads to have about the same to do. */
const UNITS_WANTED = 8

const upTo = (value: number, multiple: number) => Math.ceil(value / multiple) * multiple

/** Parts of about equal size, multiples of `multiple`, of at most `most`. */
const evenly = (size: number, most: number, multiple: number) => upTo(size / Math.ceil(size / most), multiple)

/**
 * A unit reads all of its rows of a for each 16 columns. So many rows are taken that 256 deep they stay in a level-2 cache;
 * where all of k is more than that holds, units are wider, so that a comes from memory less often.
 */
function rowMajorCut({ m, n, k }: ProductArguments): Cut {
  const rowsPerUnit = evenly(m, 256, 4)
  const isLong = rowsPerUnit * k > 262_144
  return { rowsPerUnit, columnsPerUnit: isLong ? evenly(n, 64, PANEL) : PANEL }
}

/** A unit packs both sides, so it should be large in both directions: up to 128 rows (what its scratch holds) by as many columns as leave enough units. */
function transposedCut({ m, n }: ProductArguments): Cut {
  const rowsPerUnit = evenly(m, 128, PANEL)
  const unitsDown = Math.ceil(m / rowsPerUnit)
  const columnsPerUnit = Math.max(evenly(n, n / Math.ceil(UNITS_WANTED / unitsDown), PANEL), Math.min(upTo(n, PANEL), 64))
  return { rowsPerUnit, columnsPerUnit }
}

/** out [size] = x · keepMask, the mask of the eager op to the bit; out may be x. */
export function dropout(out: Address, x: Address, size: number, choice: Dropout): KernelCall {
  const { start, threshold, kept } = dropoutNumbers(choice)
  return { kernel: 'dropout', units: blocksOf(size), args: [out, x, size, start, threshold, kept] }
}

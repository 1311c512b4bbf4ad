// The ways to compute a product on a GPU that a device may choose from. Which is fast depends on the device and on the shape; all are right.
// Must not know: plans, buffers.

import type { Piece } from './piece.ts'

/** The kernels, by the name of their file. */
export type ProductKernel = 'anySize' | 'subgroups' | 'shared8' | 'shared4' | 'fewRows'

export type Candidate = {
  name: string
  kernel: ProductKernel
  /** Values of its `override` constants, beside those of the layout. */
  constants: Readonly<Record<string, number>>
  /** Rows and columns of a workgroup. */
  rows: number
  columns: number
  /** So many workgroups are wanted: where there are fewer tiles k is split, and the sums are added afterwards. */
  groupsWanted: number
}

/** Changes whenever a choice that was made before says nothing of what is here. */
export const CANDIDATES_VERSION = 3

const tiles = (name: string, kernel: 'shared8' | 'shared4', across: number, down: number, groupsWanted: number): Candidate => {
  const each = kernel === 'shared8' ? 8 : 4
  return { name, kernel, constants: { across, down }, rows: each * down, columns: each * across, groupsWanted }
}

const few = (lanes: number): Candidate => {
  return { name: `few rows, ${lanes} lanes`, kernel: 'fewRows', constants: { lanes }, rows: 4, columns: 4, groupsWanted: 1 }
}

export const candidates: readonly Candidate[] = [
  { name: 'any size', kernel: 'anySize', constants: {}, rows: 64, columns: 64, groupsWanted: 1 },
  { name: 'subgroups', kernel: 'subgroups', constants: {}, rows: 16, columns: 32, groupsWanted: 1 },
  tiles('32 × 32 shared', 'shared4', 8, 8, 1),
  tiles('32 × 32 shared, split', 'shared4', 8, 8, 256),
  tiles('64 × 64 shared', 'shared8', 8, 8, 1),
  tiles('64 × 64 shared, split', 'shared8', 8, 8, 192),
  tiles('64 × 64 shared, split more', 'shared8', 8, 8, 512),
  tiles('64 × 64 shared, 4 × 4 each', 'shared4', 16, 16, 1),
  tiles('64 × 128 shared', 'shared8', 16, 8, 1),
  tiles('128 × 128 shared', 'shared8', 16, 16, 1),
  tiles('128 × 128 shared, split', 'shared8', 16, 16, 96),
  few(8),
  few(32),
  few(64),
]

export function candidateNamed(name: string): Candidate | undefined {
  return candidates.find((candidate) => candidate.name === name)
}

/** What of a device decides which candidates it can run. */
export type DeviceTraits = { isSoftware: boolean; subgroupSize: number }

/** Whether a device can run a candidate at all. */
export function runsOn({ kernel }: Candidate, { subgroupSize }: DeviceTraits): boolean {
  return kernel !== 'subgroups' || subgroupSize === 8
}

/** Whether a candidate can do a piece: all but `any size` read four elements at a time. */
export function canDo({ kernel }: Candidate, { layout, m, k, aFirst, aStride, bStride }: Piece): boolean {
  if (kernel === 'anySize') return true
  if (kernel === 'fewRows' && layout !== 'a·bᵀ') return false
  return [aFirst, aStride, bStride, layout === 'aᵀ·b' ? m : k].every((count) => count % 4 === 0)
}

/** A share of k is a multiple of it, and at least four times as long. */
const DEPTH = 16

/** In how many shares of which depth k is cut. */
export function sharesOf({ rows, columns, groupsWanted }: Candidate, { m, n, k }: { m: number; n: number; k: number }) {
  const groups = Math.ceil(m / rows) * Math.ceil(n / columns)
  const wanted = Math.max(1, Math.min(Math.floor(groupsWanted / groups), Math.floor(k / (4 * DEPTH))))
  const depth = Math.ceil(k / wanted / DEPTH) * DEPTH
  const shares = Math.ceil(k / depth)
  return { shares, depth: shares === 1 ? k : depth }
}

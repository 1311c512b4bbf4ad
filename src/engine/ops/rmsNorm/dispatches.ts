// RMSNorm's dispatches on the GPU.

import type { CallOf } from '../../plan/calls.ts'
import { type Dispatch, f32, inRows, u32 } from '../../targets/webgpu/dispatch.ts'
import { laneKernel, lanesFor } from '../../targets/webgpu/lanes.ts'
import type { Places } from '../../targets/webgpu/places.ts'
import { sumOfColumns } from '../../targets/webgpu/sums/columns.ts'
import groupSum from '../../targets/webgpu/sums/groupSum.wgsl?raw'
import forward from './rmsNorm.wgsl?raw'
import backward from './rmsNormBackward.wgsl?raw'
import weightGradient from './rmsNormWeightGradient.wgsl?raw'

export function rmsNorm({ reads: { x, weight }, writes, numbers }: CallOf<'rmsNorm'>, { one }: Places): Dispatch[] {
  const { rows, width, eps } = numbers
  const lanes = lanesFor(width)
  return [
    {
      kernel: laneKernel('rmsNorm', `${groupSum}\n${forward}`, lanes),
      constants: { groupSize: groupSizeFor(width / lanes) },
      operands: [writes.out, writes.inverseRms, x, weight].map(one),
      words: [u32(rows), u32(width / lanes), f32(eps)],
      groups: inRows(rows),
    },
  ]
}

export function rmsNormBackward({ reads, writes, numbers }: CallOf<'rmsNormBackward'>, { one }: Places): Dispatch[] {
  const { rows, width, accumulate } = numbers
  const lanes = lanesFor(width)
  return [
    {
      kernel: laneKernel('rmsNormBackward', `${groupSum}\n${backward}`, lanes),
      constants: { groupSize: groupSizeFor(width / lanes), accumulate: Number(accumulate) },
      operands: [writes.dx, reads.x, reads.weight, reads.inverseRms, reads.dOut].map(one),
      words: [u32(rows), u32(width / lanes)],
      groups: inRows(rows),
    },
  ]
}

export function rmsNormWeightGradient(
  { reads: { x, inverseRms, dOut }, writes: { dWeight }, numbers }: CallOf<'rmsNormWeightGradient'>,
  places: Places,
): Dispatch[] {
  const operands = [x, inverseRms, dOut].map(places.one)
  const kernel = { name: 'rmsNormWeightGradient', source: weightGradient, operands }
  return sumOfColumns(kernel, places.one(dWeight), numbers, places)
}

/** Invocations for a row of so many Elements: about four Elements each, within what any device runs. */
function groupSizeFor(elements: number): number {
  return Math.min(256, Math.max(32, 2 ** Math.ceil(Math.log2(elements / 4))))
}

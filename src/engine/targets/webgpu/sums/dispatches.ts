// Sums on the GPU: of all numbers, of rows, and the norm of all gradients with the factor that clips them.

import type { CallOf } from '../../../plan/calls.ts'
import type { Scalars } from '../../../plan/target.ts'
import { elementsOf } from '../../../plan/values.ts'
import { type Dispatch, f32, said, u32 } from '../dispatch.ts'
import { laneKernel, lanesFor } from '../lanes.ts'
import { type Places, partSize } from '../places.ts'
import clipSource from './clip.wgsl?raw'
import { sumOfColumns, sumRowsKernel } from './columns.ts'
import groupSum from './groupSum.wgsl?raw'
import squaresSource from './sumOfSquares.wgsl?raw'
import totalSource from './total.wgsl?raw'

/** Invocations of the workgroups here. */
const GROUP = 256
const constants = { groupSize: GROUP }

/** The bits of a number that is none. */
const NOT_A_NUMBER = 0x7fc00000

export function total({ reads: { x }, writes: { out }, numbers }: CallOf<'total'>, { one }: Places): Dispatch[] {
  const kernel = { name: 'total', source: `${groupSum}\n${totalSource}` }
  const words = (scalars: Scalars) => [u32(numbers.size), f32(said(scalars, numbers.factor))]
  return [{ kernel, constants, operands: [one(out), one(x)], words, groups: [1, 1, 1] }]
}

export function sumRows({ reads: { x }, writes: { out }, numbers }: CallOf<'sumRows'>, places: Places): Dispatch[] {
  return sumOfColumns({ ...sumRowsKernel, operands: [places.one(x)] }, places.one(out), numbers, places)
}

/** As many partial sums as `partials` has, a workgroup each or, of a small x, 0; the parts of x share them out. */
export function sumOfSquares({ reads: { x }, writes: { partials } }: CallOf<'sumOfSquares'>, places: Places): Dispatch[] {
  const parts = places.parts(x)
  const count = elementsOf(partials)
  if (parts.length > count)
    throw new Error(`${x.name} is held in ${parts.length} parts, more than the ${count} partial sums of it`)
  return parts.map((part, at): Dispatch => {
    const first = Math.floor((at * count) / parts.length)
    const end = Math.floor(((at + 1) * count) / parts.length)
    const size = partSize(x, part)
    const lanes = lanesFor(size)
    return {
      kernel: laneKernel('sumOfSquares', `${groupSum}\n${squaresSource}`, lanes),
      constants,
      operands: [places.one(partials), part.place],
      words: [u32(size / lanes), u32(first), u32(end)],
      groups: [Math.min(end - first, Math.max(1, Math.ceil(size / lanes / GROUP / 4))), 1, 1],
    }
  })
}

export function clip({ reads: { partials }, writes, numbers }: CallOf<'clip'>, { one }: Places): Dispatch[] {
  const kernel = { name: 'clip', source: `${groupSum}\n${clipSource}` }
  const words = (scalars: Scalars) => [u32(numbers.count), f32(said(scalars, numbers.maxNorm)), u32(NOT_A_NUMBER)]
  return [{ kernel, constants, operands: [one(writes.norm), one(writes.factor), one(partials)], words, groups: [1, 1, 1] }]
}

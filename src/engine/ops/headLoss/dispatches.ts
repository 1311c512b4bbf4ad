// Cross-entropy's dispatch on the GPU; the products around it are the linear layer's.

import type { CallOf } from '../../plan/calls.ts'
import { type Dispatch, f32, inRows, said, u32 } from '../../targets/webgpu/dispatch.ts'
import { laneKernel, lanesFor } from '../../targets/webgpu/lanes.ts'
import type { Places } from '../../targets/webgpu/places.ts'
import groupMax from '../../targets/webgpu/sums/groupMax.wgsl?raw'
import groupSum from '../../targets/webgpu/sums/groupSum.wgsl?raw'
import source from './crossEntropy.wgsl?raw'

/** Invocations of a row: as many as any device runs, because rows are long and few. */
const GROUP = 256

/** The logits lie where their gradient does. */
export function crossEntropy({ reads, writes, numbers }: CallOf<'crossEntropy'>, { one }: Places): Dispatch[] {
  const { rows, vocabulary, factor } = numbers
  const lanes = lanesFor(vocabulary)
  return [
    {
      kernel: laneKernel('crossEntropy', `${groupSum}\n${groupMax}\n${source}`, lanes),
      constants: { groupSize: GROUP },
      operands: [one(writes.dLogits), one(writes.losses), one(reads.targets)],
      words: (scalars) => [u32(rows), u32(vocabulary / lanes), f32(said(scalars, factor))],
      groups: inRows(rows),
    },
  ]
}

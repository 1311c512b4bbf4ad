// Attention's dispatches without workgroup memory. Must not know: how operands come to be whole vectors.

import type { AttentionSizes } from '../../../../plan/calls.ts'
import { type Dispatch, inRows } from '../../../../targets/webgpu/dispatch.ts'
import type { Backward, Forward } from '../operands.ts'
import { viewing } from '../views.ts'
import forwardSource from './forward.wgsl?raw'
import keyGradientsSource from './keyGradients.wgsl?raw'
import queryGradientsSource from './queryGradients.wgsl?raw'

/** Invocations of a workgroup: what a CPU's SIMD does at once. */
const LANES = 8

const constants = { LANES }

export function forwardByLanes({ operands, words, sizes }: Forward): Dispatch {
  return { kernel: viewing('by lanes', forwardSource), constants, operands, words, groups: groupsOver(queriesOf(sizes), sizes) }
}

export function backwardByLanes({ dq, dk, dv, inputs, words, sizes }: Backward): Dispatch[] {
  const { tokens } = sizes
  return [
    {
      kernel: viewing('query gradients by lanes', queryGradientsSource),
      constants,
      operands: [dq, ...inputs],
      words,
      groups: groupsOver(queriesOf(sizes), sizes),
    },
    {
      kernel: viewing('key gradients by lanes', keyGradientsSource),
      constants,
      operands: [dk, dv, ...inputs],
      words,
      groups: groupsOver(tokens, sizes),
    },
  ]
}

/** Queries that share a key head. */
const queriesOf = ({ tokens, heads, keyHeads }: AttentionSizes): number => (tokens * heads) / keyHeads

/** Workgroups over so many queries or keys of each row and key head, four an invocation. */
function groupsOver(count: number, { batch, keyHeads }: AttentionSizes): Dispatch['groups'] {
  return inRows(Math.ceil((batch * keyHeads * Math.ceil(count / 4)) / LANES))
}

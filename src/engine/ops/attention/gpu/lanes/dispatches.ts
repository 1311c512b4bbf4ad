// Attention's dispatches without workgroup memory. Must not know: how operands come to be whole vectors.

import type { AttentionSizes } from '../../../../plan/calls.ts'
import type { Dispatch } from '../../../../targets/webgpu/dispatch.ts'
import type { Backward, Forward } from '../operands.ts'
import { viewing } from '../views.ts'
import forwardSource from './forward.wgsl?raw'
import keyGradientsSource from './keyGradients.wgsl?raw'
import queryGradientsSource from './queryGradients.wgsl?raw'

/** Invocations of a workgroup: what a CPU's SIMD does at once. */
const LANES = 8
/** Queries, or keys, of a workgroup: four an invocation. */
const OWN = 4 * LANES

const constants = { LANES }

export function forwardByLanes({ operands, words, sizes }: Forward): Dispatch {
  return { kernel: viewing('by lanes', forwardSource), constants, operands, words, groups: overQueries(sizes) }
}

export function backwardByLanes({ dq, dk, dv, inputs, words, sizes }: Backward): Dispatch[] {
  const { batch, tokens, keyHeads } = sizes
  return [
    {
      kernel: viewing('query gradients by lanes', queryGradientsSource),
      constants,
      operands: [dq, ...inputs],
      words,
      groups: overQueries(sizes),
    },
    {
      kernel: viewing('key gradients by lanes', keyGradientsSource),
      constants,
      operands: [dk, dv, ...inputs],
      words,
      groups: [Math.ceil(tokens / OWN), keyHeads, batch],
    },
  ]
}

/** Workgroups over the queries that share a key head. */
function overQueries({ batch, tokens, heads, keyHeads }: AttentionSizes): readonly [number, number, number] {
  return [Math.ceil((tokens * heads) / keyHeads / OWN), keyHeads, batch]
}

// What the device asks of an arena.

import { attentionWorkspace } from '../../ops/attention/gpu/dispatches.ts'
import { linkBytes } from '../../ops/embedding/dispatches.ts'
import { matMulWorkspace } from '../../ops/linear/dispatches.ts'
import { type KernelChoices, usualChoices } from '../../ops/linear/products/choices.ts'
import type { Call } from '../../plan/calls.ts'
import type { LayoutRules } from '../../plan/layout.ts'
import type { TargetSizes } from '../../plan/target.ts'
import { bytesOf, type Value } from '../../plan/values.ts'
import { OFFSET_BYTES } from './dispatch.ts'
import { columnBytes } from './sums/columns.ts'

/** @param choices which kernels do the products: some need room of their own */
export function webGpuLayout(choices: KernelChoices): LayoutRules {
  return { alignment: OFFSET_BYTES, gap: 0, workspaceOf: (call) => workspaceOf(call, choices), stateBytes }
}

/** What a machine takes on an adapter with these limits. */
export const webGpuSizes = (limits: BufferLimits, choices: KernelChoices = usualChoices): TargetSizes => ({
  layout: webGpuLayout(choices),
  ownBytes: 0,
  releases: true,
  // How much memory a GPU has is not told; what cannot be had is refused when it is asked for.
  largestBytes: Number.POSITIVE_INFINITY,
  largestArena: limits.maxBufferSize,
  largestValue: limits.maxStorageBufferBindingSize,
})

type BufferLimits = Pick<GPUSupportedLimits, 'maxBufferSize' | 'maxStorageBufferBindingSize'>

/** Whole words. */
export function stateBytes(state: Value): number {
  return Math.max(4, Math.ceil(bytesOf(state) / 4) * 4)
}

function workspaceOf(call: Call, choices: KernelChoices): number {
  switch (call.kernel) {
    case 'matMul':
      return matMulWorkspace(call, choices)
    case 'adamW':
      // What a weight that is not kept is bound to.
      return OFFSET_BYTES
    case 'scatterAdd':
      return linkBytes(call.numbers)
    case 'sumRows':
    case 'rmsNormWeightGradient':
      return columnBytes(call.numbers)
    case 'attention':
    case 'attentionBackward':
    case 'attentionOverCache':
      return attentionWorkspace(call)
    default:
      return 0
  }
}

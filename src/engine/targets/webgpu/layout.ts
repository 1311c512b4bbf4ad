// What the device asks of an arena.

import { attentionWorkspace } from '../../ops/attention/gpu/dispatches.ts'
import { linkBytes } from '../../ops/embedding/dispatches.ts'
import { matMulWorkspace } from '../../ops/linear/dispatches.ts'
import type { KernelChoices } from '../../ops/linear/products/choices.ts'
import type { Call } from '../../plan/calls.ts'
import type { LayoutRules } from '../../plan/layout.ts'
import { OFFSET_BYTES } from './dispatch.ts'
import { columnBytes } from './sums/columns.ts'

/** @param choices which kernels do the products: some need room of their own */
export function webGpuLayout(choices: KernelChoices): LayoutRules {
  return { alignment: OFFSET_BYTES, gap: 0, workspaceOf: (call) => workspaceOf(call, choices) }
}

function workspaceOf(call: Call, choices: KernelChoices): number {
  switch (call.kernel) {
    case 'matMul':
      return matMulWorkspace(call, choices)
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

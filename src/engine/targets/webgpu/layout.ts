// What the device asks of an arena.

import { attentionWorkspace } from '../../ops/attention/gpu/dispatches.ts'
import { linkBytes } from '../../ops/embedding/dispatches.ts'
import type { Call } from '../../plan/calls.ts'
import type { LayoutRules } from '../../plan/layout.ts'
import { OFFSET_BYTES } from './dispatch.ts'
import { columnBytes } from './sums/columns.ts'

export const webGpuLayout: LayoutRules = { alignment: OFFSET_BYTES, gap: 0, workspaceOf }

function workspaceOf(call: Call): number {
  switch (call.kernel) {
    case 'matMul':
      // What a bias that is not read is bound to.
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

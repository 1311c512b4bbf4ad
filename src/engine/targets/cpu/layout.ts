// What the CPU's kernels ask of an arena.

import { attentionParts } from '../../ops/attention/calls.ts'
import type { Call } from '../../plan/calls.ts'
import type { LayoutRules } from '../../plan/layout.ts'
import { bytesOf } from '../../plan/values.ts'
import { ALIGNMENT_BYTES, READ_AHEAD_BYTES } from './kernels.ts'

export const cpuLayout: LayoutRules = {
  alignment: ALIGNMENT_BYTES,
  gap: READ_AHEAD_BYTES,
  stateBytes: (state) => Math.ceil((bytesOf(state) + READ_AHEAD_BYTES) / ALIGNMENT_BYTES) * ALIGNMENT_BYTES,
  workspaceOf: (call: Call) => (call.kernel === 'attentionBackward' ? 4 * attentionParts(call.numbers) : 0),
}

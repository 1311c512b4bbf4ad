// What the device asks of an arena.

import type { LayoutRules } from '../../plan/layout.ts'

/** What the offset of a binding is a multiple of on any device. */
export const OFFSET_BYTES = 256

export const webGpuLayout: LayoutRules = {
  alignment: OFFSET_BYTES,
  gap: 0,
  workspaceOf: (call) => (call.kernel === 'matMul' ? OFFSET_BYTES : 0),
}

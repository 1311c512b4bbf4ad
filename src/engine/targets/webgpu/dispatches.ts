// From a plan's calls to the dispatches that do them: one maker for each kernel's name, in the folder of its op.
// Must not know: what a plan is for.

import { matMul } from '../../ops/linear/dispatches.ts'
import { swiGlu, swiGluBackward } from '../../ops/swiGlu/dispatches.ts'
import type { Call } from '../../plan/calls.ts'
import type { UpdateSettings } from '../../plan/target.ts'
import type { Dispatch } from './dispatch.ts'
import { add, copy } from './elements/dispatches.ts'
import type { Places } from './places.ts'

/** One call, as one or several dispatches. */
export function dispatchesOf(call: Call, places: Places, _settings: UpdateSettings): Dispatch[] {
  switch (call.kernel) {
    case 'add':
      return add(call, places)
    case 'copy':
      return copy(call, places)
    case 'matMul':
      return matMul(call, places)
    case 'swiGlu':
      return swiGlu(call, places)
    case 'swiGluBackward':
      return swiGluBackward(call, places)
    default:
      throw new Error(`there is no WGSL kernel for ${call.kernel}`)
  }
}

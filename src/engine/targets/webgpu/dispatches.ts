// From a plan's calls to the dispatches that do them: one maker for each kernel's name, in the folder of its op.
// Must not know: what a plan is for.

import {
  appendKeys,
  attention,
  attentionBackward,
  attentionOverCache,
  type WorkgroupBytes,
} from '../../ops/attention/gpu/dispatches.ts'
import { gather, scatterAdd } from '../../ops/embedding/dispatches.ts'
import { crossEntropy } from '../../ops/headLoss/dispatches.ts'
import { matMul } from '../../ops/linear/dispatches.ts'
import { dropout } from '../../ops/linear/dropoutDispatches.ts'
import type { KernelChoices } from '../../ops/linear/products/choices.ts'
import { rmsNorm, rmsNormBackward, rmsNormWeightGradient } from '../../ops/rmsNorm/dispatches.ts'
import { rotary } from '../../ops/rotary/dispatches.ts'
import { swiGlu, swiGluBackward } from '../../ops/swiGlu/dispatches.ts'
import type { Call } from '../../plan/calls.ts'
import type { UpdateSettings } from '../../plan/target.ts'
import { adamW } from '../../training/adamWDispatches.ts'
import type { Dispatch } from './dispatch.ts'
import { add, copy } from './elements/dispatches.ts'
import type { Places } from './places.ts'
import { clip, sumOfSquares, sumRows, total } from './sums/dispatches.ts'

/** What of a machine decides on kernels. */
export type MadeFor = { settings: UpdateSettings; choices: KernelChoices; attentionBytes: WorkgroupBytes }

/** One call, as one or several dispatches. */
export function dispatchesOf(call: Call, places: Places, { settings, choices, attentionBytes }: MadeFor): Dispatch[] {
  switch (call.kernel) {
    case 'gather':
      return gather(call, places)
    case 'scatterAdd':
      return scatterAdd(call, places)
    case 'rmsNorm':
      return rmsNorm(call, places)
    case 'rmsNormBackward':
      return rmsNormBackward(call, places)
    case 'rmsNormWeightGradient':
      return rmsNormWeightGradient(call, places)
    case 'rotary':
      return rotary(call, places)
    case 'add':
      return add(call, places)
    case 'appendKeys':
      return appendKeys(call, places)
    case 'attention':
      return attention(call, places, attentionBytes)
    case 'attentionBackward':
      return attentionBackward(call, places, attentionBytes)
    case 'attentionOverCache':
      return attentionOverCache(call, places, attentionBytes)
    case 'copy':
      return copy(call, places)
    case 'matMul':
      return matMul(call, places, choices)
    case 'swiGlu':
      return swiGlu(call, places)
    case 'swiGluBackward':
      return swiGluBackward(call, places)
    case 'dropout':
      return dropout(call, places)
    case 'sumRows':
      return sumRows(call, places)
    case 'crossEntropy':
      return crossEntropy(call, places)
    case 'total':
      return total(call, places)
    case 'sumOfSquares':
      return sumOfSquares(call, places)
    case 'clip':
      return clip(call, places)
    case 'adamW':
      return adamW(call, places, settings)
  }
}

// How much a run trains, from the model's shape alone.
// Must not know: the worker.

import type { Settings } from '../config/settings.ts'
import { isTargeted } from '../config/targets.ts'
import type { ModelSummary } from '../protocol/model.ts'

type Shape = Pick<ModelSummary, 'parameters' | 'linear_layers'>

/** Numbers that a run trains: all of the model's, or the A and B of each layer that has an adapter. */
export function trainedParameters({ parameters, linear_layers }: Shape, lora: Settings['lora']): number {
  if (lora === null) return parameters
  return linear_layers
    .filter(({ name }) => isTargeted(name, lora.target_modules))
    .reduce((sum, { inputs, outputs }) => sum + lora.r * (inputs + outputs), 0)
}

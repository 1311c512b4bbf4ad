// How much a run trains and what it holds, from the model's shape alone, before the worker has laid it out.
// Must not know: the worker, activations (they are known when a run is planned).

import type { Settings } from '../config/settings.ts'
import { isTargeted } from '../config/targets.ts'
import type { EngineName } from '../protocol/backend.ts'
import type { MemoryForecast, ModelSummary } from '../protocol/model.ts'

type Shape = Pick<ModelSummary, 'parameters' | 'linear_layers'>

const floatBytes = 4

/** Numbers that a run trains: all of the model's, or the A and B of each layer that has an adapter. */
export function trainedParameters({ parameters, linear_layers }: Shape, lora: Settings['lora']): number {
  if (lora === null) return parameters
  return linear_layers
    .filter(({ name }) => isTargeted(name, lora.target_modules))
    .reduce((sum, { inputs, outputs }) => sum + lora.r * (inputs + outputs), 0)
}

/**
 * Bytes in f32: the base, two sets more of what is trained (in training, and the last good one), its gradients and two moments.
 * The plan engine computes with a copy of all weights, and hands a copy of what is trained back.
 */
export function memoryBeforeRun(shape: Shape, lora: Settings['lora'], engine: EngineName): MemoryForecast {
  const trained = trainedParameters(shape, lora) * floatBytes
  const base = shape.parameters * floatBytes
  const sets = engine === 'plan' && lora !== null ? 3 : 2
  const weights = (engine === 'plan' ? 2 : 1) * base + sets * trained
  return { weights, gradients: trained, optimizer: 2 * trained, activations: 0 }
}

// Weights of a model that nobody has trained: normal with the configuration's usual deviation, norms at one, biases and the padding row
// of the embedding at zero, as Hugging Face's `_init_weights` has it. Deterministic from a seed.

import { normalNumbers } from '../config/random.ts'
import { fromValues, type Tensor } from '../engine/tensor.ts'
import type { DecoderConfig } from './config.ts'
import { parameterShapes } from './parameters.ts'

/** One f32 tensor a parameter; the caller's to dispose. @param rounded what becomes of a parameter's numbers */
export function freshWeights(
  config: DecoderConfig,
  seed: number,
  deviation = 0.02,
  rounded = (values: Float32Array<ArrayBuffer>) => values,
): Record<string, Tensor> {
  const next = normalNumbers(seed)
  const weights: Record<string, Tensor> = {}
  for (const { name, shape } of parameterShapes(config)) {
    const values = new Float32Array(shape.reduce((size, length) => size * length, 1))
    if (name.endsWith('norm.weight')) values.fill(1)
    else if (!name.endsWith('.bias')) for (const at of values.keys()) values[at] = deviation * next()
    if (name === 'model.embed_tokens.weight' && config.paddingIndex !== null) {
      const row = config.paddingIndex * config.hidden_size
      values.fill(0, row, row + config.hidden_size)
    }
    weights[name] = fromValues(rounded(values), shape)
  }
  return weights
}

// Weights of a model that nobody has trained: normal with the configuration's usual deviation, norms at one, biases and the padding row
// of the embedding at zero, as Hugging Face's `_init_weights` has it. Deterministic from a seed.

import { drawnNumbers, normalNumbers } from '../config/random.ts'
import { halvesOf } from '../engine/plan/bf16.ts'
import { fromValues, type Tensor } from '../engine/tensor.ts'
import { PIECE_ELEMENTS, type Piece, type RestingTensor, restingTensor } from '../engine/weight.ts'
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

/**
 * Weights as wide as those, at rest and nowhere held: each piece is made when it is asked for, and is the same each time.
 * For models of any size; biases are no zeros here.
 */
export function freshAtRest(config: DecoderConfig, seed: number, dtype: Piece['dtype']): Record<string, RestingTensor> {
  const resting = parameterShapes(config).map(({ name, shape }, at): [string, RestingTensor] => {
    // Norms and biases are few numbers, and held as f32 whatever the model is stored in.
    const own = shape.length === 2 ? dtype : 'f32'
    return [name, restingTensor({ shape, dtype: own, pieces: (most) => drawnPieces(name, shape, seed + at, own, most) })]
  })
  return Object.fromEntries(resting)
}

async function* drawnPieces(
  name: string,
  shape: readonly number[],
  seed: number,
  dtype: Piece['dtype'],
  most = PIECE_ELEMENTS,
): AsyncGenerator<Piece> {
  const size = shape.reduce((product, length) => product * length, 1)
  const next = drawnNumbers(seed)
  for (let from = 0; from < size; from += most) {
    const values = new Float32Array(Math.min(most, size - from))
    if (name.endsWith('norm.weight')) values.fill(1)
    else for (let at = 0; at < values.length; at++) values[at] = 0.02 * next()
    yield dtype === 'bf16' ? { dtype, halves: halvesOf(values) } : { dtype, values }
  }
}

// Rotary position embedding (Su et al. 2021, arXiv:2104.09864), in the layout of Hugging Face's models:
// element i of a head is paired with element i + headDim/2. "Rotate half" is a product with a signed permutation:
// exact, and on wasm far faster than two slices and a concatenation.

import * as tf from '@tensorflow/tfjs-core'
import type { RotaryTables } from '../../ops.ts'
import type { Tensor } from '../../tensor.ts'
import { differentiable } from '../differentiable.ts'

/** cos and sin [N, 1, headDim] for N positions; `inverseFrequencies` has headDim/2 entries. Computed in float64, stored in float32. */
export function rotaryTables(positions: readonly number[], inverseFrequencies: readonly number[]): RotaryTables<Tensor> {
  const headDim = 2 * inverseFrequencies.length
  const cos = new Float32Array(positions.length * headDim)
  const sin = new Float32Array(positions.length * headDim)
  positions.forEach((position, row) => {
    inverseFrequencies.forEach((frequency, pair) => {
      const angle = position * frequency
      const at = row * headDim + pair
      cos[at] = cos[at + headDim / 2] = Math.cos(angle)
      sin[at] = sin[at + headDim / 2] = Math.sin(angle)
    })
  })
  const shape: [number, number, number] = [positions.length, 1, headDim]
  return { cos: tf.tensor3d(cos, shape), sin: tf.tensor3d(sin, shape), headDim }
}

/** x [N, heads·headDim] → the same shape. */
export function rotary(x: Tensor, { cos, sin, headDim }: RotaryTables<Tensor>, heads: number): Tensor {
  const split = [-1, heads, headDim]
  return differentiable([x], () => {
    const rotated = rotateHalf(x, headDim, 1)
    const value = tf.add(tf.mul(tf.reshape(x, split), cos), tf.mul(tf.reshape(rotated, split), sin))
    return {
      value: tf.reshape(value, x.shape),
      saved: [cos, sin],
      // The rotation's transpose turns back: the sine's part goes through the permutation the other way.
      gradients: (dValue, [savedCos, savedSin]) => {
        if (!savedCos || !savedSin) throw new Error('rotary: saved tensors are missing')
        const dSplit = tf.reshape(dValue, split)
        const back = tf.reshape(rotateHalf(tf.mul(dSplit, savedSin), headDim, -1), split)
        return [tf.reshape(tf.add(tf.mul(dSplit, savedCos), back), x.shape)]
      },
    }
  })
}

/** (first half, second half) → (−second, first) for direction 1; the inverse for −1. */
function rotateHalf(x: Tensor, headDim: number, direction: 1 | -1): Tensor {
  const half = headDim / 2
  const matrix = new Float32Array(headDim * headDim)
  for (let at = 0; at < half; at++) {
    matrix[(at + half) * headDim + at] = -direction
    matrix[at * headDim + at + half] = direction
  }
  return tf.matMul(tf.reshape(x, [-1, headDim]), tf.tensor2d(matrix, [headDim, headDim]))
}

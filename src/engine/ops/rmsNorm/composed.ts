// RMSNorm: x ÷ √(mean(x²) + eps) · weight, over the last axis (Zhang & Sennrich 2019, arXiv:1910.07467).
// Its gradient is written out, because TensorFlow.js' tape would store and walk eight small ops in its place.

import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '../../tensor.ts'
import { differentiable } from '../differentiable.ts'

/** x [N, hidden], weight [hidden] → [N, hidden]. */
export function rmsNorm(x: Tensor, weight: Tensor, eps: number): Tensor {
  return differentiable([x, weight], () => {
    const inverseRms = tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), eps))
    const normalised = tf.mul(x, inverseRms)
    return {
      value: tf.mul(normalised, weight),
      saved: [normalised, inverseRms, weight],
      gradients: rmsNormGradients,
    }
  })
}

function rmsNormGradients(dValue: Tensor, [normalised, inverseRms, weight]: Tensor[]): Tensor[] {
  if (!normalised || !inverseRms || !weight) throw new Error('rmsNorm: saved tensors are missing')
  const dNormalised = tf.mul(dValue, weight)
  const along = tf.mean(tf.mul(dNormalised, normalised), -1, true)
  const dx = tf.mul(inverseRms, tf.sub(dNormalised, tf.mul(normalised, along)))
  return [dx, tf.sum(tf.mul(dValue, normalised), 0)]
}

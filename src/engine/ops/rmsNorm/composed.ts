// RMSNorm: x ÷ √(mean(x²) + eps) · weight, over each run of as many elements as the weight has (Zhang & Sennrich 2019, arXiv:1910.07467).
// Its gradient is written out, because TensorFlow.js' tape would store and walk eight small ops in its place.

import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '../../tensor.ts'
import { differentiable } from '../differentiable.ts'

/** x [N, G·size], weight [size] → the shape of x. G is 1 for the norms of the stream, the number of heads for those of q and k. */
export function rmsNorm(x: Tensor, weight: Tensor, eps: number): Tensor {
  return differentiable([x, weight], () => {
    const groups = tf.reshape(x, [-1, weight.size])
    const inverseRms = tf.rsqrt(tf.add(tf.mean(tf.square(groups), -1, true), eps))
    const normalised = tf.mul(groups, inverseRms)
    return {
      value: tf.reshape(tf.mul(normalised, weight), x.shape),
      saved: [normalised, inverseRms, weight],
      gradients: rmsNormGradients,
    }
  })
}

function rmsNormGradients(dValue: Tensor, [normalised, inverseRms, weight]: Tensor[]): Tensor[] {
  if (!normalised || !inverseRms || !weight) throw new Error('rmsNorm: saved tensors are missing')
  const dGroups = tf.reshape(dValue, normalised.shape)
  const dNormalised = tf.mul(dGroups, weight)
  const along = tf.mean(tf.mul(dNormalised, normalised), -1, true)
  const dx = tf.mul(inverseRms, tf.sub(dNormalised, tf.mul(normalised, along)))
  return [tf.reshape(dx, dValue.shape), tf.sum(tf.mul(dGroups, normalised), 0)]
}

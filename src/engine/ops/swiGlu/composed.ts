// SwiGLU's elementwise half: silu(gate) · up (Shazeer 2020, arXiv:2002.05202); the products around it are linear layers.

import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '../../tensor.ts'
import { differentiable } from '../differentiable.ts'

/** gate and up [N, ffn] → [N, ffn]. */
export function swiGlu(gate: Tensor, up: Tensor): Tensor {
  return differentiable([gate, up], () => {
    const sigmoid = tf.sigmoid(gate)
    const silu = tf.mul(gate, sigmoid)
    return {
      value: tf.mul(silu, up),
      saved: [sigmoid, silu, up],
      gradients: swiGluGradients,
    }
  })
}

/** d silu(g)/dg = σ + silu·(1 − σ) */
function swiGluGradients(dValue: Tensor, [sigmoid, silu, up]: Tensor[]): Tensor[] {
  if (!sigmoid || !silu || !up) throw new Error('swiGlu: saved tensors are missing')
  const slope = tf.add(sigmoid, tf.sub(silu, tf.mul(silu, sigmoid)))
  return [tf.mul(tf.mul(dValue, up), slope), tf.mul(dValue, silu)]
}

// The linear layer, x·Wᵀ + b, and the sum of two tensors. The weight stays in its checkpoint's layout, [out, in].

import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '../../tensor.ts'
import { differentiable } from '../differentiable.ts'
import { product, productWithTransposed, transposedProduct } from '../matMul.ts'

/** x [N, in], weight [out, in], bias [out] or null → [N, out]. */
export function linear(x: Tensor, weight: Tensor, bias: Tensor | null): Tensor {
  const value = productWithWeight(x, weight)
  return bias ? addBias(value, bias) : value
}

function productWithWeight(x: Tensor, weight: Tensor): Tensor {
  return differentiable([x, weight], () => ({
    value: productWithTransposed(x, weight),
    saved: [x, weight],
    gradients: (dValue, [input, matrix]) => (input && matrix ? [product(dValue, matrix), transposedProduct(dValue, input)] : []),
  }))
}

function addBias(x: Tensor, bias: Tensor): Tensor {
  return differentiable([x, bias], () => ({
    value: tf.add(x, bias),
    saved: [],
    gradients: (dValue) => [dValue, tf.sum(dValue, 0)],
  }))
}

/** a + b of one shape. */
export function add(a: Tensor, b: Tensor): Tensor {
  return differentiable([a, b], () => ({ value: tf.add(a, b), saved: [], gradients: (dValue) => [dValue, dValue] }))
}

/** x · factor. */
export function scaled(x: Tensor, factor: number): Tensor {
  return differentiable([x], () => ({ value: tf.mul(x, factor), saved: [], gradients: (dValue) => [tf.mul(dValue, factor)] }))
}

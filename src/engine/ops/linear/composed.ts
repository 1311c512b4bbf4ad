// The linear layer, x·Wᵀ + b, with a low-rank adapter beside it where it has one, and the sum of two tensors.
// The weight stays in its checkpoint's layout, [out, in].

import * as tf from '@tensorflow/tfjs-core'
import type { LowRank } from '../../ops.ts'
import type { Tensor } from '../../tensor.ts'
import { differentiable } from '../differentiable.ts'
import { product, productWithTransposed, transposedProduct } from '../matMul.ts'
import { keepMask } from './dropout.ts'

/** x [N, in], weight [out, in], bias [out] or null, adapter or null → [N, out]. */
export function linear(x: Tensor, weight: Tensor, bias: Tensor | null, adapter: LowRank<Tensor> | null): Tensor {
  const value = productWithWeight(x, weight)
  const biased = bias ? addBias(value, bias) : value
  return adapter ? add(biased, lowRankProduct(x, adapter)) : biased
}

function productWithWeight(x: Tensor, weight: Tensor): Tensor {
  return differentiable([x, weight], () => ({
    value: productWithTransposed(x, weight),
    saved: [x, weight],
    gradients: (dValue, [input, matrix], [wantsInput, wantsWeight]) => [
      wantsInput && matrix ? product(dValue, matrix) : null,
      wantsWeight && input ? transposedProduct(dValue, input) : null,
    ],
  }))
}

function addBias(x: Tensor, bias: Tensor): Tensor {
  return differentiable([x, bias], () => ({
    value: tf.add(x, bias),
    saved: [],
    gradients: (dValue, _, [, wantsBias]) => [dValue, wantsBias ? tf.sum(dValue, 0) : null],
  }))
}

/** scale · dropout(x)·aᵀ·bᵀ (Hu et al. 2021, arXiv:2106.09685); the scale goes where the product is narrowest. */
function lowRankProduct(x: Tensor, { a, b, scale, dropout }: LowRank<Tensor>): Tensor {
  return differentiable([x, a, b], () => {
    const mask = dropout && dropout.rate > 0 ? tf.tensor(keepMask(x.size, dropout), x.shape) : null
    const input = mask ? tf.mul(x, mask) : x
    const narrow = tf.mul(productWithTransposed(input, a), scale)
    return {
      value: productWithTransposed(narrow, b),
      saved: [input, narrow, a, b, ...(mask ? [mask] : [])],
      gradients: (dValue, saved, [wantsInput]) => lowRankGradients(dValue, saved, scale, wantsInput ?? false),
    }
  })
}

function lowRankGradients(
  dValue: Tensor,
  [input, narrow, a, b, mask]: Tensor[],
  scale: number,
  wantsInput: boolean,
): (Tensor | null)[] {
  if (!input || !narrow || !a || !b) throw new Error('linear: saved tensors are missing')
  const dNarrow = tf.mul(product(dValue, b), scale)
  const throughAdapter = () => (mask ? tf.mul(product(dNarrow, a), mask) : product(dNarrow, a))
  return [wantsInput ? throughAdapter() : null, transposedProduct(dNarrow, input), transposedProduct(dValue, narrow)]
}

/** weight + scale · b·a, the layer that does what weight and adapter do together. No gradient; the arguments stay the caller's. */
export function mergedWeight(weight: Tensor, { a, b, scale }: Omit<LowRank<Tensor>, 'dropout'>): Tensor {
  return tf.tidy(() => tf.add(weight, tf.mul(product(b, a), scale)))
}

/** a + b of one shape. */
export function add(a: Tensor, b: Tensor): Tensor {
  return differentiable([a, b], () => ({ value: tf.add(a, b), saved: [], gradients: (dValue) => [dValue, dValue] }))
}

/** x · factor. */
export function scaled(x: Tensor, factor: number): Tensor {
  return differentiable([x], () => ({ value: tf.mul(x, factor), saved: [], gradients: (dValue) => [tf.mul(dValue, factor)] }))
}

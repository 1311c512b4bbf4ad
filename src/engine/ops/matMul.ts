// Matrix products as this engine wants them. The wasm backend runs the fast product (XNNPACK) only for two plain matrices:
// with a transpose flag or with a batch it falls back to a plain loop, 10 to 20 times slower. So transposes are made, and batches taken apart, there.

import * as tf from '@tensorflow/tfjs-core'

const isWasm = () => tf.getBackend() === 'wasm'

/** The transpose of a matrix, or of each matrix of a batch. */
export function transposed(x: tf.Tensor): tf.Tensor {
  const last = x.rank - 1
  const order = x.shape.map((_, axis) => axis)
  order[last] = last - 1
  order[last - 1] = last
  return tf.transpose(x, order)
}

/** a [m, k] · b [k, n] */
export function product(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.matMul(a, b)
}

/** a [m, k] · bᵀ, b [n, k] */
export function productWithTransposed(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return isWasm() ? tf.matMul(a, transposed(b)) : tf.matMul(a, b, false, true)
}

/** aᵀ · b, a [k, m], b [k, n] */
export function transposedProduct(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return isWasm() ? tf.matMul(transposed(a), b) : tf.matMul(a, b, true, false)
}

/** One product for each matrix of two batches: a [G, m, k] · b [G, k, n] → [G, m, n]. */
export function batchProduct(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  if (!isWasm()) return tf.matMul(a, b)
  const left = tf.unstack(a)
  const right = tf.unstack(b)
  const products = left.map((matrix, at) => {
    const other = right[at]
    if (!other) throw new Error(`batchProduct: ${left.length} matrices times ${right.length}`)
    return tf.matMul(matrix, other)
  })
  return tf.stack(products)
}

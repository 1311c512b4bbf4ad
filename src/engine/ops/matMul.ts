// Matrix products as this engine wants them. The wasm backend runs its fast product (XNNPACK) only for two plain matrices:
// with a transpose flag or a batch it falls back to a plain loop, 10 to 20 times slower. So there transposes are made, of the smaller side,
// and batches are shown matrix by matrix.

import * as tf from '@tensorflow/tfjs-core'
import { wasmBatchProduct } from './wasmBatchProduct.ts'

const isWasm = () => tf.getBackend() === 'wasm'

/** The transpose of a matrix, or of each matrix of a batch. */
export function transposed(x: tf.Tensor): tf.Tensor {
  const [rows = 0, columns = 0] = x.shape
  // wasm strides badly through a tall matrix, and well through the same one with its rows cut in two: 0.9 ms for 8.5 at 4096 × 192.
  if (x.rank === 2 && isWasm() && rows > columns && columns % 2 === 0) {
    return tf.reshape(tf.transpose(tf.reshape(x, [rows, 2, columns / 2]), [1, 2, 0]), [columns, rows])
  }
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
  if (!isWasm()) return tf.matMul(a, b, false, true)
  const [m = 0, k = 0] = a.shape
  const n = b.shape[0] ?? 0
  // (b·aᵀ)ᵀ is the same; with few rows against a large weight far less is moved: 24 rows × 192 → 4096 take 3.1 ms for 12.4.
  return m * (k + n) < n * k ? transposed(tf.matMul(b, transposed(a))) : tf.matMul(a, transposed(b))
}

/** aᵀ · b, a [k, m], b [k, n] */
export function transposedProduct(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return isWasm() ? tf.matMul(transposed(a), b) : tf.matMul(a, b, true, false)
}

/** One product for each matrix of two batches: a [G, m, k] · b [G, k, n] → [G, m, n]. */
export function batchProduct(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return wasmBatchProduct(a, b) ?? tf.matMul(a, b)
}

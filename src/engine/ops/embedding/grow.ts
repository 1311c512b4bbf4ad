// A table with more rows than it had, for tokens that a tokenizer was given later.

import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '../../tensor.ts'

/** weight [V, hidden] → [rows, hidden], rows ≥ V; a new row is the mean of the old ones. No gradient; the argument stays the caller's. */
export function withMeanRows(weight: Tensor, rows: number): Tensor {
  const [height = 0] = weight.shape
  return tf.tidy(() => {
    const mean = tf.mean(weight, 0, true)
    return tf.concat([weight, ...Array.from({ length: rows - height }, () => mean)], 0)
  })
}

// Rows by their number: of the embedding table, and of a batch's hidden states.
// The gradient is a scatter that sums rows met twice; TensorFlow.js' own gradient of gather does not run on wasm.

import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '../../tensor.ts'
import { differentiable } from '../differentiable.ts'

/** weight [V, hidden], ids [N] → [N, hidden]. The row `paddingIndex` gets no gradient. */
export function embedding(weight: Tensor, ids: readonly number[], paddingIndex: number | null): Tensor {
  return gatherRows(weight, ids, (dValue) => {
    if (paddingIndex === null || !ids.includes(paddingIndex)) return dValue
    const keep = tf.tensor2d(ids.map((id) => [id === paddingIndex ? 0 : 1]))
    return tf.mul(dValue, keep)
  })
}

/** x [N, hidden], indices [M] → [M, hidden]. */
export function takeRows(x: Tensor, indices: readonly number[]): Tensor {
  return gatherRows(x, indices, (dValue) => dValue)
}

function gatherRows(table: Tensor, rows: readonly number[], admit: (dValue: Tensor) => Tensor): Tensor {
  const [height, width] = table.shape
  if (height === undefined || width === undefined) throw new Error('gatherRows: a matrix is needed')
  const places = () => tf.tensor2d([...rows], [rows.length, 1], 'int32')
  if (rows.length === 0) {
    return differentiable([table], () => ({
      value: tf.zeros([0, width]),
      saved: [],
      gradients: () => [tf.zeros([height, width])],
    }))
  }
  return differentiable([table], () => ({
    value: tf.gatherND(table, places()),
    saved: [],
    gradients: (dValue) => [tf.scatterND(places(), admit(dValue), [height, width])],
  }))
}

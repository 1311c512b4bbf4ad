// The head and its cross-entropy as one op over the learned positions only, in chunks of rows: logits of all tokens × V never exist at once,
// forward or backward. The gradients are made in the same pass as the loss, because they need the same softmax.

import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '../../tensor.ts'
import { differentiable } from '../differentiable.ts'
import { product, productWithTransposed, transposedProduct } from '../matMul.ts'

/** Logits held at once, in elements: 16 MB. */
const CHUNK_ELEMENTS = 4_194_304

/** x [N, hidden], weight [V, hidden], targets [N] → the sum of N cross-entropies, a scalar in nats. */
export function headLoss(x: Tensor, weight: Tensor, targets: readonly number[]): Tensor {
  const vocabulary = weight.shape[0] ?? 0
  const rowsPerChunk = Math.max(1, Math.floor(CHUNK_ELEMENTS / vocabulary))
  return differentiable([x, weight], () => {
    let loss: Tensor = tf.scalar(0)
    let dWeight: Tensor = tf.zerosLike(weight)
    const dRows: Tensor[] = []
    for (let from = 0; from < targets.length; from += rowsPerChunk) {
      const count = Math.min(rowsPerChunk, targets.length - from)
      const chunk = chunkLoss(rowsOf(x, from, count), weight, targets.slice(from, from + count))
      loss = replaced(loss, tf.add(loss, chunk.loss))
      dWeight = replaced(dWeight, tf.add(dWeight, chunk.dWeight))
      chunk.dWeight.dispose()
      dRows.push(chunk.dx)
    }
    const [first] = dRows
    return {
      value: loss,
      saved: [first && dRows.length === 1 ? first : tf.concat(dRows, 0), dWeight],
      gradients: (dLoss, [dx, dW]) => (dx && dW ? [tf.mul(dx, dLoss), tf.mul(dW, dLoss)] : []),
    }
  })
}

function rowsOf(x: Tensor, from: number, count: number): Tensor {
  return from === 0 && count === x.shape[0] ? x : tf.slice(x, [from, 0], [count, -1])
}

function replaced(old: Tensor, next: Tensor): Tensor {
  old.dispose()
  return next
}

/**
 * One chunk: log-sum-exp is taken from the softmax, max − log(max of softmax), because 1 ÷ Σexp(x − max) is the softmax of the largest logit.
 * That needs no exponential of its own and loses nothing: the largest softmax is at least 1/V.
 */
function chunkLoss(x: Tensor, weight: Tensor, targets: readonly number[]) {
  return tf.tidy(() => {
    const logits = productWithTransposed(x, weight)
    const softmax = tf.softmax(logits)
    const oneHot = tf.oneHot(tf.tensor1d([...targets], 'int32'), weight.shape[0] ?? 0)
    const logSumExp = tf.sub(tf.max(logits, -1), tf.log(tf.max(softmax, -1)))
    const ofTarget = tf.sum(tf.mul(logits, oneHot), -1)
    const dLogits = tf.sub(softmax, oneHot)
    return {
      loss: tf.sum(tf.sub(logSumExp, ofTarget)),
      dx: product(dLogits, weight),
      dWeight: transposedProduct(dLogits, x),
    }
  })
}

// Causal grouped-query attention (Ainslie et al. 2023, arXiv:2305.13245). The queries that share a key head stand below one another,
// so that keys and values are never repeated: [B·keyHeads, group·T, headDim] against [B·keyHeads, S, headDim].
// The composed body stores the T × S scores; it is the definition, not the fast one.

import * as tf from '@tensorflow/tfjs-core'
import type { AttentionShape, AttentionView } from '../../ops.ts'
import type { Tensor } from '../../tensor.ts'
import { differentiable } from '../differentiable.ts'
import { batchProduct, transposed } from '../matMul.ts'

/** Low enough that its exponential is 0 in float32, high enough that two of them add without overflow. */
const HIDDEN = -1e9

/** [B or 1, 1, T, S]: 0 where the query sees the key, a very negative number elsewhere. */
export function attentionMask({ batch, queries, keys, paddedKeys, slidingWindow, begins }: AttentionView): Tensor {
  const rows = paddedKeys === null && begins === undefined ? 1 : batch
  const bias = new Float32Array(rows * queries * keys)
  for (let row = 0; row < rows; row++) {
    for (let query = 0; query < queries; query++) {
      const firstKey = Math.max(paddedKeys?.[row] ?? 0, begins?.[row * queries + query] ?? 0)
      const own = keys - queries + query
      const from = slidingWindow === null ? firstKey : Math.max(firstKey, own - slidingWindow + 1)
      for (let key = 0; key < keys; key++) {
        // A padded query sees itself alone, so that its softmax has something to divide by; nothing reads its result.
        if ((key < from || key > own) && key !== own) bias[(row * queries + query) * keys + key] = HIDDEN
      }
    }
  }
  return tf.tensor4d(bias, [rows, 1, queries, keys])
}

/** x [B·T, keyHeads·headDim] behind held [B, keyHeads, S, headDim] → [B, keyHeads, S + T, headDim]. */
export function appendKeys(held: Tensor | null, x: Tensor, { batch, keyHeads, headDim }: AttentionShape): Tensor {
  const fresh = (from: Tensor) => splitHeads(from, batch, keyHeads, headDim)
  if (held === null)
    return differentiable([x], () => ({ value: fresh(x), saved: [], gradients: (dValue) => [joinHeads(dValue)] }))
  const before = held.shape[2] ?? 0
  return differentiable([held, x], () => ({
    value: tf.concat([held, fresh(x)], 2),
    saved: [],
    gradients: (dValue) => {
      const tokens = (dValue.shape[2] ?? 0) - before
      const [dHeld, dFresh] = tf.split(dValue, [before, tokens], 2)
      return dHeld && dFresh ? [dHeld, joinHeads(dFresh)] : []
    },
  }))
}

/** q [B·T, heads·headDim], k and v [B, keyHeads, S, headDim], mask from attentionMask → [B·T, heads·headDim]. Scores are divided by √headDim. */
export function attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor, shape: AttentionShape): Tensor {
  const { batch, heads, keyHeads, headDim } = shape
  const queries = (q.shape[0] ?? 0) / batch
  const keys = k.shape[2] ?? 0
  const groups = batch * keyHeads
  const stackedRows = (heads / keyHeads) * queries
  const stack = (x: Tensor) => tf.reshape(splitHeads(x, batch, heads, headDim), [groups, stackedRows, headDim])
  const unstack = (x: Tensor) => joinHeads(tf.reshape(x, [batch, heads, queries, headDim]))

  return differentiable([q, k, v], () => {
    const stacked = tf.mul(stack(q), 1 / Math.sqrt(headDim))
    const flatK = tf.reshape(k, [groups, keys, headDim])
    const flatV = tf.reshape(v, [groups, keys, headDim])
    const scores = batchProduct(stacked, transposed(flatK))
    const seen = tf.add(tf.reshape(scores, [batch, heads, queries, keys]), mask)
    const weights = tf.reshape(tf.softmax(seen), [groups, stackedRows, keys])
    return {
      value: unstack(batchProduct(weights, flatV)),
      saved: [stacked, flatK, flatV, weights],
      gradients: (dValue, saved) => {
        const [dStacked, dK, dV] = stackedGradients(stack(dValue), saved)
        return [tf.mul(unstack(dStacked), 1 / Math.sqrt(headDim)), tf.reshape(dK, k.shape), tf.reshape(dV, v.shape)]
      },
    }
  })
}

/** Of stacked queries (divided by √headDim already), keys and values, from the gradient of their output. */
function stackedGradients(dOutput: Tensor, [q, k, v, weights]: Tensor[]): [Tensor, Tensor, Tensor] {
  if (!q || !k || !v || !weights) throw new Error('attention: saved tensors are missing')
  const dWeights = batchProduct(dOutput, transposed(v))
  const along = tf.sum(tf.mul(dWeights, weights), -1, true)
  const dScores = tf.mul(weights, tf.sub(dWeights, along))
  return [batchProduct(dScores, k), batchProduct(transposed(dScores), q), batchProduct(transposed(weights), dOutput)]
}

/** [B·T, heads·headDim] → [B, heads, T, headDim] */
function splitHeads(x: Tensor, batch: number, heads: number, headDim: number): Tensor {
  return tf.transpose(tf.reshape(x, [batch, -1, heads, headDim]), [0, 2, 1, 3])
}

/** [B, heads, T, headDim] → [B·T, heads·headDim] */
function joinHeads(x: Tensor): Tensor {
  const [batch = 0, heads = 0, tokens = 0, headDim = 0] = x.shape
  return tf.reshape(tf.transpose(x, [0, 2, 1, 3]), [batch * tokens, heads * headDim])
}

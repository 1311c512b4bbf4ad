// The head and its cross-entropy as one op over the learned positions only, in chunks of rows: logits of all tokens × V never exist at once,
// forward or backward. What the backward pass needs of a chunk is its gradient by the logits, as large as the logits:
// one chunk's is kept, several chunks' are made again one after the other.

import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '../../tensor.ts'
import { differentiable } from '../differentiable.ts'
import { product, productWithTransposed, transposedProduct } from '../matMul.ts'

/** Logits held at once, in elements: 16 MB. */
const CHUNK_ELEMENTS = 4_194_304

/** x [N, hidden], weight [V, hidden], targets [N] → the sum of N cross-entropies, a scalar in nats; of no rows 0. */
export function headLoss(x: Tensor, weight: Tensor, targets: readonly number[]): Tensor {
  return headLossInChunks(x, weight, targets, Math.max(1, Math.floor(CHUNK_ELEMENTS / (weight.shape[0] ?? 1))))
}

/** The same with at most so many rows at once. */
export function headLossInChunks(x: Tensor, weight: Tensor, targets: readonly number[], rowsPerChunk: number): Tensor {
  const chunks = chunksOf(targets, rowsPerChunk)
  return differentiable([x, weight], () => {
    const losses: Tensor[] = []
    const saved = [x, weight]
    for (const chunk of chunks) {
      const { loss, dLogits } = chunkLoss(rowsOf(x, chunk), weight, chunk.targets)
      losses.push(loss)
      if (chunks.length === 1) saved.push(dLogits)
      else dLogits.dispose()
    }
    return {
      value: losses.reduce((sum, loss) => tf.add(sum, loss), tf.scalar(0)),
      saved,
      gradients: (dLoss, kept, [, wantsWeight]) => chunkedGradients(kept, chunks, dLoss, wantsWeight ?? false),
    }
  })
}

type Chunk = { from: number; targets: readonly number[] }

function chunksOf(targets: readonly number[], rowsPerChunk: number): Chunk[] {
  const chunks: Chunk[] = []
  for (let from = 0; from < targets.length; from += rowsPerChunk)
    chunks.push({ from, targets: targets.slice(from, from + rowsPerChunk) })
  return chunks
}

function rowsOf(x: Tensor, { from, targets }: Chunk): Tensor {
  return targets.length === x.shape[0] ? x : tf.slice(x, [from, 0], [targets.length, -1])
}

/**
 * Loss and gradient by the logits of one chunk. Log-sum-exp is taken from the softmax, max − log(max of softmax),
 * because 1 ÷ Σexp(x − max) is the softmax of the largest logit. That needs no exponential of its own (slow on wasm)
 * and loses nothing: the largest softmax is at least 1/V.
 */
function chunkLoss(x: Tensor, weight: Tensor, targets: readonly number[]): { loss: Tensor; dLogits: Tensor } {
  return tf.tidy(() => {
    const logits = productWithTransposed(x, weight)
    const softmax = tf.softmax(logits)
    const places = tf.tensor2d(
      targets.flatMap((target, row) => [row, target]),
      [targets.length, 2],
      'int32',
    )
    const logSumExp = tf.sub(tf.max(logits, -1), tf.log(tf.max(softmax, -1)))
    const oneHot = tf.scatterND(places, tf.ones([targets.length]), [targets.length, weight.shape[0] ?? 0])
    return { loss: tf.sum(tf.sub(logSumExp, tf.gatherND(logits, places))), dLogits: tf.sub(softmax, oneHot) }
  })
}

/** Gradients of x and weight; `dLoss` goes in where a product is narrowest. `dLogits` is there for a single chunk only. */
function chunkedGradients(
  [x, weight, dLogits]: Tensor[],
  chunks: readonly Chunk[],
  dLoss: Tensor,
  wantsWeight: boolean,
): (Tensor | null)[] {
  if (!x || !weight) throw new Error('headLoss: saved tensors are missing')
  const byRows = (gradient: Tensor) => tf.mul(product(gradient, weight), dLoss)
  const byWeight = (gradient: Tensor, rows: Tensor) =>
    wantsWeight ? transposedProduct(gradient, tf.mul(rows, dLoss)) : tf.scalar(0)
  if (dLogits) return [byRows(dLogits), byWeight(dLogits, x)]
  const dRows: Tensor[] = []
  let dWeight = wantsWeight ? tf.zerosLike(weight) : tf.scalar(0)
  for (const chunk of chunks) {
    const [own, part] = tf.tidy(() => {
      const rows = rowsOf(x, chunk)
      const gradient = chunkLoss(rows, weight, chunk.targets).dLogits
      return [byRows(gradient), byWeight(gradient, rows)]
    })
    if (!own || !part) throw new Error('headLoss: a chunk gave no gradients')
    dRows.push(own)
    const sum = tf.add(dWeight, part)
    tf.dispose([dWeight, part])
    dWeight = sum
  }
  return [dRows.length > 0 ? tf.concat(dRows, 0) : tf.zerosLike(x), wantsWeight ? dWeight : null]
}

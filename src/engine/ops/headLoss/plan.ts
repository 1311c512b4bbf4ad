// The head and its cross-entropy in a plan, in chunks of the learned rows. The gradient by the logits is known as soon as they are,
// so in training a chunk goes all its way at once: logits, loss, gradients of rows and weight; then the next takes its place.

import type { Builder } from '../../plan/builder.ts'
import { rowsOf, type Value } from '../../plan/values.ts'

/** Logits held at once, in elements: 16 MB, or as many as these rows have. */
const CHUNK_ELEMENTS = 4_194_304
/** Chunks begin at a multiple of it, where every target can bind a buffer. */
const CHUNK_ROWS = 64

/**
 * x [N, hidden], weight [V, hidden], targets [N] (−1: a row that does not count) → the sum of the cross-entropies times the scalar
 * `lossFactor`, [1]. The gradients are of that product.
 */
export function headLoss(build: Builder, x: Value, weight: Value, targets: Value): Value {
  const [rows = 0, hidden = 0] = x.shape
  const [vocabulary = 0] = weight.shape
  const factor = { scalar: 'lossFactor' }
  const losses = build.scratch('losses', [rows])
  const dx = build.isTracked(x) ? build.scratch(`d ${x.name}`, x.shape) : null
  const chunkRows = Math.min(rows, CHUNK_ROWS * Math.max(1, Math.floor(CHUNK_ELEMENTS / vocabulary / CHUNK_ROWS)))
  for (let from = 0; from < rows; from += chunkRows) {
    const chunk = Math.min(chunkRows, rows - from)
    const logits = build.scratch('logits', [chunk, vocabulary])
    build.call({
      kernel: 'matMul',
      reads: { a: rowsOf(x, from, chunk), b: weight },
      writes: { out: logits },
      numbers: { m: chunk, n: vocabulary, k: hidden, scale: 1, accumulate: false, layout: 'a·bᵀ' },
    })
    build.call({
      kernel: 'crossEntropy',
      reads: { logits, targets: rowsOf(targets, from, chunk) },
      writes: { dLogits: logits, losses: rowsOf(losses, from, chunk) },
      numbers: { rows: chunk, vocabulary, factor },
    })
    const dWeight = build.gradientOf(weight)
    if (dWeight)
      build.call({
        kernel: 'matMul',
        reads: { a: logits, b: rowsOf(x, from, chunk) },
        writes: { out: dWeight.into },
        numbers: { m: vocabulary, n: hidden, k: chunk, scale: 1, accumulate: dWeight.accumulate, layout: 'aᵀ·b' },
      })
    if (dx)
      build.call({
        kernel: 'matMul',
        reads: { a: logits, b: weight },
        writes: { out: rowsOf(dx, from, chunk) },
        numbers: { m: chunk, n: hidden, k: vocabulary, scale: 1, accumulate: false, layout: 'a·b' },
      })
  }
  if (dx) build.passGradient(x, dx)
  const loss = build.scratch('loss', [1])
  build.call({ kernel: 'total', reads: { x: losses }, writes: { out: loss }, numbers: { size: rows, factor } })
  return loss
}

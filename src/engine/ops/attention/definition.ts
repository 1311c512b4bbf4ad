// Attention in float64, for tests: softmax of q·k ÷ √headDim over the keys that a query sees, times v.
// Which keys those are is told here by a sentence of code (`sees`), and by a mask or by comparisons in the engine.

import type { AttentionShape, AttentionView } from '../../ops.ts'
import { dot, type Rows, range, rowAt, softmax, sum, weightedSum } from '../../opTable/float64.ts'

/** A padded query sees itself alone. */
function sees(view: AttentionView, row: number, query: number, key: number): boolean {
  const { queries, keys, paddedKeys, slidingWindow, begins } = view
  const own = keys - queries + query
  const padding = Math.max(paddedKeys?.[row] ?? 0, begins?.[row * queries + query] ?? 0)
  return key === own || (key < own && key >= padding && key > own - (slidingWindow ?? keys))
}

/** The scores of query row `at` in one head, and the rows of k and v that they belong to. */
function scoresOf(q: Rows, k: Rows, shape: AttentionShape, view: AttentionView, at: number, head: number) {
  const { heads, keyHeads, headDim } = shape
  const row = Math.floor(at / view.queries)
  const query = rowAt(q, at).slice(head * headDim, (head + 1) * headDim)
  const keyHead = Math.floor(head / (heads / keyHeads))
  const visible = range(view.keys)
    .filter((key) => sees(view, row, at % view.queries, key))
    .map((key) => (row * keyHeads + keyHead) * view.keys + key)
  return { visible, scores: visible.map((key) => dot(query, rowAt(k, key)) / Math.sqrt(headDim)) }
}

/** q [B·T, heads·headDim], k and v [B·keyHeads·S, headDim] → [B·T, heads·headDim]. */
export function attention(q: Rows, k: Rows, v: Rows, shape: AttentionShape, view: AttentionView): Rows {
  return q.map((_, at) =>
    range(shape.heads).flatMap((head) => {
      const { visible, scores } = scoresOf(q, k, shape, view, at, head)
      return weightedSum(
        softmax(scores),
        visible.map((key) => rowAt(v, key)),
      )
    }),
  )
}

/** log Σ e^score of each query, [B·heads, T]. */
export function logSumExp(q: Rows, k: Rows, shape: AttentionShape, view: AttentionView): Rows {
  return range(shape.batch).flatMap((row) =>
    range(shape.heads).map((head) =>
      range(view.queries).map((query) => {
        const { scores } = scoresOf(q, k, shape, view, row * view.queries + query, head)
        return Math.log(sum(scores.map(Math.exp)))
      }),
    ),
  )
}

/**
 * The gradients of Σ attention · dOut, each like its input: with P the softmax and dP = dOut·v, the scores' gradient is P · (dP − Σ P·dP).
 * The kernels' tests hold small cases against differences of `attention`, and large ones against this.
 */
export function attentionGradients(
  { q, k, v, dOut }: Record<'q' | 'k' | 'v' | 'dOut', Rows>,
  shape: AttentionShape,
  view: AttentionView,
): Record<'dq' | 'dk' | 'dv', number[][]> {
  const { headDim } = shape
  const zeros = (rows: Rows) => rows.map((row) => row.map(() => 0))
  const [dq, dk, dv] = [zeros(q), zeros(k), zeros(v)]
  const add = (to: number[] | undefined, from: number, row: readonly number[], factor: number) =>
    row.forEach((value, at) => {
      if (to) to[from + at] = (to[from + at] ?? 0) + factor * value
    })
  q.forEach((queryRow, at) => {
    for (const head of range(shape.heads)) {
      const { visible, scores } = scoresOf(q, k, shape, view, at, head)
      const begin = head * headDim
      const query = queryRow.slice(begin, begin + headDim)
      const cotangent = rowAt(dOut, at).slice(begin, begin + headDim)
      const weights = softmax(scores)
      const dWeights = visible.map((key) => dot(cotangent, rowAt(v, key)))
      const along = dot(weights, dWeights)
      visible.forEach((key, place) => {
        const weight = weights[place] ?? 0
        const slope = (weight * ((dWeights[place] ?? 0) - along)) / Math.sqrt(headDim)
        add(dq[at], begin, rowAt(k, key), slope)
        add(dk[key], 0, query, slope)
        add(dv[key], 0, cotangent, weight)
      })
    }
  })
  return { dq, dk, dv }
}

/** Token t of x is the key (or value) at S + t. */
export function appended(held: Rows, x: Rows, { batch, keyHeads, headDim }: AttentionShape): Rows {
  const keys = held.length / (batch * keyHeads)
  const tokens = x.length / batch
  return range(batch).flatMap((row) =>
    range(keyHeads).flatMap((head) => {
      const before = (row * keyHeads + head) * keys
      const fresh = range(tokens).map((token) => rowAt(x, row * tokens + token).slice(head * headDim, (head + 1) * headDim))
      return [...held.slice(before, before + keys), ...fresh]
    }),
  )
}

/** The other way: keys or values by head [B·keyHeads·T, headDim] → [B·T, keyHeads·headDim]. */
export function byToken(x: Rows, { batch, keyHeads }: AttentionShape): number[][] {
  const tokens = x.length / (batch * keyHeads)
  return range(batch * tokens).map((at) => {
    const row = Math.floor(at / tokens)
    return range(keyHeads).flatMap((head) => rowAt(x, (row * keyHeads + head) * tokens + (at % tokens)))
  })
}

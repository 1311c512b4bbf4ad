// Causal grouped-query attention in a plan, over a sequence from its beginning or over a cache of what came before. Scores are never kept: backward makes them again from q, k and the log of their softmax's sum.

import type { AttentionShape, AttentionView } from '../../ops.ts'
import type { Builder } from '../../plan/builder.ts'
import type { CacheSizes } from '../../plan/calls.ts'
import type { Value } from '../../plan/values.ts'

/** q [B·T, heads·headDim], k and v [B·T, keyHeads·headDim] → [B·T, heads·headDim]. */
export function attention(
  build: Builder,
  { q, k, v }: { q: Value; k: Value; v: Value },
  { paddedKeys, slidingWindow, begins }: AttentionView<Value>,
  shape: AttentionShape,
): Value {
  const { batch, heads } = shape
  const tokens = (q.shape[0] ?? 0) / batch
  const numbers = { ...shape, tokens, window: slidingWindow ?? 0 }
  const seen = { ...(paddedKeys && { padding: paddedKeys }), ...(begins && { begins }) }
  const out = build.scratch('attended', q.shape)
  const logSumExp = build.scratch('log-sum-exp', [batch, heads, tokens])
  build.call({ kernel: 'attention', reads: { q, k, v, ...seen }, writes: { out, logSumExp }, numbers })
  build.onBackward(out, [q, k, v], (dOut) => {
    const dq = build.scratch(`d ${q.name}`, q.shape)
    const dk = build.scratch(`d ${k.name}`, k.shape)
    const dv = build.scratch(`d ${v.name}`, v.shape)
    const reads = { q, k, v, out, logSumExp, dOut, ...seen }
    build.call({ kernel: 'attentionBackward', reads, writes: { dq, dk, dv }, numbers })
    build.passGradient(q, dq)
    build.passGradient(k, dk)
    build.passGradient(v, dv)
  })
  return out
}

/** Puts x [B·T, keyHeads·headDim] into the cache, behind what is held. Not differentiable. */
export function appendKeys(build: Builder, cache: Value, held: Value, x: Value, shape: AttentionShape): void {
  build.call({ kernel: 'appendKeys', reads: { x, held }, writes: { cache }, numbers: sizesOf(cache, x, shape, 0) })
}

/** q [B·T, heads·headDim] of the newest tokens over caches that hold their keys and values → [B·T, heads·headDim]. Not differentiable. */
export function attentionOverCache(
  build: Builder,
  { q, keys, values, held }: { q: Value; keys: Value; values: Value; held: Value },
  { paddedKeys, slidingWindow }: AttentionView<Value>,
  shape: AttentionShape,
): Value {
  const out = build.scratch('attended', q.shape)
  const reads = { q, keys, values, held, ...(paddedKeys ? { padding: paddedKeys } : {}) }
  const numbers = sizesOf(keys, q, shape, slidingWindow ?? 0)
  build.call({ kernel: 'attentionOverCache', reads, writes: { out }, numbers })
  return out
}

function sizesOf(cache: Value, x: Value, shape: AttentionShape, window: number): CacheSizes {
  const [, , capacity = 0] = cache.shape
  return { ...shape, tokens: (x.shape[0] ?? 0) / shape.batch, capacity, window }
}

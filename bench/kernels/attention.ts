// Attention in the kernels' benchmark. Products with keys that a query does not see are not counted as work.

import { attention, attentionBackward, attentionOverCache, attentionParts } from '../../src/engine/ops/attention/calls.ts'
import type { AttentionShape } from '../../src/engine/ops.ts'
import { integers, type Row, room } from './measure.ts'

function attended({ batch, heads, keyHeads, headDim }: AttentionShape, tokens: number): Row[] {
  const [wide, narrow] = [4 * batch * tokens * heads * headDim, 4 * batch * tokens * keyHeads * headDim]
  const sizes = { batch, heads, keyHeads, headDim, tokens, window: 0 }
  const inputs = { q: room(wide), k: room(narrow), v: room(narrow), padding: 0, begins: 0 }
  const outputs = { out: room(wide), logSumExp: room(4 * batch * heads * tokens) }
  const dInputs = { dq: room(wide), dk: room(narrow), dv: room(narrow) }
  const gradients = { ...dInputs, dOut: room(wide), parts: room(4 * attentionParts(sizes)) }
  /** Multiply-adds × 2 of one product of queries and keys, or of weights and values. */
  const product = batch * heads * tokens * (tokens + 1) * headDim
  const shape = `${batch} × ${tokens}, ${heads}/${keyHeads} × ${headDim}`
  return [
    { name: `attention ${shape}`, calls: [attention({ ...outputs, ...inputs }, sizes)], work: { flops: 2 * product } },
    {
      name: `attention d ${shape}`,
      calls: attentionBackward({ ...inputs, ...outputs, ...gradients }, sizes),
      work: { flops: 5 * product },
    },
  ]
}

/** One more token behind so many: the keys and values that are read count as work. */
function written({ batch, heads, keyHeads, headDim }: AttentionShape, held: number): Row[] {
  const capacity = held + 1
  const cache = 4 * batch * keyHeads * capacity * headDim
  const sizes = { batch, heads, keyHeads, headDim, tokens: 1, window: 0, capacity }
  const queries = { q: room(4 * batch * heads * headDim), out: room(4 * batch * heads * headDim) }
  const inputs = { ...queries, keys: room(cache), values: room(cache), held: integers([held]), padding: 0 }
  return [
    {
      name: `writing ${batch} × 1 of ${capacity}, ${heads}/${keyHeads} × ${headDim}`,
      calls: [attentionOverCache(inputs, sizes)],
      work: { bytes: 2 * cache },
    },
  ]
}

export const attentions: readonly (() => Row[])[] = [
  () => attended({ batch: 2, heads: 4, keyHeads: 2, headDim: 64 }, 64),
  () => attended({ batch: 1, heads: 3, keyHeads: 1, headDim: 64 }, 512),
  () => attended({ batch: 8, heads: 6, keyHeads: 2, headDim: 32 }, 48),
  () => attended({ batch: 1, heads: 14, keyHeads: 2, headDim: 64 }, 2048),
  () => attended({ batch: 4, heads: 3, keyHeads: 3, headDim: 22 }, 100),
  () => written({ batch: 1, heads: 4, keyHeads: 2, headDim: 64 }, 100),
  () => written({ batch: 4, heads: 4, keyHeads: 2, headDim: 64 }, 100),
  () => written({ batch: 1, heads: 14, keyHeads: 2, headDim: 64 }, 1000),
]

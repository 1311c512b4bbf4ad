// The calls of attention's CPU kernels.

import type { AttentionShape } from '../../ops.ts'
import type { Address, KernelCall } from '../../targets/cpu/call.ts'
import { blocksOf as blocksOfElements } from '../../targets/cpu/elements.ts'

/** Queries of a block; block.as.ts has the same number. */
const QUERIES = 32

/** What scratch has room for; block.as.ts says what lies there. */
const LARGEST_HEAD = 512

/** T tokens a row of the batch; a window of 0 is none. */
export type AttentionSizes = AttentionShape & { tokens: number; window: number }

type Inputs = Record<'q' | 'k' | 'v', Address> & {
  /** [B] 32-bit integers: so many keys at the beginning of each row are padding. 0: none anywhere. */
  padding: Address
  /** [B·T] 32-bit integers: the first key of its row that each query may see. 0: what padding and window leave. */
  begins: Address
}

const blocksOf = (tokens: number) => Math.ceil(tokens / QUERIES)

/** out [B·T, heads·headDim] and logSumExp [B, heads, T] from q [B·T, heads·headDim], k and v [B·T, keyHeads·headDim]. */
export function attention(
  { out, logSumExp, q, k, v, padding, begins }: Inputs & Record<'out' | 'logSumExp', Address>,
  sizes: AttentionSizes,
): KernelCall {
  return {
    kernel: 'attention',
    units: sizes.batch * sizes.heads * blocksOf(sizes.tokens),
    args: [out, logSumExp, q, k, v, ...sizesOf(sizes), padding, begins, sizes.window],
  }
}

/** So many units at least are made of attention's backward pass, where there are queries enough: threads share them. */
const WANTED_UNITS = 8

/** dk and dv are sums over queries: so many parts of the queries are summed by themselves. The same for any number of threads. */
function chunksOf({ batch, keyHeads, tokens }: AttentionSizes): number {
  return Math.min(Math.ceil(WANTED_UNITS / (batch * keyHeads)), blocksOf(tokens))
}

/** Float32 numbers that `parts` of attentionBackward has room for; none where it is not needed. */
export function attentionParts(sizes: AttentionSizes): number {
  const chunks = chunksOf(sizes)
  return chunks === 1 ? 0 : 2 * chunks * sizes.batch * sizes.tokens * sizes.keyHeads * sizes.headDim
}

type Gradients = Record<'dq' | 'dk' | 'dv' | 'out' | 'logSumExp' | 'dOut' | 'parts', Address>

/** dq, dk and dv, each as large as q, k and v, from what `attention` read and wrote and from the gradient of its output. */
export function attentionBackward(
  { dq, dk, dv, out, logSumExp, dOut, parts, q, k, v, padding, begins }: Inputs & Gradients,
  sizes: AttentionSizes,
): KernelCall[] {
  const { batch, tokens, keyHeads, headDim, window } = sizes
  const chunks = chunksOf(sizes)
  const size = batch * tokens * keyHeads * headDim
  const [dkParts, dvParts] = chunks === 1 ? [dk, dv] : [parts, parts + 4 * chunks * size]
  const inputs = [q, k, v, out, logSumExp, dOut]
  const backward: KernelCall = {
    kernel: 'attentionBackward',
    units: chunks * batch * keyHeads,
    args: [dq, dkParts, dvParts, ...inputs, ...sizesOf(sizes), padding, begins, window, chunks],
  }
  const sums: KernelCall = {
    kernel: 'attentionKeyGradients',
    units: blocksOfElements(size),
    args: [dk, dv, dkParts, dvParts, size, chunks],
  }
  return chunks === 1 ? [backward] : [backward, sums]
}

function sizesOf({ batch, tokens, heads, keyHeads, headDim }: AttentionSizes): number[] {
  if (headDim > LARGEST_HEAD) throw new Error(`attention: heads of ${headDim}, ${LARGEST_HEAD} is the most`)
  return [batch, tokens, heads, keyHeads, headDim]
}

/** Keys or values that are kept: [B, keyHeads, capacity, headDim]. */
type CacheSizes = AttentionSizes & { capacity: number }

/** x [B·T, keyHeads·headDim] goes into the cache behind as many keys as `held`, the address of a 32-bit integer, says. */
export const appendKeys = (
  { cache, x, held }: Record<'cache' | 'x' | 'held', Address>,
  { batch, tokens, keyHeads, headDim, capacity }: CacheSizes,
): KernelCall => ({
  kernel: 'appendKeys',
  units: batch * tokens,
  args: [cache, x, held, tokens, keyHeads, headDim, capacity],
})

type CacheInputs = Record<'out' | 'q' | 'keys' | 'values' | 'held' | 'padding', Address>

/** out [B·T, heads·headDim] from q of T new tokens a row, whose keys and values appendKeys has put behind the `held` before them. */
export function attentionOverCache({ out, q, keys, values, held, padding }: CacheInputs, sizes: CacheSizes): KernelCall {
  const [batch = 0, ...others] = sizesOf(sizes)
  return {
    kernel: 'attentionOverCache',
    units: batch * sizes.keyHeads,
    args: [out, q, keys, values, held, ...others, sizes.capacity, padding, sizes.window],
  }
}

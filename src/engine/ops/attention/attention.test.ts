// Attention and its keys in the op table.

import type { AttentionShape, AttentionView } from '../../ops.ts'
import { eagerTable, type OpCase, opTable } from '../../opTable/opTable.ts'
import { appended, attention } from './definition.ts'

type Seen = { queries: number; keys?: number; paddedKeys?: readonly number[]; slidingWindow?: number; begins?: readonly number[] }

/** Keys and values as a cache holds them. */
const overHeld = (name: string, shape: AttentionShape, seen: Seen): OpCase => {
  const { batch, heads, keyHeads, headDim } = shape
  const { queries, keys = queries, paddedKeys = null, slidingWindow = null } = seen
  const view: AttentionView = { batch, queries, keys, paddedKeys, slidingWindow }
  const held = [batch, keyHeads, keys, headDim]
  return {
    name: `${name}, ${batch} × ${queries} of ${keys} keys, ${heads}/${keyHeads} heads of ${headDim}`,
    inputs: { q: [batch * queries, heads * headDim], k: held, v: held },
    apply: (ops, input, integers) => {
      const padding = paddedKeys && integers(paddedKeys)
      const mask = ops.attentionMask({ batch, queries, keys, slidingWindow, paddedKeys: padding })
      return ops.attention(input('q'), input('k'), input('v'), mask, shape)
    },
    definition: (input) => attention(input('q'), input('k'), input('v'), shape, view),
  }
}

/** Over a sequence from its beginning, as a model does it: keys and values by token. */
const rows = (name: string, shape: AttentionShape, seen: Omit<Seen, 'keys'>): OpCase => {
  const { batch, heads, keyHeads, headDim } = shape
  const { queries, paddedKeys = null, slidingWindow = null, begins } = seen
  const own = { batch, queries, keys: queries, slidingWindow }
  const view: AttentionView = { ...own, paddedKeys, ...(begins && { begins }) }
  const fresh = [batch * queries, keyHeads * headDim]
  return {
    name: `${name}, ${batch} × ${queries}, ${heads}/${keyHeads} heads of ${headDim}`,
    inputs: { q: [batch * queries, heads * headDim], k: fresh, v: fresh },
    apply: (ops, input, integers) => {
      const padding = { paddedKeys: paddedKeys && integers(paddedKeys) }
      const mask = ops.attentionMask({ ...own, ...padding, ...(begins && { begins: integers(begins) }) })
      const [keys, values] = [ops.appendKeys(null, input('k'), shape), ops.appendKeys(null, input('v'), shape)]
      return ops.attention(input('q'), keys, values, mask, shape)
    },
    definition: (input) => attention(input('q'), appended([], input('k'), shape), appended([], input('v'), shape), shape, view),
  }
}

const heads = (batch: number, count: number, keyHeads: number, headDim: number): AttentionShape => ({
  batch,
  heads: count,
  keyHeads,
  headDim,
})

/** The first key of each query of a row that holds texts of these lengths. */
const packed = (...lengths: readonly number[]): number[] =>
  lengths.flatMap((length, at) => Array<number>(length).fill(lengths.slice(0, at).reduce((sum, each) => sum + each, 0)))

opTable('attention', [
  rows('the smallest', heads(1, 1, 1, 1), { queries: 1 }),
  rows('one head a key head', heads(2, 3, 3, 4), { queries: 5 }),
  rows('two heads a key head', heads(1, 4, 2, 6), { queries: 7 }),
  rows('three heads a key head', heads(2, 3, 1, 10), { queries: 3 }),
  rows('one past a power of two', heads(1, 2, 1, 8), { queries: 17 }),
  rows('matrices large enough for the fast product of wasm', heads(1, 4, 2, 16), { queries: 17 }),
  rows('padding on the left', heads(3, 2, 1, 6), { queries: 5, paddedKeys: [0, 2, 4] }),
  rows('a sliding window', heads(1, 2, 2, 4), { queries: 9, slidingWindow: 3 }),
  rows('a window of one', heads(1, 1, 1, 4), { queries: 4, slidingWindow: 1 }),
  rows('a window and padding', heads(2, 2, 1, 4), { queries: 6, paddedKeys: [1, 0], slidingWindow: 4 }),
  rows('heads of 33', heads(1, 2, 1, 33), { queries: 5 }),
  rows('heads of 3, a block and one token more', heads(2, 1, 1, 3), { queries: 33, paddedKeys: [0, 7], slidingWindow: 9 }),
  rows('two texts in a row', heads(1, 2, 1, 4), { queries: 7, begins: packed(4, 3) }),
  rows('rows of several texts, a block and more', heads(2, 3, 1, 5), {
    queries: 70,
    begins: [...packed(1, 66, 3), ...packed(35, 35)],
  }),
  rows('several texts and a window', heads(1, 2, 2, 4), { queries: 40, begins: packed(13, 20, 7), slidingWindow: 9 }),
  rows('padding that leaves one token', heads(2, 3, 1, 7), { queries: 3, paddedKeys: [2, 1] }),
])

// A plan's caches are states that a kernel writes: cache.test.ts.
eagerTable('attention', [
  overHeld('a decode step', heads(3, 6, 2, 6), { queries: 1, keys: 7, paddedKeys: [0, 3, 5] }),
  overHeld('a few new tokens behind held ones', heads(2, 2, 1, 4), { queries: 3, keys: 8 }),
])

const keysCase = (name: string, shape: AttentionShape, keys: number, tokens: number): OpCase => {
  const { batch, keyHeads, headDim } = shape
  const x = [batch * tokens, keyHeads * headDim]
  const held = [batch, keyHeads, keys, headDim]
  return {
    name: `${name}, ${tokens} behind ${keys}`,
    inputs: keys === 0 ? { x } : { held, x },
    apply: (ops, input) => ops.appendKeys(keys === 0 ? null : input('held'), input('x'), shape),
    definition: (input) => appended(keys === 0 ? [] : input('held'), input('x'), shape),
  }
}

eagerTable('appendKeys', [
  keysCase('the first tokens', heads(2, 3, 3, 6), 0, 5),
  keysCase('a single token', heads(3, 2, 1, 10), 4, 1),
  keysCase('several tokens', heads(2, 4, 2, 5), 3, 2),
  keysCase('the smallest', heads(1, 1, 1, 1), 1, 1),
])

// Attention over a cache in the kernel table: one new token and several, heads that share keys, padding, a window, more lanes than a block;
// what lies behind the keys that are used is NaN.

import type { AttentionShape, AttentionView } from '../../ops.ts'
import { type Rows, range } from '../../opTable/float64.ts'
import { type KernelCase, kernelTable } from '../../targets/cpu/kernelTable.ts'
import { appendKeys, attentionOverCache } from './calls.ts'
import { attention } from './definition.ts'

type Seen = { held: number; tokens: number; capacity: number; paddedKeys?: readonly number[]; window?: number }

const heads = (batch: number, count: number, keyHeads: number, headDim: number): AttentionShape => ({
  batch,
  heads: count,
  keyHeads,
  headDim,
})

/** Numbers for the first `used` keys of each head, NaN behind them. */
const cacheOf = ({ batch, keyHeads, headDim }: AttentionShape, capacity: number, used: number, seed: number): number[] =>
  range(batch * keyHeads * capacity * headDim).map((at) =>
    Math.floor(at / headDim) % capacity < used ? Math.sin((at + 1) * seed) : Number.NaN,
  )

const over = (name: string, shape: AttentionShape, seen: Seen): KernelCase => {
  const { batch, keyHeads, headDim } = shape
  const { held, tokens, capacity, paddedKeys, window = 0 } = seen
  const keys = held + tokens
  const sizes = { ...shape, tokens, window, capacity }
  const view: AttentionView = {
    batch,
    queries: tokens,
    keys,
    paddedKeys: paddedKeys ?? null,
    slidingWindow: window === 0 ? null : window,
  }
  const used = (rows: Rows) => rows.filter((_, at) => at % capacity < keys)
  const q = [batch * tokens, shape.heads * headDim]
  const kept = [batch, keyHeads, capacity, headDim]
  return {
    name: `${name}, ${batch} × ${tokens} behind ${held}, ${shape.heads}/${keyHeads} heads of ${headDim}`,
    inputs: { q, keys: kept, values: kept },
    given: { keys: cacheOf(shape, capacity, keys, 0.7), values: cacheOf(shape, capacity, keys, 1.3) },
    integers: { held: [held], ...(paddedKeys ? { padding: paddedKeys } : {}) },
    outputs: { out: q },
    calls: (at) => {
      const inputs = { q: at('q'), keys: at('keys'), values: at('values'), held: at('held') }
      return [attentionOverCache({ out: at('out'), ...inputs, padding: paddedKeys ? at('padding') : 0 }, sizes)]
    },
    want: (input) => ({ out: attention(input('q'), used(input('keys')), used(input('values')), shape, view) }),
  }
}

kernelTable('attention over a cache', [
  over('the first token', heads(1, 1, 1, 2), { held: 0, tokens: 1, capacity: 1 }),
  over('one token', heads(2, 3, 3, 6), { held: 9, tokens: 1, capacity: 16 }),
  over('seven heads a key head', heads(1, 14, 2, 10), { held: 70, tokens: 1, capacity: 77 }),
  over('several tokens', heads(2, 4, 2, 8), { held: 5, tokens: 7, capacity: 12 }),
  over('more lanes than a block', heads(1, 3, 1, 4), { held: 100, tokens: 17, capacity: 130 }),
  over('more heads than a block', heads(1, 35, 1, 2), { held: 3, tokens: 2, capacity: 5 }),
  over('padding', heads(3, 2, 1, 6), { held: 80, tokens: 1, capacity: 81, paddedKeys: [0, 70, 12] }),
  over('a window', heads(1, 4, 2, 22), { held: 150, tokens: 3, capacity: 160, window: 65 }),
])

const append = (name: string, shape: AttentionShape, held: number, tokens: number, capacity: number): KernelCase => {
  const { batch, keyHeads, headDim } = shape
  return {
    name: `${name}, ${tokens} behind ${held} of ${capacity}`,
    inputs: { cache: [batch, keyHeads, capacity, headDim], x: [batch * tokens, keyHeads * headDim] },
    integers: { held: [held] },
    calls: (at) => [appendKeys({ cache: at('cache'), x: at('x'), held: at('held') }, { ...shape, tokens, window: 0, capacity })],
    want: (input) => ({
      cache: input('cache').map((before, at) => {
        const [row, head, token] = [
          Math.floor(at / capacity / keyHeads),
          Math.floor(at / capacity) % keyHeads,
          (at % capacity) - held,
        ]
        const fresh = input('x')[row * tokens + token]?.slice(head * headDim, (head + 1) * headDim)
        return token >= 0 && token < tokens && fresh ? fresh : before
      }),
    }),
  }
}

kernelTable('keys appended', [
  append('the smallest', heads(1, 1, 1, 2), 0, 1, 1),
  append('odd heads', heads(2, 3, 3, 6), 3, 2, 7),
  append('to the end', heads(3, 2, 2, 10), 4, 1, 5),
])

// Attention's CPU kernels in the kernel table: heads that share keys, heads of any even size, padding and windows, more queries and keys than a block.

import type { AttentionShape, AttentionView } from '../../ops.ts'
import type { Rows } from '../../opTable/float64.ts'
import { type KernelCase, kernelTable } from '../../targets/cpu/kernelTable.ts'
import { type AttentionSizes, attention, attentionBackward, attentionParts } from './calls.ts'
import { appended, attentionGradients, byToken, attention as definition, logSumExp } from './definition.ts'

type Seen = { tokens: number; paddedKeys?: readonly number[]; window?: number; begins?: readonly number[] }

const viewOf = (batch: number, { tokens, paddedKeys, window, begins }: Seen): AttentionView => ({
  batch,
  queries: tokens,
  keys: tokens,
  paddedKeys: paddedKeys ?? null,
  slidingWindow: window ?? null,
  ...(begins && { begins }),
})

const integersOf = ({ paddedKeys, begins }: Seen) => ({
  integers: { ...(paddedKeys && { padding: paddedKeys }), ...(begins && { begins }) },
})

const forward = (name: string, shape: AttentionShape, seen: Seen): KernelCase => {
  const { batch, heads, keyHeads, headDim } = shape
  const { tokens, paddedKeys, window = 0, begins } = seen
  const sizes: AttentionSizes = { ...shape, tokens, window }
  const view = viewOf(batch, seen)
  const kept = [batch * tokens, keyHeads * headDim]
  const byHead = (x: Rows) => appended([], x, shape)
  return {
    name: `${name}, ${batch} × ${tokens}, ${heads}/${keyHeads} heads of ${headDim}`,
    inputs: { q: [batch * tokens, heads * headDim], k: kept, v: kept },
    ...integersOf(seen),
    outputs: { out: [batch * tokens, heads * headDim], logSumExp: [batch * heads, tokens] },
    calls: (at) => {
      const optional = { padding: paddedKeys ? at('padding') : 0, begins: begins ? at('begins') : 0 }
      const inputs = { q: at('q'), k: at('k'), v: at('v'), ...optional }
      return [attention({ out: at('out'), logSumExp: at('logSumExp'), ...inputs }, sizes)]
    },
    want: (input) => ({
      out: definition(input('q'), byHead(input('k')), byHead(input('v')), shape, view),
      logSumExp: logSumExp(input('q'), byHead(input('k')), shape, view),
    }),
  }
}

const backward = (name: string, shape: AttentionShape, seen: Seen): KernelCase => {
  const { batch, heads, keyHeads, headDim } = shape
  const { tokens, paddedKeys, window = 0, begins } = seen
  const sizes: AttentionSizes = { ...shape, tokens, window }
  const view = viewOf(batch, seen)
  const wide = [batch * tokens, heads * headDim]
  const kept = [batch * tokens, keyHeads * headDim]
  const byHead = (x: Rows) => appended([], x, shape)
  return {
    name: `gradients: ${name}, ${batch} × ${tokens}, ${heads}/${keyHeads} heads of ${headDim}`,
    inputs: { q: wide, k: kept, v: kept, dOut: wide },
    ...integersOf(seen),
    outputs: {
      out: wide,
      logSumExp: [batch * heads, tokens],
      dq: wide,
      dk: kept,
      dv: kept,
      parts: [attentionParts(sizes)],
    },
    calls: (at) => {
      const optional = { padding: paddedKeys ? at('padding') : 0, begins: begins ? at('begins') : 0 }
      const inputs = { q: at('q'), k: at('k'), v: at('v'), ...optional }
      const forwards = { out: at('out'), logSumExp: at('logSumExp') }
      const gradients = { dq: at('dq'), dk: at('dk'), dv: at('dv'), dOut: at('dOut'), parts: at('parts') }
      return [attention({ ...inputs, ...forwards }, sizes), ...attentionBackward({ ...inputs, ...forwards, ...gradients }, sizes)]
    },
    // Differences cost the whole definition twice an element.
    ...(tokens <= 20
      ? {
          gradients: {
            definition: (input) => definition(input('q'), byHead(input('k')), byHead(input('v')), shape, view),
            cotangent: 'dOut',
            of: { dq: 'q', dk: 'k', dv: 'v' },
          },
        }
      : {
          want: (input) => {
            const tensors = { q: input('q'), k: byHead(input('k')), v: byHead(input('v')), dOut: input('dOut') }
            const { dq, dk, dv } = attentionGradients(tensors, shape, view)
            return { dq, dk: byToken(dk, shape), dv: byToken(dv, shape) }
          },
        }),
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

type Table = (row: typeof forward) => KernelCase[]
const table: Table = (row) => [
  row('the smallest', heads(1, 1, 1, 2), { tokens: 1 }),
  row('one head a key head', heads(2, 3, 3, 4), { tokens: 5 }),
  row('three heads a key head', heads(2, 3, 1, 10), { tokens: 17 }),
  row('a head of more than a panel', heads(1, 2, 1, 22), { tokens: 33 }),
  row('padding and a window in one block', heads(2, 2, 1, 4), { tokens: 19, paddedKeys: [7, 0], window: 5 }),
  row('several blocks of keys', heads(1, 2, 1, 8), { tokens: 150 }),
  row('padding on the left', heads(3, 2, 1, 6), { tokens: 40, paddedKeys: [0, 5, 39] }),
  row('padding over blocks', heads(2, 1, 1, 4), { tokens: 140, paddedKeys: [70, 33] }),
  row('a window of one', heads(1, 1, 1, 4), { tokens: 37, window: 1 }),
  row('a window within a block', heads(1, 2, 2, 4), { tokens: 70, window: 9 }),
  row('a window over blocks', heads(1, 2, 1, 6), { tokens: 200, window: 67 }),
  row('two texts in a row', heads(1, 2, 1, 4), { tokens: 9, begins: packed(5, 4) }),
  row('many short texts', heads(2, 3, 1, 6), { tokens: 50, begins: [...packed(7, 7, 7, 7, 7, 7, 8), ...packed(1, 1, 48)] }),
  row('a text behind a long one', heads(1, 2, 1, 8), { tokens: 190, begins: packed(165, 25) }),
  row('texts that begin within a block, far from its first keys', heads(2, 1, 1, 6), {
    tokens: 240,
    begins: [...packed(100, 130, 10), ...packed(201, 2, 2, 35)],
  }),
  row('texts and a window over blocks', heads(1, 2, 1, 4), { tokens: 200, begins: packed(90, 75, 35), window: 67 }),
  row('a window and padding', heads(2, 2, 1, 4), { tokens: 90, paddedKeys: [40, 0], window: 20 }),
]

kernelTable('attention', table(forward))
kernelTable('attention', table(backward))

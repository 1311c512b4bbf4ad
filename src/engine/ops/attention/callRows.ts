// Attention's rows of the call table: forward and backward together, and writing over a cache that the row itself has appended to.

import type { AttentionSizes, CacheSizes } from '../../plan/calls.ts'
import type { CallRow } from '../../targets/callRow.ts'

type View = {
  heads: readonly [number, number]
  headDim: number
  window?: number
  padding?: readonly number[]
  /** How long the texts of each row are. */
  texts?: readonly (readonly number[])[]
}

const viewName = ({ heads, headDim, window, padding, texts }: View) =>
  [
    `${heads.join('/')} × ${headDim}`,
    ...(window ? [`a window of ${window}`] : []),
    ...(padding ? [`padded by ${padding.join(' ')}`] : []),
    ...(texts ? [`texts of ${texts.map((lengths) => lengths.join(' ')).join(' | ')}`] : []),
  ].join(', ')

/** The first key of each query of a row that holds texts of these lengths. */
const packed = (lengths: readonly number[]): number[] =>
  lengths.flatMap((length, at) => Array<number>(length).fill(lengths.slice(0, at).reduce((sum, each) => sum + each, 0)))

/** A sequence from its beginning, [batch, tokens]. The gradients are those of what the same row has attended to. */
function trained([batch, tokens]: readonly [number, number], view: View): CallRow & { headDim: number } {
  const [heads, keyHeads] = view.heads
  const { headDim, window = 0 } = view
  const numbers: AttentionSizes = { batch, tokens, heads, keyHeads, headDim, window }
  return {
    headDim,
    name: `attention, ${batch} × ${tokens}, ${viewName(view)}`,
    calls: ({ state, feed }) => {
      const [wide, narrow] = [
        [batch * tokens, heads * headDim],
        [batch * tokens, keyHeads * headDim],
      ]
      const padding = view.padding ? { padding: feed(view.padding) } : {}
      const begins = view.texts ? { begins: feed(view.texts.flatMap(packed)) } : {}
      const inputs = { q: state(wide), k: state(narrow), v: state(narrow), ...padding, ...begins }
      const outputs = { out: state(wide), logSumExp: state([batch, heads, tokens]) }
      const gradients = { dq: state(wide), dk: state(narrow), dv: state(narrow) }
      return [
        { kernel: 'attention', reads: inputs, writes: outputs, numbers },
        { kernel: 'attentionBackward', reads: { ...inputs, ...outputs, dOut: state(wide) }, writes: gradients, numbers },
      ]
    },
    // Sums of many products.
    tolerance: 2e-5,
  }
}

/** So many new tokens behind `held` of `capacity`. */
function written(
  batch: number,
  { held, tokens, capacity }: { held: number; tokens: number; capacity: number },
  view: View,
): CallRow & { headDim: number } {
  const [heads, keyHeads] = view.heads
  const { headDim, window = 0 } = view
  const numbers: CacheSizes = { batch, tokens, heads, keyHeads, headDim, window, capacity }
  return {
    headDim,
    name: `keys appended and attended to, ${batch} × ${tokens} behind ${held} of ${capacity}, ${viewName(view)}`,
    calls: ({ state, feed }) => {
      const cacheShape = [batch, keyHeads, capacity, headDim]
      const [wide, narrow] = [
        [batch * tokens, heads * headDim],
        [batch * tokens, keyHeads * headDim],
      ]
      const before = feed([held])
      const padding = view.padding ? { padding: feed(view.padding) } : {}
      const [keys, values] = [state(cacheShape), state(cacheShape)]
      const attended = { q: state(wide), keys, values, held: before, ...padding }
      return [
        { kernel: 'appendKeys', reads: { x: state(narrow), held: before }, writes: { cache: keys }, numbers },
        { kernel: 'appendKeys', reads: { x: state(narrow), held: before }, writes: { cache: values }, numbers },
        { kernel: 'attentionOverCache', reads: attended, writes: { out: state(wide) }, numbers },
      ]
    },
    tolerance: 2e-5,
  }
}

const rows: readonly (CallRow & { headDim: number })[] = [
  trained([1, 1], { heads: [1, 1], headDim: 4 }),
  trained([2, 3], { heads: [4, 2], headDim: 8 }),
  trained([1, 37], { heads: [6, 2], headDim: 32 }),
  trained([1, 65], { heads: [3, 1], headDim: 64 }),
  trained([1, 129], { heads: [14, 2], headDim: 8 }),
  trained([1, 70], { heads: [2, 1], headDim: 80 }),
  trained([1, 33], { heads: [2, 2], headDim: 96 }),
  trained([2, 17], { heads: [4, 1], headDim: 128 }),
  trained([1, 19], { heads: [2, 1], headDim: 256 }),
  trained([1, 9], { heads: [1, 1], headDim: 512 }),
  trained([2, 5], { heads: [2, 1], headDim: 1 }),
  trained([2, 35], { heads: [3, 1], headDim: 37 }),
  trained([1, 65], { heads: [4, 2], headDim: 16, window: 1 }),
  trained([2, 65], { heads: [2, 1], headDim: 16, window: 7 }),
  trained([1, 129], { heads: [3, 3], headDim: 22, window: 40 }),
  trained([1, 37], { heads: [2, 1], headDim: 8, window: 100 }),
  trained([4, 37], { heads: [4, 2], headDim: 8, padding: [0, 5, 36, 37] }),
  trained([3, 70], { heads: [2, 1], headDim: 6, window: 9, padding: [0, 40, 3] }),
  trained([1, 9], { heads: [2, 1], headDim: 4, texts: [[5, 4]] }),
  trained([3, 37], { heads: [3, 3], headDim: 8, texts: [[37], [1, 1, 35], [7, 7, 7, 7, 9]] }),
  trained([1, 200], { heads: [4, 2], headDim: 16, texts: [[65, 1, 33, 71, 30]] }),
  trained([2, 241], {
    heads: [6, 2],
    headDim: 6,
    texts: [
      [100, 131, 10],
      [203, 2, 1, 35],
    ],
  }),
  trained([2, 97], { heads: [14, 2], headDim: 64, texts: [[49, 48], [97]] }),
  trained([9, 33], { heads: [2, 2], headDim: 8, texts: Array.from({ length: 9 }, (_, at) => [2 + at, 31 - at]) }),
  trained([2, 129], {
    heads: [4, 2],
    headDim: 16,
    window: 20,
    texts: [
      [90, 3, 36],
      [11, 118],
    ],
  }),
  trained([1, 70], { heads: [2, 1], headDim: 96, window: 1, texts: [[35, 35]] }),
  trained([1, 40], { heads: [2, 1], headDim: 128, texts: [[17, ...Array<number>(23).fill(1)]] }),
  written(1, { held: 0, tokens: 1, capacity: 1 }, { heads: [1, 1], headDim: 2 }),
  written(2, { held: 3, tokens: 2, capacity: 7 }, { heads: [3, 3], headDim: 6 }),
  written(1, { held: 0, tokens: 67, capacity: 70 }, { heads: [4, 2], headDim: 8 }),
  written(28, { held: 40, tokens: 1, capacity: 48 }, { heads: [6, 2], headDim: 32 }),
  written(1, { held: 300, tokens: 1, capacity: 301 }, { heads: [14, 2], headDim: 64 }),
  written(2, { held: 200, tokens: 1, capacity: 210 }, { heads: [3, 1], headDim: 37, padding: [0, 150] }),
  written(1, { held: 150, tokens: 3, capacity: 160 }, { heads: [4, 2], headDim: 22, window: 65 }),
  written(2, { held: 170, tokens: 1, capacity: 190 }, { heads: [4, 1], headDim: 128, window: 20, padding: [160, 3] }),
  written(3, { held: 0, tokens: 37, capacity: 64 }, { heads: [4, 2], headDim: 8, padding: [0, 5, 36] }),
  written(2, { held: 5, tokens: 4, capacity: 12 }, { heads: [2, 2], headDim: 16, padding: [7, 9] }),
]

export const attentionRows: readonly CallRow[] = rows

/**
 * The rows for kernels with workgroup memory, which a software adapter leaves unused: with what most devices have, and with so little that
 * tiles are small. Larger heads are left out, because such an adapter takes seconds to compile a kernel.
 */
export const workgroupRows: readonly { bytes: number; rows: readonly CallRow[] }[] = [
  { bytes: 32_768, rows: rows.filter(({ headDim }) => headDim <= 64) },
  { bytes: 8256, rows: rows.filter(({ headDim }) => headDim <= 16) },
]

// The rotary embedding's rows of the call table.

import type { CallRow } from '../../targets/callRow.ts'

const sizes = [
  { tokens: 1, heads: 1, headDim: 2 },
  { tokens: 3, heads: 2, headDim: 6 },
  { tokens: 67, heads: 3, headDim: 64 },
  { tokens: 37, heads: 14, headDim: 128 },
]

export const rotaryRows: readonly CallRow[] = sizes.flatMap(({ tokens, heads, headDim }) =>
  [false, true].map(
    (back): CallRow => ({
      name: `rotary${back ? ' back' : ''}, ${tokens} × ${heads} × ${headDim}`,
      calls: ({ state }) => {
        const shape = [tokens, heads * headDim]
        const angles = [tokens, headDim / 2]
        const reads = { x: state(shape), cos: state(angles), sin: state(angles) }
        return [{ kernel: 'rotary', reads, writes: { out: state(shape) }, numbers: { tokens, heads, headDim, back } }]
      },
    }),
  ),
)

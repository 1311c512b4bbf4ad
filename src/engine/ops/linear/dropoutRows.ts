// Dropout's rows of the call table.

import { type CallRow, oddSizes } from '../../targets/callRow.ts'

export const dropoutRows: readonly CallRow[] = oddSizes.flatMap((size) =>
  [0.1, 0.5].map(
    (rate): CallRow => ({
      name: `dropout of ${rate}, ${size}`,
      scalars: { seed: 4_000_000_007 },
      calls: ({ state }) => [
        {
          kernel: 'dropout',
          reads: { x: state([size]) },
          writes: { out: state([size]) },
          numbers: { size, rate, seed: { scalar: 'seed' }, part: 'layers.1.q_proj' },
        },
      ],
    }),
  ),
)

// SwiGLU's rows of the call table.

import { type CallRow, oddSizes } from '../../targets/callRow.ts'

export const swiGluRows: readonly CallRow[] = oddSizes.flatMap((size): CallRow[] => [
  {
    name: `swiGlu, ${size}`,
    calls: ({ state }) => [
      { kernel: 'swiGlu', reads: { gate: state([size]), up: state([size]) }, writes: { out: state([size]) }, numbers: { size } },
    ],
  },
  {
    name: `swiGluBackward, ${size}`,
    calls: ({ state }) => [
      {
        kernel: 'swiGluBackward',
        reads: { gate: state([size]), up: state([size]), dOut: state([size]) },
        writes: { dGate: state([size]), dUp: state([size]) },
        numbers: { size },
      },
    ],
  },
])

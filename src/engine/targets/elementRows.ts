// Rows of the call table: sums and copies.

import { type CallRow, oddSizes } from './callRow.ts'

export const elementRows: readonly CallRow[] = oddSizes.flatMap((size): CallRow[] => [
  {
    name: `add, ${size}`,
    inParts: true,
    calls: ({ state }) => [
      { kernel: 'add', reads: { a: state([size]), b: state([size]) }, writes: { out: state([size]) }, numbers: { size } },
    ],
  },
  {
    name: `add in the place of either, ${size}`,
    inParts: true,
    calls: ({ state }) => {
      const [a, b] = [state([size]), state([size])]
      return [
        { kernel: 'add', reads: { a, b }, writes: { out: a }, numbers: { size } },
        { kernel: 'add', reads: { a, b }, writes: { out: b }, numbers: { size } },
      ]
    },
  },
  {
    name: `copy, ${size}`,
    inParts: true,
    calls: ({ state }) => [{ kernel: 'copy', reads: { x: state([size]) }, writes: { out: state([size]) }, numbers: { size } }],
  },
])

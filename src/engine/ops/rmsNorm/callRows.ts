// RMSNorm's rows of the call table.

import type { CallRow } from '../../targets/callRow.ts'

const sizes = [
  { rows: 1, width: 1 },
  { rows: 3, width: 37 },
  { rows: 67, width: 65 },
  { rows: 2, width: 4097 },
  { rows: 67, width: 896 },
  { rows: 2, width: 8192 },
  { rows: 700, width: 64 },
  { rows: 129, width: 3 },
]

export const rmsNormRows: readonly CallRow[] = sizes.flatMap(({ rows, width }) => [
  {
    name: `rmsNorm, ${rows} × ${width}`,
    calls: ({ state }) => [
      {
        kernel: 'rmsNorm',
        reads: { x: state([rows, width]), weight: state([width]) },
        writes: { out: state([rows, width]), inverseRms: state([rows]) },
        numbers: { rows, width, eps: 1e-6 },
      },
    ],
  },
  ...[false, true].map((accumulate): CallRow => {
    const added = accumulate ? ' to what is there' : ''
    return {
      name: `rmsNormBackward and rmsNormWeightGradient${added}, ${rows} × ${width}`,
      calls: ({ state }) => {
        const [x, inverseRms, dOut] = [state([rows, width]), state([rows]), state([rows, width])]
        const numbers = { rows, width, accumulate }
        return [
          {
            kernel: 'rmsNormBackward',
            reads: { x, weight: state([width]), inverseRms, dOut },
            writes: { dx: state([rows, width]) },
            numbers,
          },
          { kernel: 'rmsNormWeightGradient', reads: { x, inverseRms, dOut }, writes: { dWeight: state([width]) }, numbers },
        ]
      },
    }
  }),
])

// Rows of the call table: sums of all numbers, of rows, and of squares.

import { type CallRow, oddSizes } from './callRow.ts'

const totals = oddSizes.map(
  (size): CallRow => ({
    name: `total, ${size}`,
    scalars: { factor: 0.37 },
    calls: ({ state }) => [
      {
        kernel: 'total',
        reads: { x: state([size]) },
        writes: { out: state([1]) },
        numbers: { size, factor: { scalar: 'factor' } },
      },
    ],
  }),
)

const sizes = [
  { rows: 1, width: 1 },
  { rows: 2, width: 896 },
  { rows: 67, width: 37 },
  { rows: 129, width: 4097 },
  { rows: 700, width: 64 },
]

const sumsOfRows = sizes.flatMap(({ rows, width }) =>
  [false, true].map(
    (accumulate): CallRow => ({
      name: `sumRows${accumulate ? ' to what is there' : ''}, ${rows} × ${width}`,
      calls: ({ state }) => [
        {
          kernel: 'sumRows',
          reads: { x: state([rows, width]) },
          writes: { out: state([width]) },
          numbers: { rows, width, accumulate },
        },
      ],
    }),
  ),
)

/** Those of 200 rows and more are held in parts where a binding is small. */
const shapes = [[1], [3, 1], [65, 37], [200, 37], [700, 3], [1000, 64], [70_001]]

const norms = shapes.flatMap((shape) =>
  [0, 0.5, 1e9].map(
    (maxNorm): CallRow => ({
      name: `sumOfSquares and clip to ${maxNorm || 'nothing'}, ${shape.join(' × ')}`,
      scalars: { maxNorm },
      inParts: shape.length > 1,
      calls: ({ state, scratch, partialSums }) => {
        const size = shape.reduce((product, length) => product * length, 1)
        const count = partialSums(size)
        const partials = scratch([count])
        return [
          { kernel: 'sumOfSquares', reads: { x: state(shape) }, writes: { partials }, numbers: { size } },
          {
            kernel: 'clip',
            reads: { partials },
            writes: { norm: state([1]), factor: state([1]) },
            numbers: { count, maxNorm: { scalar: 'maxNorm' } },
          },
        ]
      },
    }),
  ),
)

export const sumsRows: readonly CallRow[] = [...totals, ...sumsOfRows, ...norms]

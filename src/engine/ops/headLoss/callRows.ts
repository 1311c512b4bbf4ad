// Cross-entropy's rows of the call table. Logits reach far apart, so that what is summed before a larger one is met must be scaled.

import { range } from '../../opTable/float64.ts'
import type { CallRow } from '../../targets/callRow.ts'

const sizes = [
  { rows: 1, vocabulary: 1 },
  { rows: 2, vocabulary: 3 },
  { rows: 67, vocabulary: 37 },
  { rows: 67, vocabulary: 1000 },
  { rows: 3, vocabulary: 4097 },
  { rows: 3, vocabulary: 50_257 },
  { rows: 2, vocabulary: 151_936 },
]

export const headLossRows: readonly CallRow[] = sizes.flatMap(({ rows, vocabulary }) =>
  [1, 20].map(
    (magnitude): CallRow => ({
      name: `crossEntropy, ${rows} × ${vocabulary}, logits of up to ${1.5 * magnitude}`,
      scalars: { factor: 0.37 },
      calls: ({ state, feed }) => {
        const logits = state([rows, vocabulary], 'f32', magnitude)
        // The last token, and every third row none.
        const targets = feed(range(rows).map((row) => (row % 3 === 1 ? -1 : (vocabulary - 1 + 11 * row) % vocabulary)))
        const writes = { dLogits: logits, losses: state([rows]) }
        return [
          {
            kernel: 'crossEntropy',
            reads: { logits, targets },
            writes,
            numbers: { rows, vocabulary, factor: { scalar: 'factor' } },
          },
        ]
      },
    }),
  ),
)

// Rows of the call table: rows by their number. Tables of 200 rows and more are held in parts where a binding is small.

import { range } from '../../opTable/float64.ts'
import type { CallRow } from '../../targets/callRow.ts'

type Sizes = { rows: number; width: number; height: number }

const sizes: readonly Sizes[] = [
  { rows: 1, width: 1, height: 1 },
  { rows: 2, width: 3, height: 700 },
  { rows: 25, width: 37, height: 200 },
  { rows: 16, width: 64, height: 200 },
]

/** Bound whole, they have more than a small binding holds. */
const largeSizes: readonly Sizes[] = [
  { rows: 67, width: 896, height: 31 },
  { rows: 700, width: 65, height: 5 },
  { rows: 65, width: 4097, height: 31 },
]

/** Far apart in the table, some met often. */
const idsOf = ({ rows, height }: Sizes) => range(rows).map((row) => (((row * row) % 7) * 61) % height)

const gatherRow = (size: Sizes, dtype: 'f32' | 'bf16', inParts: boolean): CallRow => ({
  name: `gather ${dtype}, ${size.rows} of ${size.height} × ${size.width}`,
  inParts,
  calls: ({ state, feed }) => {
    const { rows, width, height } = size
    const reads = { table: state([height, width], dtype), ids: feed(idsOf(size)) }
    return [{ kernel: 'gather', reads, writes: { out: state([rows, width]) }, numbers: { rows, width } }]
  },
})

const scatterRow = (size: Sizes, accumulate: boolean, skips: boolean, inParts: boolean): CallRow => ({
  name: `scatterAdd${accumulate ? ' to what is there' : ''}${skips ? ' but to one' : ''}, ${size.rows} to ${size.height} × ${size.width}`,
  inParts,
  calls: ({ state, feed }) => {
    const { rows, width, height } = size
    const ids = idsOf(size)
    const reads = { x: state([rows, width]), ids: feed(ids) }
    const numbers = { ...size, skip: skips ? (ids[0] ?? 0) : -1, accumulate }
    return [{ kernel: 'scatterAdd', reads, writes: { into: state([height, width]) }, numbers }]
  },
})

const rowsOf = (size: Sizes, inParts: boolean): CallRow[] => [
  gatherRow(size, 'f32', inParts),
  gatherRow(size, 'bf16', inParts),
  scatterRow(size, false, false, inParts),
  scatterRow(size, true, true, inParts),
]

export const embeddingRows: readonly CallRow[] = [
  ...sizes.flatMap((size) => rowsOf(size, true)),
  ...largeSizes.flatMap((size) => rowsOf(size, false)),
]

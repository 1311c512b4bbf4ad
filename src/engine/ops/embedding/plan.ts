// Rows by their number in a plan: gathered forward, and backward scattered into the table's gradient, rows met twice summed.

import type { Builder } from '../../plan/builder.ts'
import type { Value } from '../../plan/values.ts'

/** weight [V, hidden], ids [N] → [N, hidden]. The row `paddingIndex` gets no gradient. */
export function embedding(build: Builder, weight: Value, ids: Value, paddingIndex: number | null): Value {
  return gathered(build, 'embedded', weight, ids, paddingIndex ?? -1)
}

/** x [N, hidden], indices [M] → [M, hidden]. */
export function takeRows(build: Builder, x: Value, indices: Value): Value {
  return gathered(build, 'taken', x, indices, -1)
}

function gathered(build: Builder, name: string, table: Value, ids: Value, skip: number): Value {
  const [height = 0, width = 0] = table.shape
  const [rows = 0] = ids.shape
  const out = build.scratch(name, [rows, width])
  build.call({ kernel: 'gather', reads: { table, ids }, writes: { out }, numbers: { rows, width } })
  build.onBackward(out, [table], (dOut) => {
    const place = build.gradientOf(table)
    if (place)
      build.call({
        kernel: 'scatterAdd',
        reads: { x: dOut, ids },
        writes: { into: place.into },
        numbers: { rows, width, height, skip, accumulate: place.accumulate },
      })
  })
  return out
}

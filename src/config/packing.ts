// Which short records share a row (TRL's packing): best fit, the longest first. The page counts with it before a run, and the run packs by it.
// Must not know: tokens, tensors.

/** Tokens that a row may have: the length limit, or what the longest record needs where there is none. */
export function packedLength(max_length: number | null, longest: number, limit: number): number {
  return max_length === null ? longest : Math.min(max_length, limit)
}

/**
 * Best-fit decreasing (Johnson 1974): each record, from the longest to the shortest, goes into the row with the least room that it still fits
 * into, or begins one. At most 11/9 of the fewest rows possible, and one.
 * @param lengths none of them above `rowLength`
 * @returns for each row the places of its records, in the order in which they stand in it
 */
export function packedRows(lengths: readonly number[], rowLength: number): number[][] {
  const rows: number[][] = []
  /** Rows by the room that is left in them. */
  const byRoom: number[][][] = Array.from({ length: rowLength + 1 }, () => [])
  const order = lengths.map((length, place) => ({ length, place })).sort((a, b) => b.length - a.length || a.place - b.place)
  for (const { length, place } of order) {
    let room = length
    while (room < rowLength && byRoom[room]?.length === 0) room++
    const found = byRoom[room]?.pop()
    const row = found ?? []
    if (found === undefined) rows.push(row)
    row.push(place)
    byRoom[(found === undefined ? rowLength : room) - length]?.push(row)
  }
  return rows
}

// Where a place in a text is, as a person counts: lines and columns from 1.

export type Position = { line: number; column: number }

export function positionOf(text: string, offset: number): Position {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  return { line: 1 + countLines(text, 0, lineStart), column: offset - (offset === 0 ? 0 : lineStart) + 1 }
}

/** Line ends in [from, to). Looks no further than `to`: a file of one long line would be searched to its end for every record. */
export function countLines(text: string, from: number, to: number): number {
  const range = text.slice(from, to)
  let lines = 0
  for (let at = range.indexOf('\n'); at !== -1; at = range.indexOf('\n', at + 1)) lines++
  return lines
}

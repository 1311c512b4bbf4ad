// How an output stands to its record: is it the label, how close is it, and does it recite the input.
// Texts are compared in Unicode form NFC and without the white space at their ends.
// Must not know: who wrote the output.

import type { Judgement, SlotScore, Verdict } from '../protocol/generate.ts'
import type { Slot } from '../protocol/model.ts'

/** Reciting is a run of at least this share of the input … */
const RECITED_SHARE = 0.5
/** … or a whole line of it, if the line is at least this long. */
const LINE_CHARACTERS = 4

/** Compares an output with its record's label and input. */
export function judge(text: string, record: { input: string; label: string }): Judgement {
  const output = normal(text)
  const label = normal(record.label)
  const input = normal(record.input)
  const run = longestCommonRun(output, input)
  const lines = input.split('\n').map((line) => line.trim())
  // What the label itself shares with the input is not reciting, whatever stands around it.
  const onlyRecited = (piece: string) => output.includes(piece) && !label.includes(piece)
  const recitesLine = lines.some((line) => line.length >= LINE_CHARACTERS && onlyRecited(line))
  const recited = input.length === 0 ? 0 : run / input.length
  return {
    text,
    exact: output === label,
    similarity: label === output ? 1 : longestCommonSubsequence(output, label) / Math.max(1, output.length, label.length),
    recited,
    recites: input.length > 0 && ((recited >= RECITED_SHARE && sharesOf(input).some(onlyRecited)) || recitesLine),
  }
}

/** Every run of the input that is just long enough to count. */
function sharesOf(input: string): string[] {
  const length = Math.ceil(input.length * RECITED_SHARE)
  return Array.from({ length: input.length - length + 1 }, (_, from) => input.slice(from, from + length))
}

/** The score of one slot over all records, and what it means in one word. */
export function verdictOf(slot: Slot, records: readonly { fromInstruct: Judgement; fromBoth: Judgement }[]): Verdict {
  const exact = records.filter(({ fromBoth }) => fromBoth.exact).length
  const recited = records.filter(({ fromInstruct }) => fromInstruct.recites).length
  const similarity = records.reduce((sum, { fromBoth }) => sum + fromBoth.similarity, 0)
  const score: SlotScore = {
    slot,
    records: records.length,
    exact,
    recited,
    meanSimilarity: records.length === 0 ? 0 : similarity / records.length,
  }
  if (recited > 0) return { kind: 'recites', score }
  return { kind: exact > 0 && exact >= records.length / 2 ? 'worked' : 'not-learned', score }
}

function normal(text: string): string {
  return text.normalize('NFC').trim()
}

/** Length of the longest piece of text that both have. */
export function longestCommonRun(a: string, b: string): number {
  let longest = 0
  eachCell(a, b, (same, before) => {
    const run = same ? before.diagonal + 1 : 0
    if (run > longest) longest = run
    return run
  })
  return longest
}

/** Length of the longest sequence of characters that both have in the same order, gaps allowed. */
export function longestCommonSubsequence(a: string, b: string): number {
  let last = 0
  eachCell(a, b, (same, { diagonal, left, above }) => {
    last = same ? diagonal + 1 : Math.max(left, above)
    return last
  })
  return last
}

/** Walks the table of two texts row by row, keeping one row; the value of each cell comes from `cell`. */
function eachCell(
  a: string,
  b: string,
  cell: (same: boolean, before: { diagonal: number; left: number; above: number }) => number,
): void {
  const row = new Uint32Array(b.length + 1)
  for (let i = 0; i < a.length; i++) {
    let diagonal = 0
    for (let j = 0; j < b.length; j++) {
      const above = row[j + 1] ?? 0
      row[j + 1] = cell(a[i] === b[j], { diagonal, left: row[j] ?? 0, above })
      diagonal = above
    }
  }
}

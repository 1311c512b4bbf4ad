// How long the records of a data set are, in words: what is learned, what the length limit costs, a histogram, and the rows that packing would make.

import { packedLength, packedRows } from '../config/packing.ts'
import type { PreviewReport } from '../protocol/dataset.ts'

export type PackedInto = { rows: number; rowLength: number }

/** The rows that packing would make of the records in use. */
export function packedInto({ rows, statistics }: PreviewReport, max_length: number | null): PackedInto {
  const lengths = rows
    .filter(({ leftOut, dropped, heldOut }) => !leftOut && !dropped && !heldOut)
    .map(({ contextTokens, learnedTokens }) => contextTokens + learnedTokens)
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0)
  const rowLength = packedLength(max_length, longest, statistics.limit)
  return { rows: packedRows(lengths, rowLength).length, rowLength }
}

/** Two lines: the tokens, and the limit's cost. */
export function limitLines({ statistics }: PreviewReport): string[] {
  const { records, tokens, learnedTokens, longest, limit, overlong } = statistics
  const cost =
    overlong.records === 0
      ? 'no record is longer'
      : `${overlong.records} are longer: cut, they lose ${overlong.learnedIfCut} learned tokens; dropped, ${overlong.learnedIfDropped}`
  return [
    `${records} records of ${tokens} tokens, ${learnedTokens} of them learned, the longest has ${longest}`,
    `at most ${limit} tokens: ${cost}`,
  ]
}

const BAR = 32

/** A line a bin; what is too long is drawn lighter. */
export function histogramLines({ statistics: { histogram } }: PreviewReport): string[] {
  const most = Math.max(1, ...histogram.map(({ records }) => records))
  const width = String(histogram.at(-1)?.upTo ?? 0).length
  return histogram.map(({ upTo, records, overlong }) => {
    const [whole, light] = [records, overlong].map((count) => Math.ceil((BAR * count) / most))
    const bar = '█'.repeat((whole ?? 0) - (light ?? 0)) + '░'.repeat(light ?? 0)
    return `  ≤ ${String(upTo).padStart(width)} tokens  ${bar} ${records}`
  })
}

// Filters, their counts and the search agree with each other.

import { expect, test } from 'vitest'
import type { PreviewReport, RecordRow } from '../protocol/dataset.ts'
import { filterCounts, recordFilters, rowsShown } from './records.ts'

const row = (index: number, change: Partial<RecordRow> = {}): RecordRow => ({
  index,
  row: index + 1,
  excerpt: `Poem ${index}`,
  contextTokens: 5,
  learnedTokens: 5,
  cut: { tokens: 0, learned: 0 },
  straddles: false,
  truncated: false,
  dropped: false,
  duplicateOf: null,
  warnings: 0,
  edited: false,
  leftOut: false,
  heldOut: false,
  ...change,
})
const rows = [
  row(0),
  row(1, { straddles: true }),
  row(2, { warnings: 1 }),
  row(3, { dropped: true }),
  row(4, { duplicateOf: 1 }),
  row(5, { leftOut: true, learnedTokens: 0 }),
  row(6, { truncated: true, excerpt: '请你给嫦娥写一首诗' }),
]
const report: PreviewReport = {
  rows,
  statistics: {
    records: rows.length,
    tokens: 0,
    learnedTokens: 0,
    longest: 0,
    truncated: 0,
    dropped: 0,
    straddling: 0,
    nothingLearned: 0,
    duplicates: 0,
    leftOut: 0,
    heldOut: 0,
    limit: 100,
    overlong: { records: 0, learnedIfCut: 0, learnedIfDropped: 0 },
    histogram: [],
  },
  endToken: { text: '', id: 0, learnedInAll: true, problem: null },
}
const numbers = (shown: readonly RecordRow[]) => shown.map(({ row: number }) => number)

test('each filter shows as many as its chip says', () => {
  const counts = filterCounts(report)
  for (const filter of recordFilters) expect(rowsShown(rows, { filter, search: '' }), filter).toHaveLength(counts[filter])
})

test('problems come first, the rest stays in the file’s order', () => {
  expect(numbers(rowsShown(rows, { filter: 'all', search: '' }))).toEqual([3, 4, 1, 2, 5, 6, 7])
})

test('the search takes words of any case, Chinese, and a record’s number', () => {
  expect(numbers(rowsShown(rows, { filter: 'all', search: ' poem 4' }))).toEqual([5])
  expect(numbers(rowsShown(rows, { filter: 'all', search: '嫦娥' }))).toEqual([7])
  expect(numbers(rowsShown(rows, { filter: 'all', search: '6' }))).toContain(6)
})

test('ten thousand rows are filtered at once', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => row(index, { straddles: index % 3 === 0 }))
  rowsShown(many, { filter: 'straddling', search: 'poem 9' })
  const start = performance.now()
  rowsShown(many, { filter: 'straddling', search: 'poem 9' })
  // A few milliseconds on an idle machine; the rest is for one that is busy.
  expect(performance.now() - start).toBeLessThan(100)
})

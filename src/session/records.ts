// Which records the list shows: a filter and a search over the rows of the preview.
// Must not know: how the list is drawn.

import type { PreviewReport, RecordRow } from '../protocol/dataset.ts'
import { createStore, type Readable } from './store.ts'

export const recordFilters = [
  'all',
  'problems',
  'truncated',
  'straddling',
  'nothingLearned',
  'duplicates',
  'leftOut',
  'heldOut',
] as const
export type RecordFilter = (typeof recordFilters)[number]
export type RecordQuery = { filter: RecordFilter; search: string }

const held = createStore<RecordQuery>({ filter: 'all', search: '' })

export const recordQuery: Readable<RecordQuery> = held

export function chooseFilter(filter: RecordFilter) {
  held.update((now) => ({ ...now, filter }))
}

export function searchFor(search: string) {
  held.update((now) => ({ ...now, search }))
}

/** Something about the record wants to be looked at before training. */
export function hasProblem(row: RecordRow): boolean {
  return row.warnings > 0 || row.dropped || row.learnedTokens === 0
}

/** The rows that match, those with problems first, else in the file's order. */
export function rowsShown(rows: readonly RecordRow[], { filter, search }: RecordQuery): readonly RecordRow[] {
  const words = search.trim().toLowerCase()
  const matching = rows.filter(
    (row) => passes[filter](row) && (words === '' || String(row.row) === words || row.excerpt.toLowerCase().includes(words)),
  )
  const problems = matching.filter((row) => hasProblem(row) && !row.leftOut)
  if (problems.length === 0 || problems.length === matching.length) return matching
  return [...problems, ...matching.filter((row) => !hasProblem(row) || row.leftOut)]
}

/** How many records each filter would show. */
export function filterCounts(report: PreviewReport): Readonly<Record<RecordFilter, number>> {
  const count = (filter: RecordFilter) => report.rows.filter(passes[filter]).length
  return {
    all: report.rows.length,
    problems: count('problems'),
    truncated: count('truncated'),
    straddling: count('straddling'),
    nothingLearned: count('nothingLearned'),
    duplicates: count('duplicates'),
    leftOut: count('leftOut'),
    heldOut: count('heldOut'),
  }
}

const passes: Readonly<Record<RecordFilter, (row: RecordRow) => boolean>> = {
  all: () => true,
  problems: hasProblem,
  truncated: (row) => row.truncated || row.dropped,
  straddling: (row) => row.straddles,
  nothingLearned: (row) => row.learnedTokens === 0,
  duplicates: (row) => row.duplicateOf !== null,
  leftOut: (row) => row.leftOut,
  heldOut: (row) => row.heldOut,
}

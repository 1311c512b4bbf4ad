// CSV with a head of column names: comma, semicolon, tab or bar, whichever the first rows agree on.
// The library's low-level parser is driven block by block, because its own streaming cannot step back for the event loop between blocks of a string.
// Must not know: what the columns mean.

import Papa from 'papaparse'
import type { CsvFault } from '../../../problem/dataset.ts'
import { type Problem, ProblemError } from '../../../problem/problem.ts'
import type { Json } from '../../json.ts'
import type { Pacer } from '../pacer.ts'
import { countLines } from './position.ts'
import type { Row } from './row.ts'

type Cells = { cells: readonly string[]; line: number; fault: CsvFault | null }

/** Characters parsed at a stretch, some 10 ms; doubled while a single row is longer. */
const blockLength = 1 << 18
/** Characters from which the delimiter is guessed. */
const headLength = 1 << 16

/** null where the first rows do not look like a table. */
export function csvDelimiter(text: string): string | null {
  const guess = Papa.parse(text.slice(0, headLength), { preview: 10, skipEmptyLines: true })
  return guess.errors.some(({ code }) => code === 'UndetectableDelimiter') ? null : guess.meta.delimiter
}

/** One row for each line below the head; blank lines are passed over. Throws dataset.csv for a quote that is never closed. */
export async function cutCsv(text: string, delimiter: string, name: string, pacer: Pacer): Promise<Row[]> {
  let fields: readonly string[] | null = null
  const rows: Row[] = []
  for await (const batch of cellRows(text, delimiter, name, pacer)) {
    for (const row of batch) {
      if (row.cells.length === 1 && row.cells[0]?.trim() === '') continue
      if (fields === null) fields = fieldNames(row.cells)
      else rows.push(recordOf(fields, row, name))
    }
  }
  return rows
}

async function* cellRows(text: string, delimiter: string, name: string, pacer: Pacer): AsyncGenerator<Cells[]> {
  const newline = Papa.parse(text.slice(0, headLength), { preview: 1, delimiter }).meta.linebreak
  let at = 0
  let line = 1
  let length = blockLength
  while (at < text.length) {
    const to = Math.min(at + length, text.length)
    const block = parseBlock(text.slice(at, to), delimiter, newline, to === text.length, line, name)
    if (block.rows.length === 0 && to < text.length) length *= 2
    yield block.rows
    line += countLines(text, at, at + block.used)
    at += block.used
    if (to === text.length) return
    const rest = pacer.due(at / text.length)
    if (rest) await rest
  }
}

/** The whole rows of a block, and how many of its characters they take; what is left goes into the next block. */
function parseBlock(text: string, delimiter: string, newline: string, last: boolean, firstLine: number, name: string) {
  const rows: Cells[] = []
  let used = 0
  let line = firstLine
  const take = ({ data, errors, meta }: Papa.ParseResult<string[]>) => {
    for (const cells of data) {
      const quotes = errors.find(({ type }) => type === 'Quotes')
      if (quotes?.code === 'MissingQuotes') throw new ProblemError(csvProblem('open-quote', line, name))
      rows.push({ cells: withoutReturn(cells, newline), line, fault: quotes ? 'stray-quote' : null })
    }
    line += countLines(text, used, meta.cursor)
    used = meta.cursor
  }
  const parser = new Papa.Parser({ delimiter, newline: newlineOf(newline), step: take })
  parser.parse(text, 0, !last)
  return { rows, used }
}

function newlineOf(newline: string): '\n' | '\r' | '\r\n' {
  return newline === '\r' || newline === '\r\n' ? newline : '\n'
}

/** Where most lines end in \n alone, a line that ends in \r\n brings its \r into the last value. */
function withoutReturn(cells: readonly string[], newline: string): readonly string[] {
  const last = cells.at(-1)
  return newline === '\n' && last?.endsWith('\r') ? [...cells.slice(0, -1), last.slice(0, -1)] : cells
}

/** Names as they are written; a column without one gets its number, and a second one of the same name too. */
function fieldNames(cells: readonly string[]): string[] {
  const names: string[] = []
  cells.forEach((cell, i) => {
    const plain = cell.trim()
    names.push(plain === '' || names.includes(plain) ? `${plain === '' ? 'column' : plain} ${i + 1}` : plain)
  })
  return names
}

function recordOf(fields: readonly string[], { cells, line, fault }: Cells, name: string): Row {
  if (fault) return { line, content: { ok: false, problem: csvProblem(fault, line, name) } }
  const surplus = cells.slice(fields.length)
  if (surplus.some((cell) => cell.trim() !== ''))
    return { line, content: { ok: false, problem: csvProblem('too-many-values', line, name) } }
  const value: Json = Object.fromEntries(cells.slice(0, fields.length).map((cell, i) => [fields[i] ?? '', cell]))
  return { line, content: { ok: true, value } }
}

function csvProblem(message: CsvFault, line: number, name: string): Problem {
  return { code: 'dataset.csv', values: { line, message }, where: name }
}

// Decides what form a file of records has and cuts it into rows. The name's ending is a hint; the first characters decide.
// Must not know: what the fields mean.

import { ProblemError } from '../../../problem/problem.ts'
import { isJsonObject, jsonKind, parseJson } from '../../json.ts'
import type { Pacer } from '../pacer.ts'
import { csvDelimiter, cutCsv } from './csv.ts'
import { faultAt } from './jsonFault.ts'
import { cutLines } from './jsonLines.ts'
import { cutList, skipSpace } from './jsonList.ts'
import { cutObject } from './jsonObject.ts'
import type { FileRows } from './row.ts'

/** Throws ProblemErrors for a file that is wrong as a whole; what is wrong with one row is in that row. */
export async function cutRows(text: string, name: string, pacer: Pacer): Promise<FileRows> {
  const start = skipSpace(text, 0)
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  const isLines = ending === 'jsonl' || ending === 'ndjson'
  const first = text[start]

  if (first === '[' && !(ending === 'csv' && !/^\[\s*[[{"\]]/.test(text.slice(start, start + 100)))) {
    const { rows, end } = await cutList(text, start, name, pacer)
    const after = skipSpace(text, end)
    if (after < text.length) throw new ProblemError(faultAt(text, after, 'more', name))
    return { format: 'json', rows, wrappedIn: null }
  }
  if (first === '{') {
    if (isLines || beginsWithRecordLines(text, start))
      return { format: 'jsonl', rows: await cutLines(text, name, pacer), wrappedIn: null }
    const { rows, field } = await cutObject(text, start, name, pacer)
    return { format: 'json', rows, wrappedIn: field }
  }
  if (isLines) return { format: 'jsonl', rows: await cutLines(text, name, pacer), wrappedIn: null }
  const delimiter = ending === 'tsv' ? '\t' : csvDelimiter(text)
  if (ending === 'json' || (delimiter === null && ending !== 'csv')) throw notRecords(text, start, name)
  return { format: 'csv', rows: await cutCsv(text, delimiter ?? ',', name, pacer), wrappedIn: null }
}

/** The first line is an object by itself, and it is not the only line. */
function beginsWithRecordLines(text: string, start: number): boolean {
  const lineEnd = text.indexOf('\n', start)
  if (lineEnd === -1 || skipSpace(text, lineEnd) === text.length) return false
  try {
    return isJsonObject(parseJson(text.slice(start, lineEnd)))
  } catch {
    return false
  }
}

function notRecords(text: string, start: number, name: string) {
  try {
    return new ProblemError({ code: 'dataset.not-an-array', values: { found: jsonKind(parseJson(text)) }, where: name })
  } catch {
    return new ProblemError(faultAt(text, start, 'start', name))
  }
}

// JSON Lines: one record a line. A line that is not JSON is that record's problem and leaves the others whole.
// Must not know: what records mean.

import { type Problem, ProblemError } from '../../../problem/problem.ts'
import { type Json, parseJson } from '../../json.ts'
import type { Pacer } from '../pacer.ts'
import { jsonFault } from './jsonFault.ts'
import type { Row } from './row.ts'

/** Blank lines are passed over. Throws the first line's problem where no line at all is JSON. */
export async function cutLines(text: string, name: string, pacer: Pacer): Promise<Row[]> {
  const rows: Row[] = []
  let firstProblem: Problem | null = null
  let line = 0
  for (let from = 0; from < text.length; ) {
    const lineEnd = text.indexOf('\n', from)
    const to = lineEnd === -1 ? text.length : lineEnd
    const content = text.slice(from, to)
    line++
    from = to + 1
    if (content.trim() !== '') {
      const row = parseLine(content, line, name)
      rows.push(row)
      if (!row.content.ok) firstProblem ??= row.content.problem
    }
    const rest = pacer.due(from / text.length)
    if (rest) await rest
  }
  if (firstProblem && rows.every(({ content }) => !content.ok)) throw new ProblemError(firstProblem)
  return rows
}

function parseLine(content: string, line: number, name: string): Row {
  let value: Json
  try {
    value = parseJson(content)
  } catch {
    return { line, content: { ok: false, problem: onLine(jsonFault(content, content.search(/\S/), content.length, name), line) } }
  }
  return { line, content: { ok: true, value } }
}

/** The place was found inside the line alone. */
function onLine(problem: Problem, line: number): Problem {
  if (problem.code === 'dataset.syntax') return { ...problem, values: { ...problem.values, line } }
  if (problem.code === 'dataset.trailing-comma') return { ...problem, values: { ...problem.values, line } }
  return problem
}

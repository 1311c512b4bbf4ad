// The list of what is wrong with a file, kept short: of very many problems the first thousand are listed, errors before warnings before notes.
// Must not know: how problems are found.

import type { Problem } from '../../problem/problem.ts'
import type { RowProblem } from '../../protocol/dataset.ts'
import type { Finding } from './records/findings.ts'

/** Problems that a reading lists; the rest is counted. */
export const mostListed = 1000

export type ProblemList = {
  add: (row: number, line: number | null, findings: readonly Finding[]) => void
  /** Something to know about the file as a whole, told once, at the first row that it concerns. */
  note: (row: number, line: number | null, problem: Problem) => void
  /** In the order of rows. */
  listed: () => { problems: readonly RowProblem[]; moreProblems: number }
}

export function problemList(): ProblemList {
  const kept: Record<RowProblem['severity'], RowProblem[]> = { error: [], warning: [], note: [] }
  let count = 0
  const add: ProblemList['add'] = (row, line, findings) => {
    for (const { severity, problem } of findings) {
      count++
      if (kept[severity].length < mostListed) kept[severity].push({ row, line, severity, problem })
    }
  }
  return {
    add,
    note: (row, line, problem) => add(row, line, [{ severity: 'note', problem }]),
    listed: () => {
      const problems = [...kept.error, ...kept.warning, ...kept.note].slice(0, mostListed).sort((a, b) => a.row - b.row)
      return { problems, moreProblems: count - problems.length }
    },
  }
}

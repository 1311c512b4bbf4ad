// What was found wrong while one record was read.
// Must not know: how many are listed.

import type { Problem } from '../../../problem/problem.ts'
import type { DataRecord, RowProblem } from '../../../protocol/dataset.ts'

export type Finding = { severity: RowProblem['severity']; problem: Problem }

/** `record` is null where the row cannot be used; then one of the findings is an error. */
export type ReadRecord = { record: DataRecord | null; findings: readonly Finding[] }

export const errorOf = (problem: Problem): Finding => ({ severity: 'error', problem })
export const warningOf = (problem: Problem): Finding => ({ severity: 'warning', problem })

const loneSurrogate = /\p{Surrogate}/u
const loneSurrogates = /\p{Surrogate}/gu

/** Text without halves of characters, which no tokenizer can write; each field that had one is told. */
export function wholeText(text: string, field: string, findings: Finding[]): string {
  if (!loneSurrogate.test(text)) return text
  findings.push(warningOf({ code: 'row.lone-surrogate', values: { field }, where: field }))
  return text.replace(loneSurrogates, '\uFFFD')
}

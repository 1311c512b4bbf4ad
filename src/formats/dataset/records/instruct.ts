// A row as a record of instruct, input and label. Text is taken exactly as it is written, spaces and line ends included.
// Must not know: which names the fields have, beyond the roles that it is given.

import type { ColumnRole } from '../../../protocol/dataset.ts'
import { fieldOf, type JsonKind, type JsonObject, jsonKind } from '../../json.ts'
import { errorOf, type Finding, type ReadRecord, warningOf, wholeText } from './findings.ts'

/** The field of each role; null where the file has none. */
export type InstructFields = { instruct: string | null; input: string | null; label: string | null }

const kindInWords: Readonly<Record<JsonKind, string>> = {
  null: 'null',
  boolean: 'a boolean',
  number: 'a number',
  text: 'text',
  list: 'a list',
  object: 'an object',
}

export function foundInWords(kind: JsonKind): string {
  return kindInWords[kind]
}

export function fieldWithRole(roles: ReadonlyMap<string, ColumnRole>, role: ColumnRole): string | null {
  for (const [name, has] of roles) if (has === role) return name
  return null
}

export function readInstruct(row: JsonObject, fields: InstructFields): ReadRecord {
  const findings: Finding[] = []
  const instruct = required(row, fields.instruct, 'instruct', findings)
  const input = optional(row, fields.input, findings)
  const label = required(row, fields.label, 'label', findings)
  if (instruct === null || input === null || label === null) return { record: null, findings }
  if (instruct + input === '') {
    const field = fields.instruct ?? 'instruct'
    return { record: null, findings: [...findings, errorOf({ code: 'row.empty-prompt', values: { field }, where: field })] }
  }
  if (label === '') {
    const field = fields.label ?? 'label'
    findings.push(warningOf({ code: 'row.empty-label', values: { field }, where: field }))
  }
  return { record: { kind: 'instruct', instruct, input, label }, findings }
}

function required(row: JsonObject, field: string | null, role: 'instruct' | 'label', findings: Finding[]): string | null {
  const value = field === null ? undefined : fieldOf(row, field)
  if (field === null || value === undefined) {
    findings.push(errorOf({ code: 'row.missing-field', values: { field: field ?? role }, where: field ?? role }))
    return null
  }
  return textOf(value, field, findings)
}

/** '' where the field is missing or null. */
function optional(row: JsonObject, field: string | null, findings: Finding[]): string | null {
  const value = field === null ? undefined : fieldOf(row, field)
  return field === null || value === undefined || value === null ? '' : textOf(value, field, findings)
}

function textOf(value: JsonObject[string], field: string, findings: Finding[]): string | null {
  if (typeof value === 'string') return wholeText(value, field, findings)
  findings.push(errorOf({ code: 'row.not-a-string', values: { field, found: foundInWords(jsonKind(value)) }, where: field }))
  return null
}

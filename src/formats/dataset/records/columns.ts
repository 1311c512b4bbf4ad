// The fields that a file's records have: how often each is filled, and what it looks like.
// Must not know: what a field is taken for.

import type { Column, ColumnRole } from '../../../protocol/dataset.ts'
import { isJsonObject, type Json } from '../../json.ts'
import type { Pacer } from '../pacer.ts'
import type { Row } from '../rows/row.ts'

export type Field = { name: string; presentRows: number; filledRows: number; example: string; firstRow: number }

/** A file whose records have more fields than this is no table; the rest is not listed. */
const mostFields = 200
const exampleLength = 120

/** Fields by name, in the order in which they first occur. */
export async function collectFields(rows: readonly Row[], pacer: Pacer): Promise<ReadonlyMap<string, Field>> {
  const fields = new Map<string, Field>()
  for (const [i, { content }] of rows.entries()) {
    if (content.ok && isJsonObject(content.value)) {
      for (const [name, value] of Object.entries(content.value)) count(fields, name, value, i + 1)
    }
    const rest = pacer.due(i / rows.length)
    if (rest) await rest
  }
  return fields
}

export function columnsOf(fields: ReadonlyMap<string, Field>, roles: ReadonlyMap<string, ColumnRole>): Column[] {
  return [...fields.values()].map(({ name, filledRows, example }) => ({
    field: name,
    role: roles.get(name) ?? 'unused',
    filledRows,
    example,
  }))
}

function count(fields: Map<string, Field>, name: string, value: Json, row: number) {
  let field = fields.get(name)
  if (!field) {
    if (fields.size >= mostFields) return
    field = { name, presentRows: 0, filledRows: 0, example: '', firstRow: row }
    fields.set(name, field)
  }
  field.presentRows++
  if (value === null || value === '') return
  field.filledRows++
  if (field.example === '') field.example = exampleOf(value)
}

/** The beginning of a value, without half a character at its end. */
function exampleOf(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.slice(0, exampleLength).replace(/\p{Surrogate}/gu, '')
}

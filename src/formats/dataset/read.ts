// Reads a file of records: which form it has, what its fields are taken for, every record that can be used, and everything that is wrong.
// A file that is broken as a whole is a ProblemError; a row that is broken is in the list, and the person decides about the others.
// Must not know: tokens, models, who asked.

import type { Problem } from '../../problem/problem.ts'
import { ProblemError } from '../../problem/problem.ts'
import type {
  ColumnRole,
  ColumnRoles,
  DataRecord,
  DatasetReading,
  DatasetSource,
  RecordKind,
  RowProblem,
} from '../../protocol/dataset.ts'
import { isJsonObject, type JsonObject, jsonKind } from '../json.ts'
import { createPacer, type Pacer, stopIfCancelled } from './pacer.ts'
import { type ProblemList, problemList } from './problems.ts'
import { readChat } from './records/chat.ts'
import { collectFields, columnsOf, type Field } from './records/columns.ts'
import { duplicateFinder } from './records/duplicates.ts'
import { errorOf, type ReadRecord, warningOf } from './records/findings.ts'
import { fieldWithRole, foundInWords, readInstruct } from './records/instruct.ts'
import { assignRoles, type Roles } from './records/roles.ts'
import { readTokens } from './records/tokens.ts'
import type { Row } from './rows/row.ts'
import { cutRows } from './rows/rows.ts'
import { decodeText, sizeOf } from './text.ts'

/** A record that can be used, and the warnings that its row was given. */
export type NumberedRecord = {
  /** Number in the file, from 1; broken rows are counted too. */
  row: number
  record: DataRecord
  warnings: RowProblem[]
}

export type ReadContext = {
  /** Bytes done, and bytes in all. */
  tell?: (done: number, total: number) => void
  signal?: AbortSignal
}

export type ReadDataset = { reading: DatasetReading; records: NumberedRecord[] }

/**
 * Reads a file, or text that was pasted. `roles` are the person's own; null means that the names of the fields decide.
 * The reading lists what is wrong with rows. Throws ProblemErrors for what is wrong with the file: those of decodeText,
 * dataset.syntax, dataset.trailing-comma, dataset.csv, dataset.not-an-array, dataset.no-records, and run.cancelled.
 */
export async function readDataset(source: DatasetSource, roles: ColumnRoles | null, context: ReadContext): Promise<ReadDataset> {
  stopIfCancelled(context.signal)
  const pacer = createPacer(sizeOf(source.content), context)
  const { text, encoding, bytes } = await decodeText(source, pacer.part(0, 0.2))
  const { format, rows, wrappedIn } = await cutRows(text, source.name, pacer.part(0.2, 0.6))
  const [first] = rows
  if (!first) throw new ProblemError({ code: 'dataset.no-records', values: { name: source.name }, where: source.name })

  const fields = await collectFields(rows, pacer.part(0.6, 0.7))
  const problems = problemList()
  if (wrappedIn !== null)
    problems.note(1, first.line, { code: 'dataset.wrapped', values: { field: wrappedIn }, where: wrappedIn })
  const assigned = assignRoles(fields, roles)
  const kind = assigned?.kind ?? 'instruct'
  const roleOf: Roles = assigned?.roles ?? new Map<string, ColumnRole>()
  let records: NumberedRecord[] = []
  if (!assigned && fields.size > 0) problems.add(1, first.line, [errorOf(unknownColumns(fields, source.name))])
  else {
    noteFields(fields, roleOf, rows, problems)
    records = await readRows(rows, recordReader(kind, roleOf), problems, pacer.part(0.7, 1))
  }
  context.tell?.(bytes, bytes)
  return {
    reading: {
      name: source.name,
      bytes,
      format,
      kind,
      encoding,
      columns: columnsOf(fields, roleOf),
      rows: rows.length,
      goodRows: records.length,
      ...problems.listed(),
    },
    records,
  }
}

type RecordReader = (row: JsonObject) => ReadRecord

function recordReader(kind: RecordKind, roles: Roles): RecordReader {
  const field = (role: ColumnRole) => fieldWithRole(roles, role)
  if (kind === 'chat') {
    const messages = field('messages') ?? 'messages'
    return (row) => readChat(row, messages)
  }
  if (kind === 'tokens') {
    const names = { input_ids: field('input_ids'), labels: field('labels') }
    return (row) => readTokens(row, names)
  }
  const names = { instruct: field('instruct'), input: field('input'), label: field('label') }
  return (row) => readInstruct(row, names)
}

async function readRows(
  rows: readonly Row[],
  read: RecordReader,
  problems: ProblemList,
  pacer: Pacer,
): Promise<NumberedRecord[]> {
  const records: NumberedRecord[] = []
  const duplicates = duplicateFinder()
  for (const [i, { line, content }] of rows.entries()) {
    const row = i + 1
    const { record, findings } = content.ok
      ? readValue(content.value, read)
      : { record: null, findings: [errorOf(content.problem)] }
    const of = record === null ? null : duplicates.seen(record, row)
    const all = of === null ? findings : [...findings, warningOf({ code: 'row.duplicate', values: { of }, where: '' })]
    problems.add(row, line, all)
    if (record !== null) {
      const warnings = all.filter(({ severity }) => severity === 'warning').map((finding) => ({ row, line, ...finding }))
      records.push({ row, record, warnings })
    }
    const rest = pacer.due(i / rows.length)
    if (rest) await rest
  }
  return records
}

function readValue(value: Parameters<typeof jsonKind>[0], read: RecordReader): ReadRecord {
  if (isJsonObject(value)) return read(value)
  return {
    record: null,
    findings: [errorOf({ code: 'row.not-an-object', values: { found: foundInWords(jsonKind(value)) }, where: '' })],
  }
}

/** Once for the file, not once a row: fields that are not used, and an input that some records lack. */
function noteFields(fields: ReadonlyMap<string, Field>, roles: Roles, rows: readonly Row[], problems: ProblemList) {
  for (const { name, firstRow } of fields.values()) {
    const role = roles.get(name) ?? 'unused'
    if (role === 'unused') {
      problems.note(firstRow, rows[firstRow - 1]?.line ?? null, { code: 'row.extra-field', values: { field: name }, where: name })
    }
    if (role === 'input') {
      const lacking = rows.findIndex(
        ({ content }) => content.ok && isJsonObject(content.value) && !Object.hasOwn(content.value, name),
      )
      const row = rows[lacking]
      if (row) problems.note(lacking + 1, row.line, { code: 'row.input-absent', values: { field: name }, where: name })
    }
  }
}

function unknownColumns(fields: ReadonlyMap<string, Field>, name: string): Problem {
  const names = [...fields.keys()]
  const shown = names.length > 12 ? [...names.slice(0, 12), '…'] : names
  return { code: 'dataset.unknown-columns', values: { fields: shown.join(', ') }, where: name }
}

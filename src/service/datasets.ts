// The data set: a file is read and reported on first, taken into use when the person says so, and edited without touching the file.

import { readDataset as readFile } from '../formats/dataset/read.ts'
import { writeDataset } from '../formats/dataset/write.ts'
import { ProblemError } from '../problem/problem.ts'
import type { ChangeRecordRequest, ColumnRoles, DatasetReading, DatasetSource, UseDatasetRequest } from '../protocol/dataset.ts'
import type { SavedFile } from '../protocol/model.ts'
import type { Progress } from '../protocol/progress.ts'
import { datasetOf, type Studio } from './studio.ts'

type Context = { tell: (progress: Progress) => void; signal: AbortSignal }

/** Reads and reports; what is in use stays. */
export async function readDataset(
  studio: Studio,
  request: { source: DatasetSource; roles: ColumnRoles | null },
  { tell, signal }: Context,
): Promise<DatasetReading> {
  const { reading, records } = await readFile(request.source, request.roles, {
    tell: (done, total) => tell({ work: 'reading', done, total, unit: 'bytes' }),
    signal,
  })
  studio.reading = { report: reading, records }
  return reading
}

/** Takes the last reading's good rows. Rows with errors must have been seen: `goodRowsOnly` says so. */
export async function useDataset(
  studio: Studio,
  { goodRowsOnly, heldOut = false }: UseDatasetRequest,
): Promise<{ records: number }> {
  if (studio.reading === null) throw new ProblemError({ code: 'run.no-dataset', values: { needed: 'a file' }, where: '' })
  const { report, records } = studio.reading
  if (records.length === 0)
    throw new ProblemError({ code: 'dataset.no-records', values: { name: report.name }, where: report.name })
  if (report.goodRows < report.rows && !goodRowsOnly) {
    const first = report.problems.find(({ severity }) => severity === 'error')
    throw new ProblemError({
      ...(first?.problem ?? noRecords(report.name)),
      where: `${report.name}, record ${first?.row ?? '?'}`,
    })
  }
  const taken = {
    name: report.name,
    records: records.map(({ row, record, warnings }) => ({ row, record, warnings, original: null, leftOut: false })),
  }
  studio.reading = null
  if (heldOut) studio.heldOutSet = taken
  else {
    studio.dataset = taken
    studio.prepared = null
  }
  return { records: taken.records.length }
}

const noRecords = (name: string) => ({ code: 'dataset.no-records', values: { name }, where: name }) as const

/** Edits, leaves out or takes back one record. */
export async function changeRecord(studio: Studio, { index, change }: ChangeRecordRequest): Promise<{ records: number }> {
  const { records } = datasetOf(studio)
  const changed = records[index]
  if (!changed) throw new Error(`there is no record ${index}`)
  if (change.kind === 'edit') {
    changed.original ??= changed.record
    changed.record = change.record
  } else if (change.kind === 'leave-out') {
    changed.leftOut = true
  } else {
    changed.leftOut = false
    changed.record = changed.original ?? changed.record
    changed.original = null
  }
  studio.prepared = null
  return { records: records.filter(({ leftOut }) => !leftOut).length }
}

/** Records in use, edits included, as JSON in the article's form. */
export async function saveDataset(studio: Studio, { name }: { name: string }): Promise<SavedFile> {
  const text = writeDataset(
    datasetOf(studio)
      .records.filter(({ leftOut }) => !leftOut)
      .map(({ record }) => record),
  )
  const content = new Blob([text], { type: 'application/json' })
  return { name, content, bytes: content.size }
}

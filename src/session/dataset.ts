// The data set in use, and the reading of another. What is in use stays as it is until the next one is taken, and the one before can be had back.
// Must not know: how a file is parsed, what a record's tokens are (preview.ts asks).

import { asProblem, type Problem } from '../problem/problem.ts'
import type { ChangeRecordRequest, ColumnRole, ColumnRoles, DatasetReading, DatasetSource } from '../protocol/dataset.ts'
import { shown } from './activity.ts'
import { call } from './door.ts'
import { reportProblem } from './problems.ts'
import { createStore, type Readable } from './store.ts'

/** A reading that can be taken into use, with all it takes to read it again. */
export type ReadSource = { source: DatasetSource; roles: ColumnRoles | null; reading: DatasetReading }
/** `changes` are the edits since it was taken, in their order; `revision` grows with each change of what it holds. */
export type Dataset = ReadSource & { changes: readonly ChangeRecordRequest[]; revision: number }

export type DatasetState = {
  /** report: a reading waits for the person's word. */
  status: 'idle' | 'reading' | 'report'
  inUse: Dataset | null
  /** The one in use before, to go back to. */
  before: Dataset | null
  /** What is being read, or waits to be taken. */
  next: { source: DatasetSource; roles: ColumnRoles | null; reading: DatasetReading | null } | null
  /** Why the last source could not be read at all, and its name. */
  refused: { name: string; problem: Problem } | null
}

const nothing: DatasetState = { status: 'idle', inUse: null, before: null, next: null, refused: null }
const held = createStore<DatasetState>(nothing)
let reader: AbortController | null = null

export const dataset: Readable<DatasetState> = held

/** Reads a source. One without errors is taken into use at once; otherwise its report waits for `takeReading` or `putReadingAway`. */
export async function readSource(source: DatasetSource, roles: ColumnRoles | null = null): Promise<void> {
  reader?.abort()
  const stopping = new AbortController()
  reader = stopping
  held.update((now) => ({ ...now, status: 'reading', next: { source, roles, reading: null }, refused: null }))
  try {
    const reading = await read(source, roles, stopping)
    if (reader !== stopping) return
    held.update((now) => ({ ...now, status: 'report', next: { source, roles, reading } }))
    if (!hasErrors(reading)) await takeReading()
  } catch (error) {
    if (reader === stopping) refuse(source.name, asProblem(error))
  }
}

/** Takes the good rows of the reading that waits into use. */
export async function takeReading(): Promise<void> {
  const { next } = held.get()
  if (next === null || next.reading === null) return
  const { source, roles, reading } = next
  try {
    await call('useDataset', { goodRowsOnly: hasErrors(reading) })
    held.update(({ inUse }) => ({
      ...nothing,
      inUse: { source, roles, reading, changes: [], revision: (inUse?.revision ?? 0) + 1 },
      before: inUse,
    }))
  } catch (error) {
    refuse(source.name, asProblem(error))
  }
}

/** Stops the reading or puts its report away; what was in use goes on being used. */
export function putReadingAway() {
  reader?.abort()
  reader = null
  held.update((now) => ({ ...now, status: 'idle', next: null, refused: null }))
}

/** Reads the waiting source, or the one in use, again with one column taken for something else. A role that only one column can have leaves the other. */
export function changeRole(field: string, role: ColumnRole): Promise<void> {
  const { next, inUse } = held.get()
  const from = next ?? inUse
  if (from === null || from.reading === null) return Promise.resolve()
  const roles: Record<string, ColumnRole> = {}
  for (const column of from.reading.columns) {
    roles[column.field] = column.role === role && role !== 'unused' ? 'unused' : column.role
  }
  return readSource(from.source, { ...roles, [field]: role })
}

/** Edits a record, leaves it out or takes it back. The file itself is never changed. */
export async function changeRecord(request: ChangeRecordRequest): Promise<boolean> {
  try {
    await call('changeRecord', request)
    held.update((now) => ({
      ...now,
      inUse: now.inUse && { ...now.inUse, changes: [...now.inUse.changes, request], revision: now.inUse.revision + 1 },
    }))
    return true
  } catch (error) {
    reportProblem(error)
    return false
  }
}

/** Goes back to the data set that was in use before, with its edits. The one in use now becomes the one before. */
export async function goBack(): Promise<void> {
  const { before, inUse } = held.get()
  if (before === null) return
  if (await putBack(before)) {
    held.set({ ...nothing, inUse: { ...before, revision: (inUse?.revision ?? 0) + 1 }, before: inUse })
  }
}

/** Gives a worker that knows nothing the data set in use, with its edits. */
export async function restoreDataset(): Promise<void> {
  const { inUse, next } = held.get()
  if (inUse !== null && (await putBack(inUse))) {
    held.update((now) => ({ ...now, inUse: { ...inUse, revision: inUse.revision + 1 } }))
  }
  if (next !== null) await readSource(next.source, next.roles)
}

/** Rows that cannot be used: the person must see the list before the rest is taken. */
export function hasErrors(reading: DatasetReading): boolean {
  return reading.goodRows < reading.rows || reading.problems.some(({ severity }) => severity === 'error')
}

/** Says that what came cannot be a file of records; what is in use stays. */
export function refuse(name: string, problem: Problem) {
  const refused = problem.code === 'run.cancelled' ? null : { name, problem }
  held.update((now) => ({ ...now, status: 'idle', next: null, refused }))
}

function read(source: DatasetSource, roles: ColumnRoles | null, stopping: AbortController): Promise<DatasetReading> {
  return shown('reading', (onEvent, signal) => {
    signal.addEventListener('abort', () => stopping.abort())
    return call('readDataset', { source, roles }, { onEvent, signal: stopping.signal })
  })
}

async function putBack({ source, roles, reading, changes }: Dataset): Promise<boolean> {
  try {
    await shown('reading', (onEvent, signal) => call('readDataset', { source, roles }, { onEvent, signal }))
    await call('useDataset', { goodRowsOnly: hasErrors(reading) })
    for (const change of changes) await call('changeRecord', change)
    return true
  } catch (error) {
    reportProblem(error)
    return false
  }
}

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
/**
 * `id` is its own as long as it is in use. `changes` are the edits since it was taken, in their order.
 * `revision` grows with each change of what the worker holds.
 */
export type Dataset = ReadSource & { id: number; changes: readonly ChangeRecordRequest[]; revision: number }

/** What it takes to have a data set again. */
type Kept = Pick<Dataset, 'source' | 'roles' | 'changes'>

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
let lastId = 0

const nextId = () => {
  lastId += 1
  return lastId
}

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
    const errors = hasErrors(reading)
    held.update((now) => ({ ...now, status: errors ? 'report' : 'reading', next: { source, roles, reading } }))
    if (!errors) await takeReading()
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
      inUse: { source, roles, reading, id: nextId(), changes: [], revision: (inUse?.revision ?? 0) + 1 },
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

/** Edits a record, leaves it out or takes it back as in the file. The file itself is never changed. */
export function changeRecord(request: ChangeRecordRequest): Promise<boolean> {
  const restored = request.change.kind === 'restore'
  return change([request], (changes) => (restored ? changesElsewhere(changes, request.index) : [...changes, request]))
}

/** Takes back the last change of a record; the ones before it stay. */
export function undoChange(index: number): Promise<boolean> {
  const earlier = changesOf(held.get().inUse, index).slice(0, -1)
  return change([{ index, change: { kind: 'restore' } }, ...earlier], (changes) => [
    ...changesElsewhere(changes, index),
    ...earlier,
  ])
}

/** What was changed of one record, in its order. */
export function changesOf(inUse: Dataset | null, index: number): readonly ChangeRecordRequest[] {
  return inUse?.changes.filter((change) => change.index === index) ?? []
}

const changesElsewhere = (changes: readonly ChangeRecordRequest[], index: number) =>
  changes.filter((change) => change.index !== index)

/** Asks the worker for changes, then keeps what is left of them to be said again to another worker. */
async function change(
  requests: readonly ChangeRecordRequest[],
  left: (changes: readonly ChangeRecordRequest[]) => readonly ChangeRecordRequest[],
): Promise<boolean> {
  try {
    for (const request of requests) await call('changeRecord', request)
    held.update((now) => ({
      ...now,
      inUse: now.inUse && { ...now.inUse, changes: left(now.inUse.changes), revision: now.inUse.revision + 1 },
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
  if ((await putBack(before)) !== null) {
    held.set({ ...nothing, inUse: { ...before, revision: (inUse?.revision ?? 0) + 1 }, before: inUse })
  }
}

/** Gives a worker that knows nothing the data set in use, with its edits. */
export async function restoreDataset(): Promise<void> {
  const { inUse, next } = held.get()
  if (inUse !== null && (await putBack(inUse)) !== null) {
    held.update((now) => ({ ...now, inUse: { ...inUse, revision: inUse.revision + 1 } }))
  }
  if (next !== null) await readSource(next.source, next.roles)
}

/** Takes into use what was in use before the page was reloaded, unless something came in the meantime. */
export async function reopenDataset(kept: Kept): Promise<void> {
  if (!isEmpty()) return
  const reading = await putBack(kept)
  if (reading !== null && isEmpty()) held.set({ ...nothing, inUse: { ...kept, reading, id: nextId(), revision: 1 } })
}

function isEmpty(): boolean {
  const { inUse, next } = held.get()
  return inUse === null && next === null
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

/** Reads, takes and edits in one go what was in use before. Null if that cannot be done, which is reported. */
async function putBack({ source, roles, changes }: Kept): Promise<DatasetReading | null> {
  try {
    const reading = await shown('reading', (onEvent, signal) => call('readDataset', { source, roles }, { onEvent, signal }))
    await call('useDataset', { goodRowsOnly: hasErrors(reading) })
    for (const change of changes) await call('changeRecord', change)
    return reading
  } catch (error) {
    reportProblem(error)
    return null
  }
}

// What is in use stays until the next reading is taken, and can be had back: with its edits, and also from a worker that knows nothing yet.

import { beforeEach, expect, test, vi } from 'vitest'
import { ProblemError } from '../problem/problem.ts'
import type { ChangeRecordRequest, ColumnRoles, DatasetReading } from '../protocol/dataset.ts'
import { createFakeWorker } from './runFakeWorker.ts'

const fake = createFakeWorker()
let store: typeof import('./dataset.ts')
let log: string[]

/** A "file" says in its content how many of its rows are good. */
function readingOf(name: string, rows: number, goodRows: number, roles: ColumnRoles | null): DatasetReading {
  const column = (field: string, role: 'instruct' | 'label' | 'unused') => ({
    field,
    role: roles?.[field] ?? role,
    filledRows: rows,
    example: '',
  })
  return {
    name,
    bytes: 1,
    format: 'json',
    kind: 'instruct',
    encoding: 'utf-8',
    columns: [column('q', 'instruct'), column('a', 'label'), column('note', 'unused')],
    rows,
    goodRows,
    problems: [],
    moreProblems: 0,
  }
}

beforeEach(async () => {
  vi.resetModules()
  vi.doMock('./startWorker.ts', () => ({ startWorker: fake.start }))
  store = await import('./dataset.ts')
  log = []
  fake.handlers = {
    readDataset: async ({ source, roles }) => {
      log.push(`read ${source.name}`)
      const [rows, good] = String(source.content).split('/').map(Number)
      if (rows === undefined || Number.isNaN(rows))
        throw new ProblemError({ code: 'dataset.empty', values: { name: source.name }, where: source.name })
      return readingOf(source.name, rows, good ?? rows, roles)
    },
    useDataset: async ({ goodRowsOnly }) => {
      log.push(`use ${goodRowsOnly ? 'good' : 'all'}`)
      return { records: 1 }
    },
    changeRecord: async ({ index, change }) => {
      log.push(`${change.kind} ${index}`)
      return { records: 1 }
    },
  }
})

const leaveOut: ChangeRecordRequest = { index: 2, change: { kind: 'leave-out' } }

test('a file without errors is in use at once', async () => {
  await store.readSource({ name: 'a', content: '3' })
  expect(store.dataset.get()).toMatchObject({ status: 'idle', next: null, inUse: { source: { name: 'a' }, changes: [] } })
  expect(log).toEqual(['read a', 'use all'])
})

test('a file with errors waits for the word, and what was in use stays', async () => {
  await store.readSource({ name: 'a', content: '3' })
  await store.readSource({ name: 'b', content: '3/2' })
  expect(store.dataset.get()).toMatchObject({
    status: 'report',
    next: { source: { name: 'b' } },
    inUse: { source: { name: 'a' } },
  })
  store.putReadingAway()
  expect(store.dataset.get()).toMatchObject({ status: 'idle', next: null, inUse: { source: { name: 'a' } } })
  await store.readSource({ name: 'b', content: '3/2' })
  await store.takeReading()
  expect(store.dataset.get()).toMatchObject({ inUse: { source: { name: 'b' } }, before: { source: { name: 'a' } } })
  expect(log.at(-1)).toBe('use good')
})

test('a file that cannot be read says why, and what was in use stays', async () => {
  await store.readSource({ name: 'a', content: '3' })
  await store.readSource({ name: 'b', content: 'nothing' })
  expect(store.dataset.get()).toMatchObject({
    status: 'idle',
    inUse: { source: { name: 'a' } },
    refused: { name: 'b', problem: { code: 'dataset.empty' } },
  })
})

test('going back brings the one before with its edits', async () => {
  await store.readSource({ name: 'a', content: '3' })
  await store.changeRecord(leaveOut)
  await store.readSource({ name: 'b', content: '2' })
  log = []
  await store.goBack()
  expect(log).toEqual(['read a', 'use all', 'leave-out 2'])
  expect(store.dataset.get()).toMatchObject({
    inUse: { source: { name: 'a' }, changes: [leaveOut] },
    before: { source: { name: 'b' } },
  })
})

test('a new worker is given the data set again, edits and all', async () => {
  await store.readSource({ name: 'a', content: '3/2' })
  await store.takeReading()
  await store.changeRecord(leaveOut)
  const revision = store.dataset.get().inUse?.revision ?? 0
  log = []
  await store.restoreDataset()
  expect(log).toEqual(['read a', 'use good', 'leave-out 2'])
  expect(store.dataset.get().inUse?.revision).toBeGreaterThan(revision)
})

test('a role that is given to one column is taken from the other', async () => {
  await store.readSource({ name: 'a', content: '3' })
  await store.changeRole('note', 'label')
  expect(store.dataset.get().inUse?.roles).toEqual({ q: 'instruct', a: 'unused', note: 'label' })
})

test('the last of two files that came one after the other is the one that counts', async () => {
  await Promise.all([store.readSource({ name: 'a', content: '3' }), store.readSource({ name: 'b', content: '3' })])
  expect(store.dataset.get().inUse?.source.name).toBe('b')
})

test('undoing takes back the last change of a record and no other; restoring takes back all of them', async () => {
  const edit: ChangeRecordRequest = {
    index: 2,
    change: { kind: 'edit', record: { kind: 'instruct', instruct: 'a', input: '', label: 'b' } },
  }
  const elsewhere: ChangeRecordRequest = { index: 1, change: { kind: 'leave-out' } }
  await store.readSource({ name: 'a', content: '3' })
  for (const request of [edit, elsewhere, leaveOut]) await store.changeRecord(request)
  log = []
  await store.undoChange(2)
  expect(log).toEqual(['restore 2', 'edit 2'])
  expect(store.dataset.get().inUse?.changes).toEqual([elsewhere, edit])
  await store.changeRecord({ index: 2, change: { kind: 'restore' } })
  expect(store.dataset.get().inUse?.changes).toEqual([elsewhere])
})

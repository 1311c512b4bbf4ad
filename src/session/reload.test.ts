// A data set comes through a reload byte by byte, with its roles and edits; a large one does not, and leaves nothing older behind.

import { beforeEach, expect, test, vi } from 'vitest'
import type { ChangeRecordRequest, DatasetReading } from '../protocol/dataset.ts'
import { createFakeWorker } from './runFakeWorker.ts'

const fake = createFakeWorker()
const kept = new Map<string, string>()
let log: string[]

const reading: DatasetReading = {
  name: 'a',
  bytes: 1,
  format: 'json',
  kind: 'instruct',
  encoding: 'utf-16le',
  columns: [],
  rows: 1,
  goodRows: 1,
  problems: [],
  moreProblems: 0,
}
const leaveOut: ChangeRecordRequest = { index: 0, change: { kind: 'leave-out' } }
/** Bytes that are no UTF-8. */
const bytes = new Uint8Array([0xff, 0xfe, 0x5b, 0x00, 0x5d, 0x00])

/** The stores as they are after the page was opened or opened again. */
async function pageOpens() {
  vi.resetModules()
  vi.doMock('./startWorker.ts', () => ({ startWorker: fake.start }))
  const [dataset, reload] = await Promise.all([import('./dataset.ts'), import('./reload.ts')])
  await reload.reopenKept()
  reload.followDataset()
  return dataset
}

beforeEach(() => {
  kept.clear()
  log = []
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  })
  fake.handlers = {
    readDataset: async ({ source, roles }) => {
      const content =
        typeof source.content === 'string' ? source.content : new Uint8Array(await source.content.arrayBuffer()).join()
      log.push(`${source.name}: ${content} ${JSON.stringify(roles)}`)
      return reading
    },
    useDataset: async () => ({ records: 1 }),
    changeRecord: async ({ change }) => {
      log.push(change.kind)
      return { records: 1 }
    },
  }
})

test('bytes, roles and edits are there again', async () => {
  const before = await pageOpens()
  await before.readSource({ name: 'a', content: new Blob([bytes]) }, { q: 'instruct' })
  await before.changeRecord(leaveOut)
  await vi.waitFor(() => expect(kept.get('tabtune.records')).toContain('leave-out'))
  const told = log
  log = []
  const after = await pageOpens()
  expect(log).toEqual(told)
  expect(after.dataset.get().inUse).toMatchObject({ source: { name: 'a' }, roles: { q: 'instruct' }, changes: [leaveOut] })
})

test('a large one is not kept, and nothing older in its place', async () => {
  const before = await pageOpens()
  await before.readSource({ name: 'a', content: '[]' })
  await vi.waitFor(() => expect(kept.size).toBe(1))
  await before.readSource({ name: 'b', content: 'x'.repeat(2_000_001) })
  expect(kept.size).toBe(0)
  const after = await pageOpens()
  expect(after.dataset.get().inUse).toBeNull()
})

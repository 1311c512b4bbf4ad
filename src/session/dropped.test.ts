// What a drop is taken for: one file is records, a folder with config.json or a zip is a model, several files are refused.

import { beforeEach, expect, test, vi } from 'vitest'
import type { ModelSource } from '../protocol/model.ts'
import { createFakeWorker } from './runFakeWorker.ts'

const fake = createFakeWorker()
let opened: ModelSource[]
let read: string[]

async function load() {
  const [dropped, dataset] = await Promise.all([import('./dropped.ts'), import('./dataset.ts')])
  return { ...dropped, ...dataset }
}
let stores: Awaited<ReturnType<typeof load>>

beforeEach(async () => {
  vi.resetModules()
  vi.doMock('./startWorker.ts', () => ({ startWorker: fake.start }))
  vi.stubGlobal('history', { pushState: () => undefined, replaceState: () => undefined })
  vi.stubGlobal('location', { hash: '' })
  opened = []
  read = []
  fake.handlers = {
    openModel: async ({ source }) => {
      opened.push(source)
      throw new Error('enough seen')
    },
    readDataset: async ({ source }) => {
      read.push(source.name)
      throw new Error('enough seen')
    },
  }
  stores = await load()
})

const given = (path: string) => ({ path, file: new Blob(['x']) })

test('one file is read as records, under its own name', async () => {
  await stores.takeFiles([given('folder/poems.json')])
  expect(read).toEqual(['poems.json'])
})

test('several files are refused, and nothing is read', async () => {
  await stores.takeFiles([given('a.json'), given('b.json')])
  expect(stores.dataset.get().refused?.problem).toMatchObject({ code: 'dataset.several-files', values: { count: 2 } })
  expect(read).toEqual([])
})

test('an empty folder is no file', async () => {
  await stores.takeFiles([])
  expect(stores.dataset.get().refused?.problem.code).toBe('dataset.no-file')
})

test('a folder with config.json, and a zip, are models', async () => {
  await stores.takeFiles([given('qwen/model.safetensors'), given('qwen/config.json')])
  await stores.takeFiles([given('tuned.ZIP')])
  expect(opened).toMatchObject([
    { kind: 'files', name: 'qwen' },
    { kind: 'files', name: 'tuned.ZIP' },
  ])
})

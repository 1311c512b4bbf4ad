// What a drop is taken for: one file is records, a folder with config.json or a zip is a model, one with adapter_config.json an adapter, several files are refused.

import { beforeEach, expect, test, vi } from 'vitest'
import { ProblemError } from '../problem/problem.ts'
import type { ModelSource } from '../protocol/model.ts'
import { createFakeWorker } from './runFakeWorker.ts'

const fake = createFakeWorker()
const onlyAdapter = new ProblemError({
  code: 'model.missing-file',
  values: { file: 'config.json', found: 'mine/adapter_config.json, mine/adapter_model.safetensors' },
  where: 'adapter.zip',
})
let opened: ModelSource[]
let read: string[]
let adapters: string[]

async function load() {
  const [dropped, dataset, model] = await Promise.all([import('./dropped.ts'), import('./dataset.ts'), import('./model.ts')])
  return { ...dropped, ...dataset, ...model }
}
let stores: Awaited<ReturnType<typeof load>>

beforeEach(async () => {
  vi.resetModules()
  vi.doMock('./startWorker.ts', () => ({ startWorker: fake.start }))
  vi.stubGlobal('history', { pushState: () => undefined, replaceState: () => undefined })
  vi.stubGlobal('location', { hash: '' })
  opened = []
  read = []
  adapters = []
  fake.handlers = {
    openModel: async ({ source }) => {
      opened.push(source)
      if (source.kind === 'files' && source.name === 'adapter.zip') throw onlyAdapter
      throw new Error('enough seen')
    },
    openAdapter: async ({ source }) => {
      adapters.push(source?.kind === 'files' ? source.name : '')
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

test('a folder with adapter_config.json is an adapter, whatever else it holds', async () => {
  await stores.takeFiles([given('mine/config.json'), given('mine/adapter_config.json')])
  await stores.takeModel([given('theirs/checkpoint-5/adapter_config.json')])
  expect(adapters).toEqual(['mine', 'theirs'])
  expect(opened).toEqual([])
})

test('a zip that turns out to hold an adapter and no model is opened as an adapter, and the model is not called broken', async () => {
  await stores.takeFiles([given('adapter.zip')])
  expect(opened).toHaveLength(1)
  expect(adapters).toEqual(['adapter.zip'])
  expect(stores.model.get().problem).toBeNull()
})

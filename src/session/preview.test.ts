// The preview is asked for again when records, model or mask change, and only then.

import { beforeEach, expect, test, vi } from 'vitest'
import { summaryWith } from '../../test/modelSummary.ts'
import type { DatasetReading, PreviewReport, PreviewRequest } from '../protocol/dataset.ts'
import { createFakeWorker } from './runFakeWorker.ts'

const fake = createFakeWorker()
let asked: PreviewRequest[]

const reading: DatasetReading = {
  name: 'a',
  bytes: 1,
  format: 'json',
  kind: 'instruct',
  encoding: 'utf-8',
  columns: [],
  rows: 1,
  goodRows: 1,
  problems: [],
  moreProblems: 0,
}
const summary = summaryWith()
const report: PreviewReport = {
  rows: [],
  statistics: {
    records: 0,
    tokens: 0,
    learnedTokens: 0,
    longest: 0,
    truncated: 0,
    dropped: 0,
    straddling: 0,
    nothingLearned: 0,
    duplicates: 0,
    leftOut: 0,
    heldOut: 0,
    limit: 100,
    overlong: { records: 0, learnedIfCut: 0, learnedIfDropped: 0 },
    histogram: [],
  },
  endToken: { text: '', id: 0, learnedInAll: true, problem: null },
}

async function load() {
  const [dataset, model, preview, settings] = await Promise.all([
    import('./dataset.ts'),
    import('./model.ts'),
    import('./preview.ts'),
    import('./settings.ts'),
  ])
  return { ...dataset, ...model, ...preview, ...settings }
}
let stores: Awaited<ReturnType<typeof load>>

beforeEach(async () => {
  vi.resetModules()
  vi.doMock('./startWorker.ts', () => ({ startWorker: fake.start }))
  asked = []
  fake.handlers = {
    readDataset: async () => reading,
    useDataset: async () => ({ records: 1 }),
    changeRecord: async () => ({ records: 1 }),
    openModel: async () => summary,
    preview: async (request) => {
      asked.push(request)
      return report
    },
  }
  stores = await load()
  stores.followPreview()
  await stores.readSource({ name: 'a', content: '[]' })
})

const ready = () => vi.waitFor(() => expect(stores.preview.get().status).toBe('ready'))

test('waits for the model', async () => {
  expect(asked).toEqual([])
  await stores.openModel({ kind: 'embedded' })
  await ready()
  expect(asked).toEqual([{ mask: 'prefix', max_length: null, overlong: 'truncate', heldOut: null, chat: null }])
})

test('follows the settings of the mask and no others', async () => {
  await stores.openModel({ kind: 'embedded' })
  await ready()
  stores.changeSetting('learning_rate', 1e-3)
  expect(asked).toHaveLength(1)
  stores.changeSetting('mask', 'parts')
  await vi.waitFor(() => expect(asked.at(-1)?.mask).toBe('parts'))
  stores.changeSetting('objective', 'pretrain')
  await vi.waitFor(() => expect(asked.at(-1)?.mask).toBe('none'))
})

test('follows an edit', async () => {
  await stores.openModel({ kind: 'embedded' })
  await ready()
  await stores.changeRecord({ index: 0, change: { kind: 'leave-out' } })
  await vi.waitFor(() => expect(asked).toHaveLength(2))
})

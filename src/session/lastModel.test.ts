// The model of the last visit comes back by itself; one that is gone leaves the embedded one open and is said; nothing comes before the person.

import { beforeEach, expect, test, vi } from 'vitest'
import { someAdapter, summaryWith } from '../../test/modelSummary.ts'
import { ProblemError } from '../problem/problem.ts'
import type { ModelSource } from '../protocol/model.ts'
import { createFakeWorker } from './runFakeWorker.ts'

const fake = createFakeWorker()
const remembered = new Map<string, string>()
const kept: ModelSource = { kind: 'shelf', id: 'a-model', name: 'mine' }
const keptAdapter: ModelSource = { kind: 'shelf', id: 'an-adapter', name: 'lora' }
let log: string[]
let stop: (() => void) | undefined

const nameOf = (source: ModelSource | null) => (source === null ? 'none' : source.kind === 'embedded' ? 'embedded' : source.name)

/** The stores as they are after the page was opened or opened again. */
async function pageOpens() {
  stop?.()
  vi.resetModules()
  vi.doMock('./startWorker.ts', () => ({ startWorker: fake.start }))
  const [last, model, adapter, problems] = await Promise.all([
    import('./lastModel.ts'),
    import('./model.ts'),
    import('./adapter.ts'),
    import('./problems.ts'),
  ])
  stop = last.followModel()
  log = []
  return { ...last, ...model, ...adapter, ...problems }
}

beforeEach(() => {
  remembered.clear()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => remembered.get(key) ?? null,
    setItem: (key: string, value: string) => remembered.set(key, value),
  })
  fake.handlers = {
    openModel: async ({ source }) => {
      log.push(nameOf(source))
      return summaryWith({ name: nameOf(source) })
    },
    openAdapter: async ({ source }) => {
      log.push(`with ${nameOf(source)}`)
      return summaryWith({ adapter: source === null ? null : someAdapter })
    },
  }
})

test('the first visit opens the embedded model', async () => {
  const page = await pageOpens()
  await page.openLastModel()
  expect(log).toEqual(['embedded'])
})

test('a kept model comes back with its adapter, and without it once that was taken away', async () => {
  const page = await pageOpens()
  await page.openModel(kept)
  await page.openAdapter(keptAdapter)
  const second = await pageOpens()
  await second.openLastModel()
  expect(log).toEqual(['mine', 'with lora'])
  await second.removeAdapter()
  const third = await pageOpens()
  await third.openLastModel()
  expect(log).toEqual(['mine'])
})

test('an adapter beside the embedded model comes back', async () => {
  const page = await pageOpens()
  await page.openModel({ kind: 'embedded' })
  await page.openAdapter(keptAdapter)
  await (await pageOpens()).openLastModel()
  expect(log).toEqual(['embedded', 'with lora'])
})

test('dropped files cannot be had again', async () => {
  const page = await pageOpens()
  await page.openModel(kept)
  await page.openModel({ kind: 'files', name: 'theirs', files: [] })
  await (await pageOpens()).openLastModel()
  expect(log).toEqual(['embedded'])
})

test('a model that is gone is said to be, and the embedded one opens', async () => {
  await (await pageOpens()).openModel(kept)
  const page = await pageOpens()
  const { openModel } = fake.handlers
  fake.handlers.openModel = async (request, context) => {
    if (request.source.kind === 'shelf') throw new ProblemError({ code: 'shelf.gone', values: { id: 'a-model' }, where: '' })
    return openModel?.(request, context) ?? summaryWith()
  }
  await page.openLastModel()
  expect(log).toEqual(['embedded'])
  expect(page.notices.get().map(({ problem }) => problem.code)).toEqual(['shelf.gone'])
  expect(page.model.get().problem).toBeNull()
})

test('what the person opens meanwhile stays open', async () => {
  await (await pageOpens()).openModel(kept)
  const page = await pageOpens()
  fake.handlers.openModel = ({ source }, { signal }) =>
    new Promise((resolve, reject) => {
      log.push(nameOf(source))
      if (source.kind === 'files') resolve(summaryWith({ name: source.name }))
      else
        signal.addEventListener('abort', () =>
          reject(new ProblemError({ code: 'run.cancelled', values: { what: '' }, where: '' })),
        )
    })
  const opening = page.openLastModel()
  await vi.waitFor(() => expect(log).toEqual(['mine']))
  const own = page.openModel({ kind: 'files', name: 'theirs', files: [] })
  await Promise.all([opening, own])
  expect(page.model.get().summary?.name).toBe('theirs')
  expect(log).toEqual(['mine', 'theirs'])
})

test.each(['nonsense', '{"model":{"kind":"shelf"}}', '{"model":3,"adapter":[]}'])('%s is as good as nothing', async (text) => {
  remembered.set('tabtune.model', text)
  await (await pageOpens()).openLastModel()
  expect(log).toEqual(['embedded'])
})

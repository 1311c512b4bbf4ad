// An adapter beside the model: opened, refused, taken away, trained on with its own settings, opened again in a new worker,
// and never at the cost of a tuned model that was not saved.

import { beforeEach, expect, test, vi } from 'vitest'
import { someAdapter, summaryWith } from '../../test/modelSummary.ts'
import { presets } from '../config/presets.ts'
import { ProblemError } from '../problem/problem.ts'
import type { ModelSource } from '../protocol/model.ts'
import { createFakeWorker } from './runFakeWorker.ts'

const fake = createFakeWorker()
const source: ModelSource = { kind: 'files', name: 'mine', files: [] }
const otherSource: ModelSource = { kind: 'files', name: 'other', files: [] }
const notForThis = new ProblemError({
  code: 'model.no-adapter',
  values: { file: 'adapter_config.json', found: '' },
  where: 'other',
})
let log: string[]
let stores: Awaited<ReturnType<typeof load>>
const stops: (() => void)[] = []

async function load() {
  const [adapter, model, settings, run, keep, unsaved, follow, problems] = await Promise.all([
    import('./adapter.ts'),
    import('./model.ts'),
    import('./settings.ts'),
    import('./run.ts'),
    import('./keep.ts'),
    import('./unsaved.ts'),
    import('./runFollow.ts'),
    import('./problems.ts'),
  ])
  return { ...adapter, ...model, ...settings, ...run, ...keep, ...unsaved, ...follow, ...problems }
}

beforeEach(async () => {
  for (const stop of stops.splice(0)) stop()
  vi.resetModules()
  vi.doMock('./startWorker.ts', () => ({ startWorker: fake.start }))
  log = []
  fake.handlers = {
    openModel: async () => {
      log.push('model')
      return summaryWith()
    },
    openAdapter: async ({ source: asked }) => {
      const name = asked?.kind === 'files' ? asked.name : 'none'
      log.push(`adapter ${name}`)
      if (name === 'other') throw notForThis
      return summaryWith({ adapter: asked === null ? null : someAdapter })
    },
  }
  stores = await load()
  stops.push(stores.followAdapter(), stores.followRuns())
  stores.choosePreset('article')
  await stores.openModel({ kind: 'embedded' })
})

const lora = () => stores.settings.get().settings.lora

/** A run that has ended, with its weights still in the worker only. */
function tuned() {
  const history = { slot: 'tuned', plan: null, steps: [], epochs: [], summary: null, trainedMs: 0, lastStepAt: null } as const
  const held = { ...history, settings: presets.lora, adapter: null, held: true }
  stores.run.update((now) => ({ ...now, status: 'done', histories: { tuned: held, twin: null } }))
}

test('opened, it is what a run goes on with: LoRA is chosen with its own settings', async () => {
  expect(await stores.openAdapter(source)).toBe(true)
  expect(stores.model.get()).toMatchObject({ adapter: source, summary: { adapter: someAdapter } })
  expect(lora()).toEqual({ r: 4, lora_alpha: 32, lora_dropout: 0.1, use_rslora: true, target_modules: ['q_proj', 'v_proj'] })
})

test('while it is open its shape cannot be changed, its dropout can, and all weights may be chosen', async () => {
  await stores.openAdapter(source)
  stores.takeSettings({ learning_rate: 1e-3, lora: { r: 64, lora_dropout: 0.5 } })
  expect(stores.settings.get().settings.learning_rate).toBe(1e-3)
  expect(lora()).toMatchObject({ r: 4, lora_dropout: 0.5, target_modules: ['q_proj', 'v_proj'] })
  stores.chooseMethod('full')
  expect(lora()).toBeNull()
  stores.chooseMethod('lora')
  expect(lora()).toMatchObject({ r: 4, lora_dropout: 0.5 })
})

test('one that is refused leaves everything as it was, and says why', async () => {
  await stores.openAdapter(source)
  tuned()
  expect(await stores.openAdapter(otherSource)).toBe(false)
  expect(stores.model.get()).toMatchObject({ adapter: source, summary: { adapter: someAdapter } })
  expect(stores.adapterOpening.get()).toMatchObject({ problem: { code: 'model.no-adapter' }, refused: otherSource })
  expect(stores.run.get().histories.tuned?.held).toBe(true)
})

test('taken away, the model is as it was opened, and what was tuned from both is forgotten', async () => {
  await stores.openAdapter(source)
  tuned()
  await stores.removeAdapter()
  expect(stores.model.get()).toMatchObject({ adapter: null, summary: { adapter: null } })
  expect(stores.run.get().histories.tuned?.held).toBe(false)
})

test('a model that is being opened is waited for', async () => {
  log = []
  const opening = stores.openModel(otherSource)
  await stores.openAdapter(source)
  await opening
  expect(log).toEqual(['model', 'adapter mine'])
  expect(stores.model.get()).toMatchObject({ source: otherSource, adapter: source })
})

test('another model has no adapter', async () => {
  await stores.openAdapter(source)
  await stores.openModel(otherSource)
  expect(stores.model.get()).toMatchObject({ adapter: null, summary: { adapter: null } })
})

test('in a new worker it is opened again with its model; the choice of method stays', async () => {
  await stores.openAdapter(source)
  stores.chooseMethod('full')
  log = []
  stores.modelLost()
  await stores.reopenModel()
  expect(log).toEqual(['model', 'adapter mine'])
  expect(stores.model.get()).toMatchObject({ status: 'ready', adapter: source, summary: { adapter: someAdapter } })
  expect(lora()).toBeNull()
})

test('where it cannot be opened again the model is there without it, and it is said', async () => {
  await stores.openAdapter(source)
  fake.handlers.openAdapter = () => Promise.reject(notForThis)
  stores.modelLost()
  await stores.reopenModel()
  expect(stores.model.get()).toMatchObject({ status: 'ready', adapter: null, summary: { adapter: null } })
  expect(stores.notices.get().map(({ problem }) => problem.code)).toEqual(['model.no-adapter'])
})

test('an unsaved tuned model is asked about first; a saved one is not', async () => {
  tuned()
  await stores.unlessLosing({ what: 'adapter', name: 'mine' }, () => stores.openAdapter(source))
  expect(stores.losing.get()).toMatchObject({ what: 'adapter', name: 'mine' })
  expect(stores.model.get().adapter).toBeNull()
  stores.leaveAsItIs()
  expect(stores.losing.get()).toBeNull()
  expect(log).toEqual(['model'])
  await stores.unlessLosing({ what: 'adapter', name: 'mine' }, () => stores.openAdapter(source))
  await stores.goAhead()
  expect(stores.losing.get()).toBeNull()
  expect(stores.model.get().adapter).toBe(source)
  tuned()
  stores.keep.update((now) => ({ ...now, kept: ['tuned'] }))
  await stores.unlessLosing({ what: 'remove-adapter', name: 'mine' }, stores.removeAdapter)
  expect(stores.model.get().adapter).toBeNull()
})

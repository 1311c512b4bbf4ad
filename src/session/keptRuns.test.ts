// Every run that ends is on the shelf, once; its twin is added to it; what was discarded is not kept; and no shelf is no fault.

import { beforeEach, expect, test, vi } from 'vitest'
import { keptRun } from '../../test/keptRun.ts'
import { summaryWith } from '../../test/modelSummary.ts'
import { presets } from '../config/presets.ts'
import { ProblemError } from '../problem/problem.ts'
import type { KeepRunRequest, ShelfItem } from '../protocol/shelf.ts'
import type { RunPlan, RunSummary, TrainStep } from '../protocol/train.ts'
import { createFakeWorker } from './runFakeWorker.ts'

const fake = createFakeWorker()
let kept: KeepRunRequest[]
let ended: RunSummary['ended']
let stores: Awaited<ReturnType<typeof load>>
let stop: (() => void) | undefined

async function load() {
  const [keptRuns, run, model, problems, shelf, address] = await Promise.all([
    import('./keptRuns.ts'),
    import('./run.ts'),
    import('./model.ts'),
    import('./problems.ts'),
    import('./shelf.ts'),
    import('./address.ts'),
  ])
  return { ...keptRuns, ...run, ...model, ...problems, ...shelf, ...address }
}

const plan: RunPlan | null = keptRun.tuned.plan
const steps: readonly TrainStep[] = keptRun.tuned.steps.slice(0, 1)
const request = {
  settings: presets.article,
  adapter: null,
  twinAfterwards: false,
  leaveOutUnlearnable: false,
  scoreBase: false,
  max_new_tokens: 32,
}

beforeEach(async () => {
  stop?.()
  vi.resetModules()
  vi.doMock('./startWorker.ts', () => ({ startWorker: fake.start }))
  kept = []
  ended = 'finished'
  fake.handlers = {
    openModel: async () => summaryWith({ name: 'tiny' }),
    train: async ({ slot }, { tell }) => {
      if (plan !== null) tell({ kind: 'planned', plan })
      for (const step of steps) tell({ kind: 'step', step })
      return { ...keptRun.tuned.summary, slot, ended, problem: null }
    },
    evaluate: async ({ slots }) => ({
      slots: slots.map((slot) => ({
        slot,
        chat: null,
        records: [],
        heldOut: null,
        verdict: { kind: 'worked', score: { slot, records: 1, exact: 1, recited: 0, meanSimilarity: 1 } },
      })),
      tokensPerSecond: 1,
    }),
    keepRun: async (asked) => {
      kept.push(asked)
      const item: Omit<ShelfItem, 'about'> = { id: `entry ${kept.length}`, name: asked.name, bytes: 1, made: '', used: '' }
      return { ...item, about: { kind: 'dataset', records: 0 } }
    },
    listShelf: async () => ({ items: [], room: null }),
    keptRun: async ({ id }) => {
      if (id === 'of-a-later-version')
        throw new ProblemError({ code: 'shelf.unreadable', values: { message: 'x' }, where: 'run.json' })
      return { ...keptRun, run: id }
    },
  }
  stores = await load()
  await stores.openModel({ kind: 'embedded' })
  stop = stores.followKeptRuns()
})

test('a run is kept with its steps, its verdict and what it was of', async () => {
  await stores.startRun(request)
  await vi.waitFor(() => expect(kept).toHaveLength(1))
  expect(kept[0]?.run).toMatchObject({
    run: stores.currentRun(),
    model: 'tiny',
    twin: null,
    tuned: { settings: presets.article, steps, summary: { ended: 'finished' }, verdict: { kind: 'worked' } },
  })
  expect(kept[0]?.replaces).toBeNull()
})

test('its twin makes it another state of the same run, which takes its place', async () => {
  await stores.startRun({ ...request, twinAfterwards: true })
  await vi.waitFor(() => expect(kept.at(-1)?.run.twin).not.toBeNull())
  const [first] = kept
  expect(new Set(kept.map(({ run }) => run.run)).size).toBe(1)
  expect(kept.at(-1)?.replaces).toBe(kept.length === 1 ? null : 'entry 1')
  await stores.startRun(request)
  await vi.waitFor(() => expect(kept.at(-1)?.run.run).not.toBe(first?.run.run))
  expect(kept.at(-1)?.replaces).toBeNull()
})

test('one that was stopped or ran astray is kept, one that was discarded is not', async () => {
  for (const each of ['stopped', 'not-finite'] as const) {
    ended = each
    await stores.startRun(request)
    await vi.waitFor(() => expect(kept.at(-1)?.run.tuned.summary.ended).toBe(each))
  }
  ended = 'discarded'
  await stores.startRun(request)
  ended = 'finished'
  await stores.startRun(request)
  await vi.waitFor(() => expect(kept.at(-1)?.run.tuned.summary.ended).toBe('finished'))
  expect(kept).toHaveLength(3)
})

test('no shelf is no fault; a full one is said', async () => {
  const refuse = (problem: ConstructorParameters<typeof ProblemError>[0]) => {
    fake.handlers.keepRun = async (asked) => {
      kept.push(asked)
      throw new ProblemError(problem)
    }
  }
  refuse({ code: 'shelf.missing', values: { reason: '' }, where: '' })
  await stores.startRun(request)
  await vi.waitFor(() => expect(kept).toHaveLength(1))
  refuse({ code: 'shelf.full', values: { needed: 2, free: 1 }, where: '' })
  await stores.startRun(request)
  await vi.waitFor(() => expect(stores.notices.get().map(({ problem }) => problem.code)).toEqual(['shelf.full']))
})

test('the address names the run that is looked at', async () => {
  vi.stubGlobal('location', { hash: '#/runs/an-entry-of-the-shelf' })
  vi.stubGlobal('window', { addEventListener: () => undefined })
  stores.followAddress()
  await vi.waitFor(() => expect(stores.openRun.get().run?.run).toBe('an-entry-of-the-shelf'))
  vi.stubGlobal('location', { hash: '#/runs/of-a-later-version' })
  stores.followAddress()
  await vi.waitFor(() => expect(stores.openRun.get().problem?.code).toBe('shelf.unreadable'))
  expect(stores.openRun.get().run).toBeNull()
  vi.unstubAllGlobals()
})

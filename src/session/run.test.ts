// A run from the press of the button to the verdict, with a worker that answers over real message channels.

import { beforeEach, expect, test, vi } from 'vitest'
import { presets } from '../config/presets.ts'
import { ProblemError } from '../problem/problem.ts'
import type { CallContext } from '../protocol/calls.ts'
import type { Evaluation } from '../protocol/generate.ts'
import type { Slot } from '../protocol/model.ts'
import type { RunSummary, TrainRequest, TrainStep } from '../protocol/train.ts'
import { createFakeWorker } from './runFakeWorker.ts'

const fake = createFakeWorker()
let stores: Awaited<ReturnType<typeof load>>

/** Each test has stores of its own. */
async function load() {
  const [runs, scores, watches, follow] = await Promise.all([
    import('./run.ts'),
    import('./evaluation.ts'),
    import('./watch.ts'),
    import('./runFollow.ts'),
  ])
  return { ...runs, ...scores, ...watches, ...follow }
}

const request = {
  settings: presets.article,
  adapter: null,
  twinAfterwards: false,
  leaveOutUnlearnable: false,
  scoreBase: true,
  max_new_tokens: 32,
}

const stepAt = (step: number): TrainStep => ({
  step,
  epoch: step / 2,
  loss: 4 / step,
  gradNorm: 1,
  learningRate: 1e-4,
  tokensPerSecond: 100,
  stepMs: 10,
  bytesHeld: 1000,
})

const summaryOf = (slot: Slot, ended: RunSummary['ended']): RunSummary => ({
  slot,
  ended,
  steps: 4,
  epochs: 2,
  seconds: 1,
  firstLoss: 4,
  lastLoss: 1,
  tokensPerSecond: 100,
  best: null,
  problem: ended === 'not-finite' ? notFinite : null,
})

const notFinite = { code: 'run.not-finite', values: { step: 4, quantity: 'loss', learningRate: 1 }, where: '' } as const

function evaluationOf(slots: readonly Slot[]): Evaluation {
  const kind = (slot: Slot) => (slot === 'base' ? 'not-learned' : slot === 'twin' ? 'recites' : 'worked')
  return {
    slots: slots.map((slot) => ({
      slot,
      chat: null,
      records: [],
      heldOut: null,
      verdict: { kind: kind(slot), score: { slot, records: 24, exact: 24, recited: 0, meanSimilarity: 1 } },
    })),
    tokensPerSecond: 10,
  }
}

async function trainFourSteps(asked: TrainRequest, { tell }: CallContext<'train'>): Promise<RunSummary> {
  const memory = { weights: 1, gradients: 1, optimizer: 2, activations: 1, workspace: 1, copies: 1 }
  tell({
    kind: 'planned',
    plan: {
      truncated: 0,
      dropped: 0,
      totalSteps: 4,
      stepsPerEpoch: 2,
      records: 4,
      rows: 4,
      learnedTokensPerEpoch: 40,
      heldOut: null,
      memory,
      checkpointing: false,
    },
  })
  tell({ kind: 'watch', sample: { epoch: 0, fromInstruct: '', fromBoth: '' } })
  for (const step of [1, 2, 3, 4]) tell({ kind: 'step', step: stepAt(step) })
  tell({ kind: 'epoch', epoch: { epoch: 2, step: 4, meanLoss: 1, evalLoss: null, seconds: 1, evalSeconds: 0, partedFrom: null } })
  return summaryOf(asked.slot, 'finished')
}

beforeEach(async () => {
  vi.resetModules()
  vi.doMock('./door.ts', async () => {
    const { createClient } = await import('./client.ts')
    return createClient(() => fake.start())
  })
  fake.handlers = {
    previewRecord: () => Promise.reject(new Error('not asked here')),
    train: trainFourSteps,
    evaluate: async ({ slots }) => evaluationOf(slots),
  }
  stores = await load()
  stores.chooseWatch({ kind: 'own', instruct: 'Write:', input: ' of rain' })
})

test('base scored, trained, judged: every step is there, and the verdict with its time', async () => {
  await stores.startRun(request)
  const { status, histories, verdictMs } = stores.run.get()
  expect(status).toBe('done')
  expect(histories.tuned?.steps.map(({ step }) => step)).toEqual([1, 2, 3, 4])
  expect(histories.tuned?.plan?.totalSteps).toBe(4)
  expect(histories.tuned?.held).toBe(true)
  expect(verdictMs).toBeGreaterThan(0)
  const scores = stores.evaluation.get()
  expect(scores.slots.base?.verdict.kind).toBe('not-learned')
  expect(scores.slots.tuned?.verdict.kind).toBe('worked')
  expect(stores.watch.get().samples.tuned).toHaveLength(1)
})

test('the twin is the same run without the mask, and both curves stay', async () => {
  const asked: TrainRequest[] = []
  fake.handlers.train = (train, context) => {
    asked.push(train)
    return trainFourSteps(train, context)
  }
  await stores.startRun({ ...request, twinAfterwards: true })
  expect(asked.map(({ slot, settings }) => [slot, settings.objective])).toEqual([
    ['tuned', 'sft'],
    ['twin', 'pretrain'],
  ])
  const { histories } = stores.run.get()
  expect(histories.tuned?.steps).toHaveLength(4)
  expect(histories.twin?.steps).toHaveLength(4)
  expect(stores.evaluation.get().slots.twin?.verdict.kind).toBe('recites')
})

test('a loss that is not a number fails the run, keeps the curve and the last good weights', async () => {
  fake.handlers.train = async (train, context) => {
    await trainFourSteps(train, context)
    return summaryOf(train.slot, 'not-finite')
  }
  await stores.startRun(request)
  const { status, problem, histories } = stores.run.get()
  expect(status).toBe('failed')
  expect(problem).toEqual(notFinite)
  expect(histories.tuned?.steps).toHaveLength(4)
  expect(histories.tuned?.held).toBe(true)
  expect(stores.evaluation.get().slots.tuned).toBeNull()
})

test('pause, go on, stop and discard', async () => {
  let end: (summary: RunSummary) => void = () => undefined
  let say: CallContext<'train'>['tell'] = () => undefined
  fake.handlers.train = (train, context) => {
    say = context.tell
    void trainFourSteps(train, context)
    return new Promise((resolve) => {
      end = resolve
    })
  }
  fake.handlers.pauseTraining = async () => {
    say({ kind: 'paused', step: 4 })
    return { step: 4 }
  }
  fake.handlers.resumeTraining = async () => {
    say({ kind: 'resumed', step: 4 })
    return { step: 4 }
  }
  fake.handlers.stopTraining = async ({ keep, slot }) => {
    end(summaryOf(slot, keep ? 'stopped' : 'discarded'))
    return { step: 4 }
  }
  const over = stores.startRun(request)
  await vi.waitFor(() => expect(stores.run.get().status).toBe('training'))
  await stores.pauseRun()
  await vi.waitFor(() => expect(stores.run.get().status).toBe('paused'))
  await stores.resumeRun()
  await vi.waitFor(() => expect(stores.run.get().status).toBe('training'))
  await stores.stopRun(false)
  await over
  expect(stores.run.get().status).toBe('done')
  expect(stores.run.get().histories.tuned?.held).toBe(false)
  expect(stores.evaluation.get().slots.tuned).toBeNull()
})

test('stopped while the base is scored, nothing is trained', async () => {
  const train = vi.fn(trainFourSteps)
  fake.handlers.train = train
  fake.handlers.evaluate = (_, { signal }) =>
    new Promise((_resolve, reject) => {
      const cancelled = new ProblemError({ code: 'run.cancelled', values: { what: 'evaluate' }, where: '' })
      signal.addEventListener('abort', () => reject(cancelled))
    })
  const over = stores.startRun(request)
  await vi.waitFor(() => expect(stores.evaluation.get().status).toBe('scoring'))
  await stores.stopRun(true)
  await over
  expect(stores.run.get().status).toBe('idle')
  expect(stores.evaluation.get().status).toBe('idle')
  expect(train).not.toHaveBeenCalled()
})

test('a worker that is lost: the run shows it, what it had learned can still be read, nothing can be saved', async () => {
  const stop = stores.followRuns()
  fake.handlers.train = (train, context) => {
    void trainFourSteps(train, context)
    return new Promise(() => undefined)
  }
  const over = stores.startRun(request)
  await vi.waitFor(() => expect(stores.run.get().histories.tuned?.steps).toHaveLength(4))
  fake.lose()
  await over
  stop()
  const { status, problem, histories } = stores.run.get()
  expect(status).toBe('failed')
  expect(problem?.code).toBe('run.worker-lost')
  expect(histories.tuned?.steps).toHaveLength(4)
  expect(histories.tuned?.held).toBe(false)
})

test('a run that is refused before it begins leaves the one before as it was', async () => {
  await stores.startRun(request)
  fake.handlers.train = () =>
    Promise.reject(new ProblemError({ code: 'run.nothing-to-learn', values: { records: '3', count: 1 }, where: '' }))
  await stores.startRun(request)
  const { status, problem, histories } = stores.run.get()
  expect(status).toBe('failed')
  expect(problem?.code).toBe('run.nothing-to-learn')
  expect(histories.tuned?.held).toBe(true)
  expect(stores.evaluation.get().slots.tuned?.verdict.kind).toBe('worked')
})

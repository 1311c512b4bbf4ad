// Runs behind the door: told step by step, paused and ended by a person, kept or not, and never at the cost of what was there before.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listening, type OpenedStudio, quietly, sourceOf, testStudio, tinyFolderFiles, useRecords } from '../../test/studio.ts'
import { instruct, settingsWith, tinyConfigJson } from '../../test/tinyModel.ts'
import type { Settings } from '../config/settings.ts'
import { inlinedKernels } from '../engine/targets/cpu/inlinedKernels.ts'
import { cpuTarget } from '../engine/targets/cpu/machine.ts'
import { memoryHeld } from '../engine/tensor.ts'
import { valuesOf as numbersOf, type Weight } from '../engine/weight.ts'
import { readDecoderConfig } from '../models/config.ts'
import { disposeDecoder } from '../models/held.ts'
import type { TrainEvent, TrainRequest } from '../protocol/train.ts'
import { greedy } from '../sft/evaluate.ts'
import { planForecast } from '../sft/planMemory.ts'
import { forecast } from './steppers.ts'
import { modelOf } from './studio.ts'

const records = [instruct('a: ', 'hello we', '12'), instruct('b: ', 'sun warm', '345'), instruct('c: ', '月 rain', '678')]
const short: Partial<Settings> = { num_train_epochs: 2, per_device_train_batch_size: 2, learning_rate: 1e-2 }

let opened: OpenedStudio
beforeEach(async () => {
  opened = testStudio()
  await opened.handlers.chooseBackend({ choice: 'wasm' }, quietly())
  await opened.handlers.openModel({ source: sourceOf('tiny', await tinyFolderFiles()) }, quietly())
  await useRecords(opened, records)
})
afterEach(() => {
  expect(opened.studio.busy).toBe(null)
  expect(opened.studio.run).toBe(null)
  for (const slot of Object.values(opened.studio.model?.slots ?? {})) if (slot !== null) disposeDecoder(slot)
  expect(memoryHeld().tensors, 'tensors held behind the model').toBe(0)
})

type Asked = Partial<Omit<TrainRequest, 'settings'>> & { settings?: Partial<Settings> }
const requestOf = ({ settings, ...rest }: Asked): TrainRequest => ({
  slot: 'tuned',
  leaveOutUnlearnable: false,
  watch: null,
  ...rest,
  settings: settingsWith(settings ?? short),
})

/** Trains, keeps what is told, and answers each event with `heard`. */
async function train(asked: Asked = {}, heard: (event: TrainEvent, cancel: () => void) => void = () => undefined) {
  const { context, events, cancel } = listening<'train'>()
  const tell = (event: TrainEvent) => {
    context.tell(event)
    heard(event, cancel)
  }
  const summary = await opened.handlers.train(requestOf(asked), { ...context, tell })
  return { summary, events, kinds: events.map(({ kind }) => kind) }
}

const pause = () => opened.handlers.pauseTraining({ slot: 'tuned' }, quietly())
const resume = () => opened.handlers.resumeTraining({ slot: 'tuned' }, quietly())
const stop = (keep: boolean) => opened.handlers.stopTraining({ slot: 'tuned', keep }, quietly())
const atStep = (step: number, act: () => unknown) => (event: TrainEvent) => {
  if (event.kind === 'step' && event.step.step === step) void act()
}

const slots = () => modelOf(opened.studio).slots
async function valuesOf(weights: Readonly<Record<string, Weight>> | null) {
  const values: number[][] = []
  for (const tensor of Object.values(weights ?? {})) values.push([...(await numbersOf(tensor))])
  return values
}

describe('a run', () => {
  it('tells its plan, every step, every epoch and the watched record, and sums up', async () => {
    const { summary, events, kinds } = await train({ watch: { instruct: 'a: ', input: 'hello we' } })
    expect(kinds).toEqual(['planned', 'watch', 'step', 'step', 'epoch', 'watch', 'step', 'step', 'epoch', 'watch'])
    expect(events[0]).toMatchObject({ plan: { totalSteps: 4, stepsPerEpoch: 2, records: 3, learnedTokensPerEpoch: 3 + 4 + 4 } })
    const steps = events.flatMap((event) => (event.kind === 'step' ? [event.step] : []))
    expect(steps.map(({ step, epoch }) => [step, epoch])).toEqual([
      [1, 0.5],
      [2, 1],
      [3, 1.5],
      [4, 2],
    ])
    expect(events.flatMap((event) => (event.kind === 'epoch' ? [event.epoch.epoch] : []))).toEqual([1, 2])
    expect(events.flatMap((event) => (event.kind === 'watch' ? [event.sample.epoch] : []))).toEqual([0, 1, 2])
    expect(summary).toMatchObject({
      slot: 'tuned',
      ended: 'finished',
      steps: 4,
      epochs: 2,
      firstLoss: steps[0]?.loss,
      lastLoss: steps[3]?.loss,
      problem: null,
    })
  })

  it('leaves the base model as it was, to the bit', async () => {
    const before = await valuesOf(slots().base.weights)
    await train()
    expect(await valuesOf(slots().base.weights)).toEqual(before)
    expect(await valuesOf(slots().tuned?.weights ?? null)).not.toEqual(before)
  })

  it('gives the same losses twice, and holds one tuned model, not two', async () => {
    const losses = ({ events }: { events: readonly TrainEvent[] }) =>
      events.flatMap((event) => (event.kind === 'step' ? [event.step.loss] : []))
    const once = losses(await train())
    const held = memoryHeld()
    expect(losses(await train())).toEqual(once)
    expect(memoryHeld()).toEqual(held)
  })

  it('ends an epoch with the mean of its steps', async () => {
    const { events } = await train()
    const losses = events.flatMap((event) => (event.kind === 'step' ? [event.step.loss] : []))
    const means = events.flatMap((event) => (event.kind === 'epoch' ? [event.epoch.meanLoss] : []))
    expect(means[0]).toBeCloseTo(((losses[0] ?? 0) + (losses[1] ?? 0)) / 2, 12)
    expect(means[1]).toBeCloseTo(((losses[2] ?? 0) + (losses[3] ?? 0)) / 2, 12)
  })

  it('learns every token in pre-training, into the slot of the twin', async () => {
    const { events } = await train({ slot: 'twin', settings: { ...short, objective: 'pretrain' } })
    const tokens = records.reduce(
      (sum, { instruct: a, input, label }) => sum + modelOf(opened.studio).tokenizer.encode(a + input + label).length,
      0,
    )
    expect(events[0]).toMatchObject({ plan: { learnedTokensPerEpoch: tokens } })
    expect(slots().tuned).toBe(null)
    expect(slots().twin).not.toBe(null)
  })

  it('anew gives up the twin, which was compared with the run before', async () => {
    await train()
    await train({ slot: 'twin', settings: { ...short, objective: 'pretrain' } })
    expect(slots().twin).not.toBe(null)
    await train()
    expect(slots().twin).toBe(null)
    expect(Object.keys(opened.studio.histories)).toEqual(['tuned'])
  })
})

describe('a person', () => {
  it('pauses between two steps and goes on: the numbers are those of a run without a pause', async () => {
    const whole = await train()
    let stepsWhenPaused = 0
    let steps = 0
    const paused = await train({}, (event) => {
      if (event.kind === 'step') steps++
      if (event.kind === 'step' && event.step.step === 2) void pause()
      if (event.kind === 'paused') {
        stepsWhenPaused = steps
        // Long enough for a step to slip through, if one could.
        setTimeout(() => {
          expect(steps).toBe(stepsWhenPaused)
          void resume()
        }, 100)
      }
    })
    expect(stepsWhenPaused).toBe(2)
    expect(paused.kinds.filter((kind) => kind === 'paused' || kind === 'resumed')).toEqual(['paused', 'resumed'])
    expect(paused.summary).toMatchObject({ ended: 'finished', steps: 4, lastLoss: whole.summary.lastLoss })
  })

  it('stops and keeps what there is', async () => {
    const { summary } = await train(
      {},
      atStep(3, () => stop(true)),
    )
    expect(summary).toMatchObject({ ended: 'stopped', steps: 3, problem: null })
    expect(slots().tuned).not.toBe(null)
    expect(opened.studio.histories.tuned?.steps.length).toBe(3)
  })

  it('stops out of a pause', async () => {
    const { summary, kinds } = await train({}, (event) => {
      if (event.kind === 'step' && event.step.step === 1) void pause()
      if (event.kind === 'paused') setTimeout(() => void stop(true), 10)
    })
    expect(summary).toMatchObject({ ended: 'stopped', steps: 1 })
    expect(kinds).not.toContain('resumed')
  })

  it('stops and throws away: what was tuned before stays', async () => {
    await train()
    const [before, held] = [await valuesOf(slots().tuned?.weights ?? null), memoryHeld()]
    const { summary } = await train(
      { settings: { ...short, learning_rate: 0.1 } },
      atStep(1, () => stop(false)),
    )
    expect(summary).toMatchObject({ ended: 'discarded', steps: 1 })
    expect(await valuesOf(slots().tuned?.weights ?? null)).toEqual(before)
    expect(memoryHeld()).toEqual(held)
    expect(opened.studio.histories.tuned?.steps.length).toBe(4)
  })

  it('cancels the call, which throws the run away', async () => {
    const { summary } = await train({}, (event, cancel) => {
      if (event.kind === 'step' && event.step.step === 2) cancel()
    })
    expect(summary).toMatchObject({ ended: 'discarded', steps: 2 })
    expect(slots().tuned).toBe(null)
  })

  it('cancels before the first step', async () => {
    const { context, events, cancel } = listening<'train'>()
    const running = opened.handlers.train(requestOf({}), context)
    cancel()
    await expect(running).rejects.toMatchObject({ problem: { code: 'run.cancelled' } })
    expect(events.some(({ kind }) => kind === 'step')).toBe(false)
    expect(slots().tuned).toBe(null)
  })

  it('cannot pause, go on or stop what does not run', async () => {
    for (const call of [pause, resume, () => stop(true)])
      await expect(call()).rejects.toMatchObject({ problem: { code: 'run.not-running' } })
  })

  it('cannot do other heavy work beside a run, but can look at the records', async () => {
    const refusals: Promise<unknown>[] = []
    let looked: Promise<unknown> = Promise.resolve()
    await train(
      {},
      atStep(1, () => {
        const busy = { problem: { code: 'run.busy', values: { running: 'training' } } }
        const { handlers } = opened
        refusals.push(
          expect(handlers.train(requestOf({}), quietly())).rejects.toMatchObject(busy),
          expect(handlers.generate({ panes: [], max_new_tokens: 1, sampling: greedy }, quietly())).rejects.toMatchObject(busy),
          expect(handlers.evaluate({ slots: ['base'], max_new_tokens: 1, chat: null }, quietly())).rejects.toMatchObject(busy),
          expect(
            handlers.saveModel(
              { slot: 'base', name: 'x', form: { kind: 'model', dtype: 'checkpoint' }, to: { kind: 'zip' } },
              quietly(),
            ),
          ).rejects.toMatchObject(busy),
          expect(handlers.chooseBackend({ choice: 'cpu' }, quietly())).rejects.toMatchObject(busy),
        )
        looked = handlers.previewRecord({ index: 0 }, quietly())
      }),
    )
    await Promise.all(refusals)
    expect(refusals.length).toBe(5)
    await expect(looked).resolves.toMatchObject({ index: 0 })
  })
})

describe('a run that blows up', () => {
  const absurd = { ...short, learning_rate: 1e12 }

  it('ends, names the step, and keeps finite weights', async () => {
    const { summary } = await train({ settings: absurd })
    expect(summary.ended).toBe('not-finite')
    expect(summary.problem).toMatchObject({
      code: 'run.not-finite',
      values: { step: summary.steps + 1 },
      where: `step ${summary.steps + 1}`,
    })
    expect((await valuesOf(slots().tuned?.weights ?? null)).flat().every(Number.isFinite)).toBe(true)
    expect(opened.studio.histories.tuned?.steps.length).toBe(summary.steps)
  })
})

describe('packed records', () => {
  const together = { ...short, packing: true, max_length: 40, num_train_epochs: 1, per_device_train_batch_size: 1 }
  const lossOf = ({ events }: Awaited<ReturnType<typeof train>>) =>
    events.flatMap((event) => (event.kind === 'step' ? [event.step.loss] : []))

  it.each(['eager', 'plan'] as const)('share a row, and have the loss of a batch of them, by %s', async (engine) => {
    await opened.handlers.chooseBackend({ choice: 'wasm', engine }, quietly())
    const packed = await train({ settings: together })
    expect(packed.events[0]).toMatchObject({ plan: { records: 3, rows: 1, totalSteps: 1, learnedTokensPerEpoch: 3 + 4 + 4 } })
    const apart = await train({ settings: { ...together, packing: false, per_device_train_batch_size: 3 } })
    expect(apart.events[0]).toMatchObject({ plan: { records: 3, rows: 3, totalSteps: 1 } })
    expect(Math.abs((lossOf(packed)[0] ?? Number.NaN) / (lossOf(apart)[0] ?? Number.NaN) - 1)).toBeLessThan(2e-6)
  })
})

describe('refused before it starts', () => {
  const refused = (asked: Asked = {}) => opened.handlers.train(requestOf(asked), quietly())
  const problem = (code: string) => ({ problem: { code } })

  it('without records, a model, or with what is not there yet', async () => {
    await expect(refused({ settings: { save_steps: 10 } })).rejects.toMatchObject(problem('run.not-yet'))
    opened.studio.dataset = null
    await expect(refused()).rejects.toMatchObject(problem('run.no-dataset'))
    const empty = testStudio()
    await expect(empty.handlers.train(requestOf({}), quietly())).rejects.toMatchObject(problem('model.not-open'))
  })

  it('where records have nothing to learn, unless they may be left out', async () => {
    const limited = { settings: { ...short, max_length: 10 } }
    // Ten tokens: the second prompt fills them, and the third.
    const failed = refused(limited)
    await expect(failed).rejects.toMatchObject({
      problem: { code: 'run.nothing-to-learn', values: { count: 2, records: '2, 3' } },
    })
    const { events } = await train({ ...limited, leaveOutUnlearnable: true })
    expect(events[0]).toMatchObject({ plan: { records: 1 } })
    await expect(refused({ settings: { ...short, max_length: 2 }, leaveOutUnlearnable: true })).rejects.toMatchObject(
      problem('run.nothing-to-learn'),
    )
  })

  it('where every record was left out, dropped or too long', async () => {
    await expect(refused({ settings: { ...short, max_length: 3, overlong: 'drop' } })).rejects.toMatchObject(
      problem('run.no-dataset'),
    )
    for (const index of [0, 1, 2]) await opened.handlers.changeRecord({ index, change: { kind: 'leave-out' } }, quietly())
    await expect(refused()).rejects.toMatchObject(problem('run.no-dataset'))
  })

  it('leaves out what a person left out', async () => {
    await opened.handlers.changeRecord({ index: 1, change: { kind: 'leave-out' } }, quietly())
    expect((await train()).events[0]).toMatchObject({ plan: { records: 2, totalSteps: 2 } })
  })
})

describe('memory', () => {
  const shape = { hidden_size: 64, intermediate_size: 256, num_hidden_layers: 6, vocab_size: 512 }
  const config = readDecoderConfig({ ...tinyConfigJson, ...shape })
  const size = { rows: 2, length: 64, learned: 126, lora: null, checkpointing: false, bf16: new Set<string>() }
  const target = cpuTarget(inlinedKernels, 1)
  const machineOf = (checkpointing: boolean) => planForecast(config, { ...size, checkpointing }, target).machine
  const forecastWith = (largestBytes: number) => forecast({ target: { ...target, largestBytes } }, config, size)

  it('asks for blocks to be computed again only where a step does not fit otherwise', () => {
    expect(machineOf(true)).toBeLessThan(machineOf(false))
    expect(forecastWith(machineOf(false))).toMatchObject({ checkpointing: false, over: 0 })
    const tight = forecastWith(machineOf(false) - 1)
    expect(tight).toMatchObject({ checkpointing: true, over: 0 })
    expect(tight.memory.activations).toBeLessThan(forecastWith(machineOf(false)).memory.activations)
    expect(forecastWith(machineOf(true) - 1)).toMatchObject({ checkpointing: true, over: 1 })
  })

  it('that a run cannot have is said before it starts, and nothing is changed', async () => {
    opened.studio.target = { ...target, largestBytes: 1000 }
    await expect(train()).rejects.toMatchObject({ problem: { code: 'run.too-large' } })
    expect(slots().tuned).toBe(null)
  })

  it('that is short makes the run compute its blocks again, with the same losses', async () => {
    opened.studio.target = target
    const lossesOf = ({ events }: Awaited<ReturnType<typeof train>>) =>
      events.flatMap((event) => (event.kind === 'step' ? [event.step.loss] : []))
    const want = await train()
    const asked = { ...short, gradient_checkpointing: true }
    const got = await train({ settings: asked })
    expect(want.events[0]).toMatchObject({ plan: { checkpointing: false } })
    expect(got.events[0]).toMatchObject({ plan: { checkpointing: true } })
    expect(lossesOf(got)).toEqual(lossesOf(want))
  })
})

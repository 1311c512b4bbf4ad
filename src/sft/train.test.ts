// What must hold of every run: windows and padding change no number, only what is learned counts, nothing leaks, a run can be repeated,
// and a run that blows up ends before it spoils the weights.
// Where gradients are compared, AdamW's epsilon is 1: then its first step is a smooth function of the gradient, and the weights show it.

import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { settingsWith, tinyDecoder, tinyTrainee, tinyWeights, trainEagerly } from '../../test/tinyModel.ts'
import { startBackend } from '../engine/backends/start.ts'
import { eagerOps } from '../engine/eager.ts'
import { disposeAll, memoryHeld, scoped, type Tensor, toValues } from '../engine/tensor.ts'
import { disposeMoments, freshMoments } from '../engine/training/adamW.ts'
import { lossSum, tokenBatch } from '../models/decoder.ts'
import type { Trainee } from '../models/held.ts'
import { decays } from '../models/parameters.ts'
import type { TrainStep } from '../protocol/train.ts'
import { type Example, IGNORED } from './example.ts'
import type { TrainState } from './stepper.ts'
import type { TrainOutcome } from './train.ts'

const _ = IGNORED
const example = (ids: readonly number[], labels: readonly number[]): Example => ({
  ids,
  labels,
  straddling: [],
  truncated: false,
})

/** Of different lengths, with one, two, three and five learned tokens: a mean of means would show. */
const examples = [
  example([5, 6, 7, 264], [_, _, _, 264]),
  example([9, 8, 7, 6, 50, 264], [_, _, _, _, 50, 264]),
  example([30, 31, 60, 264], [_, 31, 60, 264]),
  example([40, 41, 42, 70, 71, 72, 73, 264], [_, _, _, 70, 71, 72, 73, 264]),
]

/** One step over everything that shows the gradients in the weights. */
const oneStep = {
  max_steps: 1,
  shuffle: false,
  learning_rate: 0.5,
  adam_epsilon: 1,
  max_grad_norm: 0,
  per_device_train_batch_size: 4,
}

beforeAll(async () => {
  await startBackend('wasm', { wasmFiles: null, isolated: false })
})

let heldBefore = 0
beforeEach(() => {
  heldBefore = memoryHeld().tensors
})
afterEach(() => {
  expect(memoryHeld().tensors, 'tensors held after the test').toBe(heldBefore)
})

type Ran = { outcome: TrainOutcome; steps: TrainStep[]; values: Map<string, number[]> }
type Options = { examples?: readonly Example[]; padTokenId?: number; lengthMultiple?: number; stopAfter?: number }

async function run(changed: Parameters<typeof settingsWith>[0], options: Options = {}): Promise<Ran> {
  const weights = tinyWeights()
  const steps: TrainStep[] = []
  const outcome = await trainEagerly(
    tinyTrainee(weights),
    {
      examples: options.examples ?? examples,
      settings: settingsWith(changed),
      padTokenId: options.padTokenId ?? 264,
      lengthMultiple: options.lengthMultiple ?? 1,
      state: null,
    },
    {
      afterStep: async (step) => {
        steps.push(step)
        return step.step === options.stopAfter ? 'stop' : 'go-on'
      },
    },
  )
  const values = new Map<string, number[]>()
  for (const [name, tensor] of Object.entries(weights)) values.set(name, [...(await toValues(tensor))])
  disposeAll(weights)
  return { outcome, steps, values }
}

/** Float32 sums in another order: 1e-6 of values up to 1, a step of 0.5. */
function expectSameRun(got: Ran, want: Ran, tolerance = 5e-6): void {
  expect(got.steps.length).toBe(want.steps.length)
  for (const [at, { loss, gradNorm }] of want.steps.entries()) {
    expect(Math.abs((got.steps[at]?.loss ?? Number.NaN) / loss - 1)).toBeLessThan(tolerance)
    expect(Math.abs((got.steps[at]?.gradNorm ?? Number.NaN) / gradNorm - 1)).toBeLessThan(tolerance)
  }
  for (const [name, values] of want.values) {
    const other = got.values.get(name) ?? []
    const apart = values.reduce((most, value, at) => Math.max(most, Math.abs(value - (other[at] ?? Number.NaN))), 0)
    expect(apart, name).toBeLessThan(tolerance)
  }
}

describe('the numbers of a step', () => {
  it.each([
    ['four batches of 1', { per_device_train_batch_size: 1, gradient_accumulation_steps: 4 }],
    ['two batches of 2', { per_device_train_batch_size: 2, gradient_accumulation_steps: 2 }],
    ['batches of 3 and 1', { per_device_train_batch_size: 3, gradient_accumulation_steps: 2 }],
  ])('are those of one batch of 4 in a window of %s', async (_what, split) => {
    expectSameRun(await run({ ...oneStep, ...split }), await run(oneStep))
  })

  it('do not depend on how far a batch is padded, nor with which token', async () => {
    const want = await run(oneStep)
    expectSameRun(await run(oneStep, { lengthMultiple: 32 }), want)
    expectSameRun(await run(oneStep, { padTokenId: 0 }), want)
  })

  it('do not depend on a last token that is not learned', async () => {
    const endingWith = (id: number) => [example([5, 6, 7, id], [_, 6, 7, _])]
    expectSameRun(await run(oneStep, { examples: endingWith(8) }), await run(oneStep, { examples: endingWith(99) }), 1e-7)
  })

  it('do not depend on the order of the rows', async () => {
    expectSameRun(await run(oneStep, { examples: [...examples].reverse() }), await run(oneStep))
  })

  it.each([
    ['the learned tokens alone', example([9, 8, 50, 264], [_, _, 50, 264]), [1, 2], [50, 264], 2],
    // Trainer counts the first label, which nothing predicts (trap 2 of the reference numbers).
    ['every token in pre-training', example([9, 8, 50, 264], [9, 8, 50, 264]), [0, 1, 2], [8, 50, 264], 4],
  ])('are those of %s', async (_what, one, rows, targets, labelled) => {
    const weights = tinyWeights()
    const sum = scoped(() =>
      lossSum(eagerOps, tinyDecoder(weights), tokenBatch({ batch: 1, ids: one.ids, paddedKeys: null }), { rows, targets }),
    )
    const [value = Number.NaN] = await toValues(sum)
    disposeAll([sum, ...Object.values(weights)])
    const { steps } = await run(oneStep, { examples: [one] })
    expect(steps[0]?.loss).toBeCloseTo(value / labelled, 5)
  })

  it('name the gradient norm before clipping, and clip to it', async () => {
    const free = await run(oneStep)
    const clipped = await run({ ...oneStep, max_grad_norm: 0.01 })
    expect(clipped.steps[0]?.gradNorm).toBe(free.steps[0]?.gradNorm)
    expect(free.steps[0]?.gradNorm).toBeGreaterThan(0.1)
    const start = await run({ ...oneStep, learning_rate: 0 })
    const moved = ({ values }: Ran) =>
      Math.sqrt(
        [...values].reduce(
          (sum, [name, list]) =>
            sum + list.reduce((own, value, at) => own + (value - (start.values.get(name)?.[at] ?? 0)) ** 2, 0),
          0,
        ),
      )
    // Gradients of norm 0.01 are small beside an epsilon of 1, so the update is the learning rate times them, within 1 %.
    expect(moved(clipped) / (0.5 * 0.01)).toBeCloseTo(1, 1)
  })

  it('shrink by weight decay all but biases and norms', async () => {
    const plain = await run(oneStep)
    const start = await run({ ...oneStep, learning_rate: 0 })
    const decayed = await run({ ...oneStep, weight_decay: 0.1 })
    for (const [name, values] of decayed.values) {
      const share = decays(name) ? 0.5 * 0.1 : 0
      const want = values.map((_value, at) => (plain.values.get(name)?.[at] ?? 0) - share * (start.values.get(name)?.[at] ?? 0))
      const apart = values.reduce((most, value, at) => Math.max(most, Math.abs(value - (want[at] ?? Number.NaN))), 0)
      expect(apart, name).toBeLessThan(1e-6)
    }
  })
})

const threeEpochs = { num_train_epochs: 3, per_device_train_batch_size: 2, learning_rate: 1e-2 }

describe('a run', () => {
  it('gives the same numbers twice', async () => {
    const [once, again] = [await run(threeEpochs), await run(threeEpochs)]
    expect(again.steps.map(({ loss, gradNorm }) => [loss, gradNorm])).toEqual(
      once.steps.map(({ loss, gradNorm }) => [loss, gradNorm]),
    )
    expect(again.values).toEqual(once.values)
  })

  it('takes another way from another seed', async () => {
    const [once, other] = [await run(threeEpochs), await run({ ...threeEpochs, seed: 1 })]
    expect(other.steps.map(({ loss }) => loss)).not.toEqual(once.steps.map(({ loss }) => loss))
  })

  it('counts steps and epochs, uses the schedule, and learns', async () => {
    const { outcome, steps } = await run(threeEpochs)
    expect(outcome).toEqual({ ended: 'finished', steps: 6, notFinite: null })
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6])
    expect(steps.map(({ epoch }) => epoch)).toEqual([0.5, 1, 1.5, 2, 2.5, 3])
    steps.forEach(({ learningRate }, at) => {
      expect(learningRate).toBeCloseTo(1e-2 * (1 - at / 6), 12)
    })
    expect(steps.every(({ tokensPerSecond, bytesHeld }) => tokensPerSecond > 0 && bytesHeld > 0)).toBe(true)
    expect(steps.at(-1)?.loss).toBeLessThan(steps[0]?.loss ?? 0)
  })

  it('stops where it is told to, on the way of the whole run', async () => {
    const { outcome, steps } = await run(threeEpochs, { stopAfter: 2 })
    expect(outcome).toEqual({ ended: 'stopped', steps: 2, notFinite: null })
    const whole = await run(threeEpochs)
    expect(steps.map(({ loss }) => loss)).toEqual(whole.steps.slice(0, 2).map(({ loss }) => loss))
  })

  it('ends at a number that is not finite, names the step, and leaves the weights finite', async () => {
    const { outcome, steps, values } = await run({ ...threeEpochs, learning_rate: 1e12 })
    expect(outcome.ended).toBe('not-finite')
    expect(outcome.notFinite).toMatchObject({ step: steps.length + 1 })
    expect(['loss', 'gradient norm']).toContain(outcome.notFinite?.quantity)
    expect(outcome.notFinite?.learningRate).toBeCloseTo(1e12 * (1 - steps.length / 6), 0)
    expect(outcome.steps).toBe(steps.length)
    expect([...values.values()].flat().every(Number.isFinite)).toBe(true)
  })

  it('frees what it made when a listener fails', async () => {
    const weights = tinyWeights()
    const failing = trainEagerly(
      tinyTrainee(weights),
      { examples, settings: settingsWith(threeEpochs), padTokenId: 264, lengthMultiple: 1, state: null },
      { afterStep: () => Promise.reject(new Error('the listener failed')) },
    )
    await expect(failing).rejects.toThrow('the listener failed')
    disposeAll(weights)
  })
})

describe('a run that is cut in two', () => {
  const settings = settingsWith({
    ...threeEpochs,
    shuffle: true,
    weight_decay: 0.1,
    lr_scheduler_type: 'cosine',
    warmup_steps: 2,
  })
  const stepped = async (trainee: Trainee, state: TrainState | null, stopAfter: number) => {
    const steps: TrainStep[] = []
    const input = { examples, settings, padTokenId: 264, lengthMultiple: 1, state }
    await trainEagerly(trainee, input, {
      afterStep: async (step) => {
        steps.push(step)
        return step.step === stopAfter ? 'stop' : 'go-on'
      },
    })
    return steps.map(({ step, epoch, loss, gradNorm, learningRate }) => ({ step, epoch, loss, gradNorm, learningRate }))
  }
  const valuesOf = async (weights: Readonly<Record<string, Tensor>>) => {
    const values: number[][] = []
    for (const tensor of Object.values(weights)) values.push([...(await toValues(tensor))])
    return values
  }

  // In the middle of an epoch, at its end, and after the first step.
  it.each([1, 2, 3, 4])('after step %d is the run in one piece, to the last bit', async (cut) => {
    const [whole, halves] = [tinyWeights(), tinyWeights()]
    const want = await stepped(tinyTrainee(whole), null, -1)
    expect(want.length).toBe(6)

    const trainee = tinyTrainee(halves)
    const state: TrainState = { step: 0, moments: freshMoments(trainee.trained) }
    const first = await stepped(trainee, state, cut)
    expect(state.step).toBe(cut)
    expect([...first, ...(await stepped(trainee, state, -1))]).toEqual(want)
    expect(await valuesOf(trainee.trained)).toEqual(await valuesOf(whole))
    disposeMoments(state.moments)
    disposeAll(trainee.trained)
    disposeAll(whole)
  })
})

// What is held out is never learned, its loss is the mean of its tokens whoever computes it, and what a run makes of that loss.

import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { settingsWith, tinyTrainee, tinyWeights } from '../../test/tinyModel.ts'
import { defaultLora } from '../config/settings.ts'
import { startBackend } from '../engine/backends/start.ts'
import { inlinedKernels } from '../engine/targets/cpu/inlinedKernels.ts'
import { cpuTarget } from '../engine/targets/cpu/machine.ts'
import { disposeAll, fromValues, memoryHeld, toValues } from '../engine/tensor.ts'
import { restingLater, valuesOf, type Weight } from '../engine/weight.ts'
import { disposeDecoder, traineeOf, withFreshAdapter } from '../models/held.ts'
import { type Batch, collate } from './batch.ts'
import { type Example, IGNORED } from './example.ts'
import { heldOutCount, heldOutLoss, heldOutPlaces, heldOutWatch, partedFrom } from './heldOut.ts'
import { planStepper } from './planStepper.ts'
import { eagerStepper } from './stepper.ts'

const _ = IGNORED
const example = (ids: readonly number[], labels: readonly number[]): Example => ({
  ids,
  labels,
  straddling: [],
  truncated: false,
})
const examples = [
  example([5, 6, 7, 264], [_, _, _, 264]),
  example([9, 8, 7, 6, 50, 264], [_, _, _, _, 50, 264]),
  example([30, 31, 60, 264], [_, 31, 60, 264]),
  example([40, 41, 42, 70, 71, 72, 73, 264], [_, _, _, 70, 71, 72, 73, 264]),
]

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

describe('which records', () => {
  it('a share is rounded up, as train_test_split does; from 1 on it is a number', () => {
    expect([heldOutCount(28, 0.1), heldOutCount(30, 0.1), heldOutCount(5, 0.5), heldOutCount(28, 4)]).toEqual([3, 3, 3, 4])
  })

  it('the seed chooses, and leaving one out changes the choice of one at the most', () => {
    const all = () => true
    const chosen = heldOutPlaces(100, all, 10, 42)
    expect(chosen.size).toBe(10)
    expect(heldOutPlaces(100, all, 10, 42)).toEqual(chosen)
    expect(heldOutPlaces(100, all, 10, 43)).not.toEqual(chosen)
    for (const left of [...chosen, 0, 1, 2]) {
      const again = heldOutPlaces(100, (place) => place !== left, 10, 42)
      expect([...chosen].filter((place) => !again.has(place)).length).toBe(chosen.has(left) ? 1 : 0)
    }
  })
})

describe('its loss', () => {
  const rowsOf = (rows: number) => ({ rows, padTokenId: 264 })

  it('is the mean over tokens: a batch of few counts for less', async () => {
    const lossSum = async (batch: Batch) => batch.learned.targets.length * (batch.rows === 3 ? 1 : 18)
    // Three of the four have 6 learned tokens, the longest one 5.
    expect(await heldOutLoss({ lossSum }, examples, rowsOf(3))).toBeCloseTo((6 * 1 + 5 * 18) / 11)
  })

  it('is the one of the steps, by the eager interpreter and by plan, whatever the batches', async () => {
    const weights = tinyWeights()
    const settings = settingsWith({})
    const eager = eagerStepper(tinyTrainee(weights), settings, null)
    const { loss } = await eager.gradients([collate(examples, 264)], 1)
    const planned = await planStepper(tinyTrainee(weights), settings, null, {
      target: cpuTarget(inlinedKernels, 1),
      checkpointing: false,
    })
    for (const stepper of [eager, planned])
      for (const rows of [1, 2, 3, 8])
        expect(Math.abs((await heldOutLoss(stepper, examples, rowsOf(rows))) / loss - 1)).toBeLessThan(2e-6)
    eager.dispose()
    planned.dispose()
    disposeAll(weights)
  })

  it('knows no dropout, and leaves the gradients of a step that is under way alone', async () => {
    const weights = tinyWeights()
    const lora = { ...defaultLora, r: 2, lora_dropout: 0.5 }
    const settings = settingsWith({ lora })
    const adapted = withFreshAdapter({ config: tinyTrainee(weights).model.config, weights, adapter: null }, lora, 1)
    const trainee = traineeOf(adapted)
    for (const [name, tensor] of Object.entries(trainee.trained)) {
      trainee.trained[name] = fromValues(new Float32Array(tensor.size).fill(0.1), tensor.shape)
      tensor.dispose()
    }
    const on = { target: cpuTarget(inlinedKernels, 1), checkpointing: false }
    const steppers = [eagerStepper(trainee, settings, null), await planStepper(trainee, settings, null, on)]
    const losses: number[] = []
    for (const stepper of steppers) {
      const once = await heldOutLoss(stepper, examples, rowsOf(2))
      const { gradNorm } = await stepper.gradients([collate(examples, 264)], 1)
      expect(await heldOutLoss(stepper, examples, rowsOf(2))).toBe(once)
      expect((await stepper.gradients([collate(examples, 264)], 1)).gradNorm).toBe(gradNorm)
      losses.push(once)
      stepper.dispose()
    }
    expect(Math.abs((losses[0] ?? 0) / (losses[1] ?? Number.NaN) - 1)).toBeLessThan(2e-6)
    disposeDecoder(adapted)
    disposeDecoder(trainee.model)
    disposeAll(weights)
  })
})

describe('what a run makes of it', () => {
  const at = (epoch: number, evalLoss: number) => ({ epoch, step: 10 * epoch, evalLoss })
  const choice = { load_best_model_at_end: true, early_stopping_patience: 2 }

  it('the best epoch’s weights come back, and an end is called after as many worse ones as the patience', async () => {
    const trained = { w: fromValues(Float32Array.of(1), [1]) }
    const watch = heldOutWatch(trained, choice)
    const stops: boolean[] = []
    for (const [epoch, loss] of [3, 2, 2.5, 1, 1, 1.5].entries()) {
      trained.w.dispose()
      trained.w = fromValues(Float32Array.of(epoch + 1), [1])
      stops.push((await watch.heard(at(epoch + 1, loss))).stop)
    }
    expect(stops).toEqual([false, false, false, false, false, true])
    expect(watch.best()).toEqual(at(4, 1))
    expect(watch.restoreBest()).toBe(true)
    expect([...(await toValues(trained.w))]).toEqual([4])
    watch.dispose()
    trained.w.dispose()
  })

  it('keeps the numbers of weights that rest and are read from where they are trained', async () => {
    let now = 1
    const w = restingLater([1], async () => Float32Array.of(now))
    const trained: Record<string, Weight> = { w }
    const watch = heldOutWatch(trained, choice)
    await watch.heard(at(1, 1))
    now = 2
    await watch.heard(at(2, 2))
    watch.restoreBest()
    expect([...(await valuesOf(trained.w ?? w))]).toEqual([1])
  })

  it('nothing is kept and nothing ends where that was not asked for', async () => {
    const watch = heldOutWatch({}, { load_best_model_at_end: false, early_stopping_patience: null })
    for (const loss of [1, 2, 3, 4]) expect((await watch.heard(at(loss, loss))).stop).toBe(false)
    expect(watch.restoreBest()).toBe(false)
    expect(watch.best()).toEqual(at(1, 1))
  })

  const epochs = (pairs: readonly (readonly [number, number | null])[]) =>
    pairs.map(([meanLoss, evalLoss], index) => ({ epoch: index + 1, meanLoss, evalLoss }))

  it.each([
    [
      'go down together',
      [
        [3, 3],
        [2, 2.5],
        [1, 2.2],
      ],
      null,
    ],
    [
      'part after epoch 2',
      [
        [3, 3],
        [2, 2.5],
        [1, 2.6],
        [0.5, 2.9],
      ],
      3,
    ],
    [
      'one worse epoch may be chance',
      [
        [3, 3],
        [2, 2.5],
        [1, 2.6],
      ],
      null,
    ],
    [
      'both rise: that is no learning by heart',
      [
        [1, 1],
        [2, 2],
        [3, 3],
      ],
      null,
    ],
    [
      'nothing is held out',
      [
        [3, null],
        [2, null],
        [1, null],
      ],
      null,
    ],
    [
      'no number at all',
      [
        [3, Number.NaN],
        [2, Number.NaN],
        [1, Number.NaN],
      ],
      null,
    ],
  ] as const)('the curves %s', (_what, pairs, from) => {
    expect(partedFrom(epochs(pairs))).toBe(from)
  })
})

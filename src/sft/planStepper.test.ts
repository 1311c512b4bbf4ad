// Runs by plan on the CPU's kernels: the curve and the weights of the eager interpreter, the same bits twice, a run cut in two, the way back
// after a loss that is no number, and no more memory than was foreseen.

import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { settingsWith, tinyConfig, tinyDecoder, tinyTrainee, tinyWeights, trainEagerly } from '../../test/tinyModel.ts'
import type { Settings } from '../config/settings.ts'
import { startBackend } from '../engine/backends/start.ts'
import { inlinedKernels } from '../engine/targets/cpu/inlinedKernels.ts'
import { cpuTarget } from '../engine/targets/cpu/machine.ts'
import { disposeAll, fromValues, memoryHeld, type Tensor, toValues } from '../engine/tensor.ts'
import { disposeMoments, freshMoments } from '../engine/training/adamW.ts'
import { valuesOf as numbersOf, type Weight } from '../engine/weight.ts'
import { readDecoderConfig } from '../models/config.ts'
import { freshWeights } from '../models/fresh.ts'
import { disposeDecoder, type Trainee, traineeOf, withFreshAdapter } from '../models/held.ts'
import { parameterCount } from '../models/parameters.ts'
import type { TrainStep } from '../protocol/train.ts'
import { collate } from './batch.ts'
import type { Example } from './example.ts'
import { planForecast } from './planMemory.ts'
import { planStepper } from './planStepper.ts'
import type { TrainState } from './stepper.ts'
import { type TrainHooks, type TrainOutcome, train } from './train.ts'

const _ = -100
const example = (ids: number[], labels: number[]): Example => ({ ids, labels, straddling: [], truncated: false })
const examples = [
  example([5, 6, 7, 8, 264], [_, _, 7, 8, 264]),
  example([9, 10, 11, 264], [_, 10, 11, 264]),
  example([12, 13, 7, 15, 16, 264], [_, _, _, 15, 16, 264]),
]
const settings = settingsWith({
  num_train_epochs: 3,
  per_device_train_batch_size: 2,
  learning_rate: 1e-2,
  weight_decay: 0.1,
  lr_scheduler_type: 'cosine',
  warmup_steps: 1,
})
const target = cpuTarget(inlinedKernels, 1)

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

const goOn: TrainHooks = { afterStep: async () => 'go-on' }

async function byPlan(
  trainee: Trainee,
  changed: Partial<Settings> = {},
  { state = null, stopAfter = -1 }: { state?: TrainState | null; stopAfter?: number } = {},
  on = target,
): Promise<{ outcome: TrainOutcome; steps: Omit<TrainStep, 'tokensPerSecond' | 'stepMs' | 'bytesHeld'>[] }> {
  const own = { ...settings, ...changed }
  const stepper = await planStepper(trainee, own, state, { target: on, checkpointing: own.gradient_checkpointing })
  const steps: Omit<TrainStep, 'tokensPerSecond' | 'stepMs' | 'bytesHeld'>[] = []
  const input = { examples, settings: own, padTokenId: 264, lengthMultiple: 1, done: state?.step ?? 0 }
  const outcome = await train(stepper, input, {
    afterStep: async ({ tokensPerSecond: _speed, stepMs: _ms, bytesHeld: _bytes, ...step }) => {
      steps.push(step)
      return step.step === stopAfter ? 'stop' : 'go-on'
    },
  })
  stepper.dispose()
  return { outcome, steps }
}

async function valuesOf(tensors: Readonly<Record<string, Tensor>>): Promise<Record<string, number[]>> {
  const values: Record<string, number[]> = {}
  for (const name of Object.keys(tensors).sort()) {
    const tensor = tensors[name]
    if (tensor) values[name] = [...(await toValues(tensor))]
  }
  return values
}

const lora = { r: 2, lora_alpha: 8, lora_dropout: 0.2, target_modules: 'all-linear', use_rslora: false }
function adapted(): Trainee {
  const weights = tinyWeights()
  const fresh = withFreshAdapter(tinyDecoder(weights), lora, 3)
  disposeAll(weights)
  const trainee = traineeOf(fresh)
  disposeDecoder(fresh)
  return trainee
}

describe.each([
  ['all weights', () => tinyTrainee(tinyWeights())],
  ['LoRA with dropout', adapted],
])('%s', (_name, fresh) => {
  it('comes to what the eager interpreter comes to', async () => {
    const [own, other] = [fresh(), fresh()]
    const { steps } = await byPlan(own)
    const want: TrainStep[] = []
    await trainEagerly(
      other,
      { examples, settings, padTokenId: 264, lengthMultiple: 1, state: null },
      {
        afterStep: async (step) => {
          want.push(step)
          return 'go-on'
        },
      },
    )
    expect(steps.length).toBe(want.length)
    for (const [at, { loss, gradNorm, learningRate }] of want.entries()) {
      expect(Math.abs((steps[at]?.loss ?? Number.NaN) / loss - 1)).toBeLessThan(2e-5)
      expect(Math.abs((steps[at]?.gradNorm ?? Number.NaN) / gradNorm - 1)).toBeLessThan(2e-4)
      expect(steps[at]?.learningRate).toBe(learningRate)
    }
    disposeDecoder(own.model)
    disposeDecoder(other.model)
  })

  it('is the same twice, and the same when it is cut in two, to the last bit', async () => {
    const [once, again, halves] = [fresh(), fresh(), fresh()]
    const want = await byPlan(once)
    expect((await byPlan(again)).steps).toEqual(want.steps)
    const values = await valuesOf(once.trained)
    expect(await valuesOf(again.trained)).toEqual(values)

    const state: TrainState = { step: 0, moments: freshMoments(halves.trained) }
    const first = await byPlan(halves, {}, { state, stopAfter: 3 })
    const second = await byPlan(halves, {}, { state })
    expect([...first.steps, ...second.steps]).toEqual(want.steps)
    expect(await valuesOf(halves.trained)).toEqual(values)
    disposeMoments(state.moments)
    for (const { model } of [once, again, halves]) disposeDecoder(model)
  })
})

it('keeps the weights of the last finite loss', async () => {
  const trainee = tinyTrainee(tinyWeights())
  const { outcome, steps } = await byPlan(trainee, { learning_rate: 1e30, max_grad_norm: 0, warmup_steps: 0 })
  expect(outcome).toMatchObject({ ended: 'not-finite', steps: steps.length })
  expect(
    Object.values(await valuesOf(trainee.trained))
      .flat()
      .every(Number.isFinite),
  ).toBe(true)
  disposeDecoder(trainee.model)
})

it.each([undefined, 0])(
  'keeps the weights where the first loss is not finite (kept before an update up to %s bytes)',
  async (largestKept) => {
    const trainee = tinyTrainee(tinyWeights())
    const before = await valuesOf(trainee.trained)
    const options = { target, checkpointing: false, ...(largestKept !== undefined && { largestKept }) }
    const stepper = await planStepper(trainee, settings, null, options)
    await stepper.undo()
    await stepper.sync()
    await stepper.dispose()
    expect(Object.keys(before)).toEqual(Object.keys(trainee.trained).sort())
    for (const [name, weight] of Object.entries(trainee.trained)) expect([...(await numbersOf(weight))]).toEqual(before[name])
    disposeDecoder(trainee.model)
  },
)

it('works the last weights out where there was no room to keep them, and hands the learned ones over at the end', async () => {
  const [kept, bare] = [tinyTrainee(tinyWeights()), tinyTrainee(tinyWeights())]
  const batch = collate(examples.slice(0, 2), 264)
  const afterTwoSteps = async (trainee: Trainee<Weight>, undone: boolean, options: { largestKept?: number }) => {
    const stepper = await planStepper(trainee, settings, null, { target, checkpointing: false, ...options })
    for (const step of [1, 2]) {
      await stepper.gradients([batch], step)
      await stepper.update(step, 1e-3)
    }
    if (undone) await stepper.undo()
    await stepper.sync()
    await stepper.dispose()
    const values: number[] = []
    for (const name of Object.keys(trainee.trained).sort()) {
      const weight = trainee.trained[name]
      if (weight) values.push(...(await numbersOf(weight)))
    }
    return values
  }
  const want = await afterTwoSteps(kept, true, {})
  const got = await afterTwoSteps(bare, true, { largestKept: 0 })
  expect(got.length).toBe(want.length)
  // Within a rounding of weights up to 1, and steps of 1e-3.
  for (const [at, value] of want.entries()) expect(Math.abs((got[at] ?? Number.NaN) - value)).toBeLessThan(2e-7)
  const [learned, same] = [tinyTrainee(tinyWeights()), tinyTrainee(tinyWeights())]
  expect(await afterTwoSteps(same, false, { largestKept: 0 })).toEqual(await afterTwoSteps(learned, false, {}))
  for (const { model } of [kept, bare, learned, same]) disposeDecoder(model)
})

it('changes nothing in an update by gradients that are no numbers, so that what was before the last one is still there', async () => {
  const weights = tinyWeights()
  const [name = '', spoilt] = Object.entries(weights).find(([name]) => name.endsWith('up_proj.weight')) ?? []
  if (!spoilt) throw new Error('there is an up_proj')
  weights[name] = fromValues(new Float32Array(spoilt.size).fill(Number.NaN), spoilt.shape)
  spoilt.dispose()
  const trainee = tinyTrainee(weights)
  const before = await valuesOf(trainee.trained)
  const stepper = await planStepper(trainee, settings, null, { target, checkpointing: false })
  const batch = collate(examples.slice(0, 2), 264)
  expect((await stepper.gradients([batch], 1)).gradNorm).toBeNaN()
  await stepper.update(1, 1e-2)
  await stepper.sync()
  expect(await valuesOf(trainee.trained)).toEqual(before)
  stepper.dispose()
  disposeDecoder(trainee.model)
})

it('works ahead where a target answers late: the same numbers and weights, the same way back, stopped with what was begun', async () => {
  const late = { ...target, answersLate: true }
  const longer = { num_train_epochs: 2, per_device_train_batch_size: 1 }
  const [one, other] = [tinyTrainee(tinyWeights()), tinyTrainee(tinyWeights())]
  expect((await byPlan(one, longer, {}, late)).steps).toEqual((await byPlan(other, longer)).steps)
  expect(await valuesOf(one.trained)).toEqual(await valuesOf(other.trained))
  for (const trainee of [one, other]) disposeDecoder(trainee.model)

  const [failing, failed] = [tinyTrainee(tinyWeights()), tinyTrainee(tinyWeights())]
  const hot = { ...longer, learning_rate: 1e30, max_grad_norm: 0, warmup_steps: 0 }
  const { outcome: failure } = await byPlan(failing, hot, {}, late)
  expect(failure).toMatchObject({ ended: 'not-finite', steps: 1 })
  expect((await byPlan(failed, hot)).outcome).toEqual(failure)
  expect(await valuesOf(failing.trained)).toEqual(await valuesOf(failed.trained))
  for (const trainee of [failing, failed]) disposeDecoder(trainee.model)

  const stopped = tinyTrainee(tinyWeights())
  const { outcome, steps } = await byPlan(stopped, longer, { stopAfter: 1 }, late)
  expect([outcome.ended, outcome.steps, steps.length]).toEqual(['stopped', 2, 2])
  disposeDecoder(stopped.model)
})

it.each([false, true])('holds what was foreseen, within 2 %%; checkpointing %s', async (checkpointing) => {
  const config = readDecoderConfig({
    ...{ architectures: ['Qwen2ForCausalLM'], model_type: 'qwen2', hidden_size: 128, num_hidden_layers: 3, vocab_size: 2000 },
    ...{ num_attention_heads: 4, num_key_value_heads: 2, intermediate_size: 352, tie_word_embeddings: true },
  })
  const weights = freshWeights(config, 1)
  const trainee: Trainee = { model: { config, weights, adapter: null }, trained: weights }
  const stepper = await planStepper(trainee, settings, null, { target, checkpointing })
  const ids = Array.from({ length: 96 }, (_id, at) => (at * 37) % 2000)
  const batch = collate(
    [0, 1, 2, 3].map(() => ({ ids, labels: ids.map((id, at) => (at < 48 ? _ : id)) })),
    0,
  )
  await stepper.gradients([batch], 1)
  const size = { rows: 4, length: 96, learned: batch.learned.rows.length, lora: null, checkpointing, bf16: new Set<string>() }
  const { memory, machine: foreseen } = planForecast(config, size, target)
  // One of the two copies is the machine's, the other is handed back.
  const handedBack = 4 * parameterCount(config)
  expect(foreseen).toBe(Object.values(memory).reduce((sum, bytes) => sum + bytes, 0) - handedBack)
  // What a table of calls takes, and the rest of a page.
  const machine = stepper.bytesHeld() - memoryHeld().bytes
  expect(machine).toBeGreaterThan(foreseen)
  expect(machine).toBeLessThan(1.005 * foreseen + 65_536)
  await stepper.gradients([batch], 2)
  expect(stepper.bytesHeld() - memoryHeld().bytes).toBe(machine)
  stepper.dispose()
  disposeAll(weights)
})

it('does not grow over a thousand steps of mixed lengths', async () => {
  const trainee = tinyTrainee(tinyWeights())
  const stepper = await planStepper(trainee, settings, null, { target, checkpointing: false })
  const batchOf = (length: number) => {
    const ids = Array.from({ length }, (_id, at) => (at * 7) % tinyConfig.vocab_size)
    return collate([{ ids, labels: ids }], 264)
  }
  const held: number[] = []
  for (let step = 1; step <= 1000; step++) {
    await stepper.gradients([batchOf(4 + ((step * 13) % 28))], step)
    await stepper.update(step, 1e-4)
    if (step % 100 === 0) held.push(stepper.bytesHeld())
  }
  expect(new Set(held).size).toBe(1)
  stepper.dispose()
  disposeDecoder(trainee.model)
})

it('leaves hooks and outcome to the loop', async () => {
  const trainee = tinyTrainee(tinyWeights())
  const stepper = await planStepper(trainee, settings, null, { target, checkpointing: false })
  const input = { examples: [], settings, padTokenId: 264, lengthMultiple: 1, done: 0 }
  expect(await train(stepper, input, goOn)).toEqual({ ended: 'finished', steps: 0, notFinite: null })
  stepper.dispose()
  disposeDecoder(trainee.model)
})

it('computes blocks again and comes to the same bits', async () => {
  for (const fresh of [() => tinyTrainee(tinyWeights()), adapted]) {
    const [kept, again] = [fresh(), fresh()]
    const want = await byPlan(kept, { gradient_checkpointing: false })
    const got = await byPlan(again, { gradient_checkpointing: true })
    expect(got.steps).toEqual(want.steps)
    expect(await valuesOf(again.trained)).toEqual(await valuesOf(kept.trained))
    for (const { model } of [kept, again]) disposeDecoder(model)
  }
})

describe('threads', () => {
  it.each([2, 3])('%d of them come to the bits of one', async (threads) => {
    const [alone, shared] = [tinyTrainee(tinyWeights()), tinyTrainee(tinyWeights())]
    const want = await byPlan(alone)
    const got = await byPlan(shared, {}, {}, cpuTarget(inlinedKernels, threads))
    expect(got.steps).toEqual(want.steps)
    expect(await valuesOf(shared.trained)).toEqual(await valuesOf(alone.trained))
    for (const { model } of [alone, shared]) disposeDecoder(model)
  })
})

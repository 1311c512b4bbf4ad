// Training an adapter: the base stays as it is to the last bit, the norm counts only what is trained, dropout is decided by the seed.

import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { settingsWith, tinyDecoder, tinyWeights, trainEagerly } from '../../test/tinyModel.ts'
import type { Settings } from '../config/settings.ts'
import { startBackend } from '../engine/backends/start.ts'
import { disposeAll, memoryHeld, type Tensor, toValues } from '../engine/tensor.ts'
import { disposeDecoder, merged, type Trainee, traineeOf, withFreshAdapter } from '../models/held.ts'
import type { TrainStep } from '../protocol/train.ts'
import type { Example } from './example.ts'
import type { TrainOutcome } from './train.ts'

const _ = -100
const example = (ids: number[], labels: number[]): Example => ({ ids, labels, straddling: [], truncated: false })
const examples = [
  example([5, 6, 7, 8, 264], [_, _, 7, 8, 264]),
  example([9, 10, 11, 264], [_, 10, 11, 264]),
  example([12, 13, 14, 15, 16, 264], [_, _, _, 15, 16, 264]),
]
const lora: NonNullable<Settings['lora']> = {
  r: 2,
  lora_alpha: 8,
  lora_dropout: 0,
  target_modules: ['q_proj', 'v_proj', 'down_proj'],
  use_rslora: false,
}
const short = settingsWith({ num_train_epochs: 6, per_device_train_batch_size: 2, learning_rate: 2e-2, shuffle: false })

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

function adaptedTrainee(settings: NonNullable<Settings['lora']>): Trainee {
  const weights = tinyWeights()
  const fresh = withFreshAdapter(tinyDecoder(weights), settings, 3)
  disposeAll(weights)
  const trainee = traineeOf(fresh)
  disposeDecoder(fresh)
  return trainee
}

async function valuesOf(tensors: Readonly<Record<string, Tensor>>): Promise<Record<string, number[]>> {
  const values: Record<string, number[]> = {}
  for (const [name, tensor] of Object.entries(tensors)) values[name] = [...(await toValues(tensor))]
  return values
}

type Ran = { outcome: TrainOutcome; steps: TrainStep[]; base: Record<string, number[]>; adapter: Record<string, number[]> }
async function run(settings: Partial<NonNullable<Settings['lora']>> = {}, seed = 42): Promise<Ran> {
  const trainee = adaptedTrainee({ ...lora, ...settings })
  const steps: TrainStep[] = []
  const outcome = await trainEagerly(
    trainee,
    { examples, settings: { ...short, seed }, padTokenId: 264, lengthMultiple: 1, state: null },
    {
      afterStep: async (step) => {
        steps.push(step)
        return 'go-on'
      },
    },
  )
  const ran = { outcome, steps, base: await valuesOf(trainee.model.weights), adapter: await valuesOf(trainee.trained) }
  disposeDecoder(trainee.model)
  return ran
}

const losses = ({ steps }: Ran) => steps.map(({ loss }) => loss)

it('lowers the loss and leaves the base as it was, to the last bit', async () => {
  const untouched = tinyWeights()
  const want = await valuesOf(untouched)
  disposeAll(untouched)
  const ran = await run()
  expect(ran.outcome.ended).toBe('finished')
  expect(ran.steps.at(-1)?.loss).toBeLessThan(0.8 * (ran.steps[0]?.loss ?? 0))
  expect(ran.base).toEqual(want)
  expect(Object.keys(ran.adapter).length).toBe(2 * 2 * 3)
})

it('begins with the gradient of B alone, which is zero beside A', async () => {
  const trainee = adaptedTrainee(lora)
  const before = await valuesOf(trainee.trained)
  await trainEagerly(
    trainee,
    { examples, settings: { ...short, max_steps: 1 }, padTokenId: 264, lengthMultiple: 1, state: null },
    { afterStep: async () => 'go-on' },
  )
  const after = await valuesOf(trainee.trained)
  for (const [name, values] of Object.entries(after)) {
    if (name.includes('lora_A')) expect(values, name).toEqual(before[name])
    else
      expect(
        values.some((value) => value !== 0),
        name,
      ).toBe(true)
  }
  disposeDecoder(trainee.model)
})

it('holds no moments or copies of what is frozen', async () => {
  const trainee = adaptedTrainee(lora)
  const held = memoryHeld().tensors
  const counts: number[] = []
  await trainEagerly(
    trainee,
    { examples, settings: short, padTokenId: 264, lengthMultiple: 1, state: null },
    {
      afterStep: async () => {
        counts.push(memoryHeld().tensors - held)
        return 'go-on'
      },
    },
  )
  // Two moments and one set of last good weights for each of the 12 tensors that are trained.
  expect(new Set(counts)).toEqual(new Set([36]))
  disposeDecoder(trainee.model)
})

describe('dropout', () => {
  it('changes the run, by the seed and not by chance', async () => {
    const [plain, dropped, again, other] = [
      await run(),
      await run({ lora_dropout: 0.5 }),
      await run({ lora_dropout: 0.5 }),
      await run({ lora_dropout: 0.5 }, 43),
    ]
    expect(losses(again)).toEqual(losses(dropped))
    expect(again.adapter).toEqual(dropped.adapter)
    expect(losses(dropped)).not.toEqual(losses(plain))
    expect(losses(other)).not.toEqual(losses(dropped))
    // B is zero in the first step, so nothing that is dropped can matter to its loss.
    expect(dropped.steps[0]?.loss).toBe(plain.steps[0]?.loss)
  })
})

it('merged after training writes the same loss', async () => {
  const trainee = adaptedTrainee(lora)
  const settings = { ...short, max_steps: 4 }
  const once = { examples, settings, padTokenId: 264, lengthMultiple: 1, state: null }
  await trainEagerly(trainee, once, { afterStep: async () => 'go-on' })
  const lossOf = async (tuned: Trainee) => {
    const steps: number[] = []
    await trainEagerly(
      tuned,
      { ...once, settings: { ...settings, max_steps: 1, learning_rate: 0 } },
      {
        afterStep: async ({ loss }) => {
          steps.push(loss)
          return 'go-on'
        },
      },
    )
    return steps[0] ?? Number.NaN
  }
  const whole = merged(trainee.model)
  const plain = traineeOf(whole)
  disposeDecoder(whole)
  // Float32 sums in another order. Measured: 1e-7.
  expect(Math.abs((await lossOf(plain)) / (await lossOf(trainee)) - 1)).toBeLessThan(2e-6)
  disposeDecoder(plain.model)
  disposeDecoder(trainee.model)
})

// A training step by plan, run by a target that is nothing but definitions (float64), against the eager interpreter (float32):
// the same loss, gradients, norm and weights after two windows. So what is tested is the plan: what is called, on what, and where it lies.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { held, type Memory, runReference } from '../../test/planReference.ts'
import { settingsWith, tinyConfigJson, tinyTokenizer, trainEagerly } from '../../test/tinyModel.ts'
import type { Settings } from '../config/settings.ts'
import { startBackend } from '../engine/backends/start.ts'
import { normPlan, type TrainedState, updatePlan } from '../engine/plan/training.ts'
import { disposeAll, type Tensor, toValues } from '../engine/tensor.ts'
import { readDecoderConfig } from '../models/config.ts'
import { freshWeights } from '../models/fresh.ts'
import { disposeDecoder, type Trainee, traineeOf, withFreshAdapter } from '../models/held.ts'
import type { TrainStep } from '../protocol/train.ts'
import { collate } from './batch.ts'
import type { Example } from './example.ts'
import { batchPlan, plannedModel } from './planned.ts'
import { dropoutSeedOf } from './stepper.ts'

const _ = -100
const example = (ids: number[], labels: number[]): Example => ({ ids, labels, straddling: [], truncated: false })
const examples = [
  example([5, 6, 7, 8, 264], [_, _, 7, 8, 264]),
  example([9, 10, 11, 264], [_, 10, 11, 264]),
  example([12, 13, 7, 15, 16, 264], [_, _, _, 15, 16, 264]),
  example([3, 264], [_, 264]),
]
const settings = settingsWith({
  num_train_epochs: 2,
  per_device_train_batch_size: 2,
  gradient_accumulation_steps: 2,
  learning_rate: 2e-2,
  weight_decay: 0.1,
  shuffle: false,
})
const lora: NonNullable<Settings['lora']> = {
  r: 2,
  lora_alpha: 8,
  lora_dropout: 0,
  target_modules: 'all-linear',
  use_rslora: false,
}

const architectures = {
  'Qwen2, tied': {},
  'Qwen2, a window': { use_sliding_window: true, sliding_window: 3, max_window_layers: 1 },
  'Llama, its own head, biases': {
    architectures: ['LlamaForCausalLM'],
    model_type: 'llama',
    tie_word_embeddings: false,
    attention_bias: true,
    mlp_bias: true,
    pad_token_id: 7,
  },
  'Qwen3, a head_dim of its own': { architectures: ['Qwen3ForCausalLM'], model_type: 'qwen3', head_dim: 6 },
}

beforeAll(async () => {
  await startBackend('cpu', { wasmFiles: null, isolated: false })
})

describe.each(Object.entries(architectures))('%s', (_name, changed) => {
  const config = readDecoderConfig({ ...tinyConfigJson, ...changed })
  let weights: Record<string, Tensor>
  beforeAll(() => {
    weights = freshWeights(config, 7, 0.3)
  })
  afterAll(() => disposeAll(weights))

  it.each([
    ['all weights', null],
    ['LoRA', lora],
    ['LoRA on some layers, with dropout', { ...lora, lora_dropout: 0.3, target_modules: ['q_proj', 'down_proj'] }],
  ])('trains as the eager interpreter does: %s', async (_what, adapter) => {
    const base = { config, weights, adapter: null }
    const whole = adapter === null ? base : withFreshAdapter(base, adapter, 3)
    const want = await eagerly(traineeOf(whole))
    const got = await planned(traineeOf(whole), false)
    // In float64 and in the same order: the way back changes nothing at all.
    expect(await planned(traineeOf(whole), true)).toEqual(got)
    if (adapter !== null) disposeDecoder(whole)
    expect(got.steps.length).toBe(2)
    for (const [at, { loss, gradNorm }] of want.steps.entries()) {
      expect(Math.abs((got.steps[at]?.loss ?? Number.NaN) / loss - 1), `loss of step ${at}`).toBeLessThan(2e-6)
      expect(Math.abs((got.steps[at]?.gradNorm ?? Number.NaN) / gradNorm - 1), `norm of step ${at}`).toBeLessThan(5e-6)
    }
    for (const [name, values] of Object.entries(want.weights)) {
      const own = got.weights[name] ?? []
      const apart = values.reduce((most, value, at) => Math.max(most, Math.abs(value - (own[at] ?? Number.NaN))), 0)
      // AdamW's first steps follow the sign of a gradient: where one is almost zero, float32 may take the other way, by the rate.
      expect(apart, name).toBeLessThan(name.endsWith('k_proj.bias') ? 0.1 : 2e-4)
    }
  })
})

type Ran = { steps: { loss: number; gradNorm: number }[]; weights: Record<string, readonly number[]> }

async function eagerly(trainee: Trainee): Promise<Ran> {
  const steps: TrainStep[] = []
  await trainEagerly(
    trainee,
    { examples, settings, padTokenId: tinyTokenizer.padToken.id, lengthMultiple: 1, state: null },
    {
      afterStep: async (step) => {
        steps.push(step)
        return 'go-on'
      },
    },
  )
  const weights: Ran['weights'] = {}
  for (const [name, tensor] of Object.entries(trainee.trained)) weights[name] = [...(await toValues(tensor))]
  disposeDecoder(trainee.model)
  return { steps, weights }
}

/** The same windows by hand: two micro-batches a window, two windows. */
async function planned(trainee: Trainee, checkpointing: boolean): Promise<Ran> {
  const { model, states, trained, clip } = plannedModel(trainee.model, trainee.trained, new Set())
  const memory: Memory = new Map()
  for (const { value, weight } of states) held(memory, value).set(await toValues(weight))
  const batches = [0, 2].map((from) => collate(examples.slice(from, from + 2), 264))
  const labelled = batches.reduce((sum, batch) => sum + batch.labelled, 0)
  const constants = {
    beta1: settings.adam_beta1,
    beta2: settings.adam_beta2,
    epsilon: settings.adam_epsilon,
    weightDecay: settings.weight_decay,
  }
  const steps: Ran['steps'] = []
  for (const step of [1, 2]) {
    let loss = 0
    for (const [at, { rows, length, ids, learned }] of batches.entries()) {
      const shape = { rows, tokens: length, learned: learned.rows.length }
      const plan = batchPlan(model, trained, shape, { accumulate: at > 0, checkpointing })
      const positions = ids.map((_id, place) => place % length)
      const scalars = { lossFactor: 1 / labelled, dropoutSeed: dropoutSeedOf(settings, step, at) }
      const results = runReference(plan, memory, { ids, positions, rows: learned.rows, targets: learned.targets }, scalars)
      loss += results.loss?.[0] ?? Number.NaN
    }
    const scalars = { maxNorm: settings.max_grad_norm, step, learningRate: settings.learning_rate * (1 - (step - 1) / 2) }
    const { norm } = runReference(
      normPlan(trained, clip, () => 1),
      memory,
      {},
      scalars,
    )
    runReference(updatePlan(trained, clip), memory, {}, scalars, constants)
    steps.push({ loss, gradNorm: norm?.[0] ?? Number.NaN })
  }
  const weights: Ran['weights'] = {}
  for (const [name] of Object.entries(trainee.trained)) {
    const own: TrainedState | undefined = trained.find(({ parameter }) => parameter.name === name)
    weights[name] = own ? [...held(memory, own.parameter)] : []
  }
  disposeDecoder(trainee.model)
  return { steps, weights }
}

// One training step of any shape, with random weights and random tokens, measured: what a machine makes of a model before there is one.

import * as v from 'valibot'
import { uniformNumbers } from '../config/random.ts'
import { defaultSettings, type Settings } from '../config/settings.ts'
import { seedOfPart } from '../engine/ops/linear/dropout.ts'
import { type ProductLimit, productLimit } from '../engine/plan/productLimit.ts'
import { type MedianStep, observedTarget, startProfiler } from '../engine/plan/profile.ts'
import type { PlanTarget } from '../engine/plan/target.ts'
import type { Weight } from '../engine/weight.ts'
import { type DecoderConfig, readDecoderConfig } from '../models/config.ts'
import { freshAtRest } from '../models/fresh.ts'
import { disposeDecoder, type Trainee, traineeOf, withFreshAdapter } from '../models/held.ts'
import { ProblemError } from '../problem/problem.ts'
import { type Batch, collate } from '../sft/batch.ts'
import { IGNORED } from '../sft/example.ts'
import { frozenInBf16 } from '../sft/frozen.ts'
import type { Stepper } from '../sft/stepper.ts'
import { forecast, stepperFor } from './steppers.ts'
import { exclusively, type Studio } from './studio.ts'
import { nextTurn } from './turn.ts'

const whole = v.pipe(v.number('must be a number'), v.integer('must be a whole number'), v.minValue(1, 'must be at least 1'))

const benchSchema = v.strictObject({
  hidden: whole,
  layers: whole,
  heads: whole,
  kvHeads: whole,
  ffn: whole,
  vocab: whole,
  batch: whole,
  tokens: v.pipe(whole, v.minValue(2, 'must be at least 2')),
  method: v.optional(v.picklist(['full', 'lora'], 'must be full or lora'), 'full'),
  /** What frozen weights are stored as. */
  weights: v.optional(v.picklist(['f32', 'bf16'], 'must be f32 or bf16'), 'f32'),
  checkpointing: v.optional(v.boolean('must be true or false'), false),
  steps: v.optional(whole, 10),
  warmup: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 3),
})
export type BenchShape = v.InferOutput<typeof benchSchema>

export type BenchReport = {
  /** The median of the steps. */
  stepMs: number
  tokensPerSecond: number
  bytesPeak: number
  /** What was foreseen from the shapes alone. */
  bytesPlanned: number
  /** Kernel calls of a step, on a GPU dispatches; null where ops run one by one. */
  dispatches: number | null
  /** The kernels that a trial chose for the products, by class; {} where there is no choice. */
  kernels: Readonly<Record<string, string>>
  losses: readonly number[]
  /** There where it was asked for. */
  profile?: StepProfile
}

/** Where the time of a step went whose calls ran one after the other, each timed. */
export type StepProfile = MedianStep & {
  /** Multiplications and additions of products and attention in a step. */
  flops: number
  /** The best product on the same target, in the same run. */
  limit: ProductLimit
}

/** Checks a parsed file. Rejects with `run.settings`, naming the key. */
export function readBenchShape(json: unknown, where: string): BenchShape {
  const parsed = v.safeParse(benchSchema, json)
  if (!parsed.success) {
    const [issue] = parsed.issues
    const values = { setting: v.getDotPath(issue) ?? 'the file', reason: issue.message }
    throw new ProblemError({ code: 'run.settings', values, where })
  }
  return parsed.output
}

/** Half of the tokens of every row are learned, the second half. @param profiled a profile belongs to it; of plans alone */
export function bench(studio: Studio, shape: BenchShape, profiled = false): Promise<BenchReport> {
  return exclusively(studio, 'measuring', async () => {
    const config = configOf(shape)
    const settings: Settings = {
      ...defaultSettings,
      lora: shape.method === 'lora' ? lora : null,
      gradient_checkpointing: shape.checkpointing,
    }
    const trainee = randomTrainee(config, settings, shape.weights)
    const bf16 = await frozenInBf16(trainee.model, trainee.trained)
    const batch = randomBatch(shape)
    const { stepMs, losses, bytesPeak, dispatches } = await timedSteps(await stepperFor(studio, trainee, settings), batch, shape)
    const { target } = studio
    const profile = profiled && target ? await profileOf(target, trainee, settings, shape) : null
    disposeDecoder(trainee.model)
    const { batch: rows, tokens: length, checkpointing } = shape
    const learned = batch.learned.rows.length
    const sizes = { rows, length, learned, lora: settings.lora, checkpointing, bf16 }
    const planned = forecast(studio, config, sizes)
    const bytesPlanned = Object.values(planned.memory).reduce((sum, bytes) => sum + bytes, 0)
    const tokensPerSecond = (rows * length * 1000) / stepMs
    const kernels = target?.chosen ?? {}
    return { stepMs, tokensPerSecond, bytesPeak, bytesPlanned, dispatches, kernels, losses, ...(profile && { profile }) }
  })
}

async function profileOf(
  target: PlanTarget,
  trainee: Trainee<Weight>,
  settings: Settings,
  shape: BenchShape,
): Promise<StepProfile> {
  const limit = await productLimit(target)
  const profiler = startProfiler()
  const stepper = await stepperFor({ target: observedTarget(target, profiler.observe) }, trainee, settings)
  await timedSteps(stepper, randomBatch(shape), shape, profiler.endStep)
  const { stepMs, kernels } = profiler.median()
  return { stepMs, kernels, flops: kernels.reduce((sum, { flops }) => sum + flops, 0), limit }
}

/** The median of a stepper's steps behind its warm-up; it is disposed. @param onStep hears of each, null where it warmed up */
async function timedSteps(stepper: Stepper, batch: Batch, { warmup, steps }: BenchShape, onStep?: (ms: number | null) => void) {
  const times: number[] = []
  const losses: number[] = []
  let bytesPeak = 0
  const before = stepper.dispatched()
  for (let step = 1; step <= warmup + steps; step++) {
    const startedMs = performance.now()
    const { loss, updated } = await stepped(stepper, batch, step, 1e-4)
    // What is profiled is a step and nothing of the next one.
    if (onStep) await updated
    const ms = step > warmup ? performance.now() - startedMs : null
    if (ms !== null) times.push(ms)
    onStep?.(ms)
    losses.push(loss)
    bytesPeak = Math.max(bytesPeak, stepper.bytesHeld())
    await nextTurn()
  }
  const after = stepper.dispatched()
  const dispatches = before === null || after === null ? null : Math.round((after - before) / (warmup + steps))
  stepper.dispose()
  times.sort((a, b) => a - b)
  return { stepMs: times[Math.floor(times.length / 2)] ?? Number.NaN, losses, bytesPeak, dispatches }
}

/** A step whose update, where it can, goes on while the loss is read already: the next step waits for it. */
export async function stepped(stepper: Stepper, batch: Batch, step: number, learningRate: number) {
  const numbers = stepper.gradients([batch], step)
  if (stepper.stepsAhead === 0) await numbers
  const updated = stepper.update(step, learningRate)
  const { loss } = await numbers
  if (stepper.stepsAhead === 0) await updated
  return { loss, updated }
}

const lora: NonNullable<Settings['lora']> = {
  r: 8,
  lora_alpha: 16,
  lora_dropout: 0,
  target_modules: 'all-linear',
  use_rslora: false,
}

/** A model of the shape, as its config.json would say it. */
export function configOf({ hidden, layers, heads, kvHeads, ffn, vocab, tokens }: BenchShape): DecoderConfig {
  return readDecoderConfig({
    architectures: ['Qwen2ForCausalLM'],
    model_type: 'qwen2',
    hidden_size: hidden,
    num_hidden_layers: layers,
    num_attention_heads: heads,
    num_key_value_heads: kvHeads,
    intermediate_size: ffn,
    vocab_size: vocab,
    max_position_embeddings: Math.max(32_768, tokens),
    tie_word_embeddings: true,
  })
}

/** Weights that nobody has trained, the same for the same seed. */
export function randomTrainee(
  config: DecoderConfig,
  { lora: adapter, seed }: Settings,
  stored: BenchShape['weights'] = 'f32',
): Trainee<Weight> {
  const weights: Record<string, Weight> = freshAtRest(config, seed, stored)
  const base = { config, weights, adapter: null }
  if (adapter === null) return { model: base, trained: weights }
  const adapted = withFreshAdapter(base, adapter, seed)
  const trainee = traineeOf(adapted)
  disposeDecoder(adapted)
  return trainee
}

/** Random tokens, the same for the same shape; the second half of each row is learned. */
export function randomBatch({ batch, tokens, vocab }: BenchShape): Batch {
  const uniform = uniformNumbers(seedOfPart(7, 'bench'))
  const rows = Array.from({ length: batch }, () => {
    const ids = Array.from({ length: tokens }, () => Math.floor(uniform() * vocab))
    return { ids, labels: ids.map((id, at) => (at < tokens / 2 ? IGNORED : id)) }
  })
  return collate(rows, 0)
}

// What every engine is given: one shape, the same weights to begin with, the same batch, and what issue 5 asks of the plan beside them.

import { defaultSettings, type Settings } from '../../src/config/settings.ts'
import { flopsOf } from '../../src/engine/plan/print.ts'
import { valuesOf } from '../../src/engine/weight.ts'
import type { DecoderConfig } from '../../src/models/config.ts'
import { parameterShapes } from '../../src/models/parameters.ts'
import { inverseFrequencies } from '../../src/models/rope.ts'
import { type BenchShape, configOf, randomBatch, randomTrainee, readBenchShape } from '../../src/service/benching.ts'
import type { Batch } from '../../src/sft/batch.ts'
import { batchPlan, plannedModel } from '../../src/sft/planned.ts'

export const learningRate = 1e-4

/** No clipping, so that every engine computes the same numbers; the plan works out the norm all the same. */
export const settings: Settings = { ...defaultSettings, max_grad_norm: 0 }

export type EngineName =
  | 'plan'
  | 'eager'
  | 'plain TensorFlow.js'
  | 'plain TensorFlow.js, learned positions'
  | 'jax-js'
  | 'PyTorch'

/** How many times faster than the engine the plan shall be; below 1: how much slower it may be. */
export type Marks = Partial<Record<EngineName, number>>

type Numbers = { values: Float32Array<ArrayBuffer>; shape: readonly number[] }

/** Where all engines of a comparison run. */
export type Place = 'wasm' | 'webgpu'

export type Task = {
  title: string
  shape: BenchShape
  marks: Marks
  /** Of the best product on the same adapter, what a step is to reach; null: no mark. */
  limitShare: number | null
  /** Multiplications and additions of the plan's products and attention in a step; the head's at learned positions only. */
  flops: number
  config: DecoderConfig
  weights: Readonly<Record<string, Numbers>>
  batch: Batch
}

/** A training run that has begun: each step is forward, backward and AdamW, and answers with its loss. */
export type Engine = {
  step: () => number | Promise<number>
  /** The most that it holds in a step, weights and optimiser included, in bytes; null: it does not tell. */
  peakBytes: () => Promise<number | null>
  dispose: () => void
}

type Case = { title: string; shape: Record<string, number>; marks: Record<Place, Marks>; limitShare: number | null }

export const cases: readonly Case[] = [
  {
    title: 'hidden 256, 4 layers, vocabulary 4,096, 2 × 64',
    shape: { hidden: 256, layers: 4, heads: 4, kvHeads: 2, ffn: 704, vocab: 4096, batch: 2, tokens: 64 },
    marks: {
      wasm: { 'plain TensorFlow.js': 8, 'jax-js': 2, PyTorch: 1 / 2 },
      webgpu: { 'plain TensorFlow.js': 4, 'jax-js': 3 },
    },
    limitShare: 0.6,
  },
  {
    title: 'hidden 128, 2 layers, vocabulary 50,000, 2 × 64',
    shape: { hidden: 128, layers: 2, heads: 2, kvHeads: 1, ffn: 352, vocab: 50_000, batch: 2, tokens: 64 },
    marks: {
      wasm: { 'plain TensorFlow.js': 6, 'plain TensorFlow.js, learned positions': 4, 'jax-js': 1.5, PyTorch: 1 / 2 },
      webgpu: { 'plain TensorFlow.js': 7, 'jax-js': 3 },
    },
    limitShare: 0.5,
  },
  {
    title: 'hidden 192, 3 layers, vocabulary 2,048, 1 × 512',
    shape: { hidden: 192, layers: 3, heads: 3, kvHeads: 1, ffn: 512, vocab: 2048, batch: 1, tokens: 512 },
    marks: {
      wasm: { 'plain TensorFlow.js': 9, 'jax-js': 2, PyTorch: 1 / 2.5 },
      webgpu: { 'plain TensorFlow.js': 3.5, 'jax-js': 2.5 },
    },
    limitShare: 0.5,
  },
  {
    title: 'hidden 192, 4 layers, vocabulary 4,096, 8 × 48',
    shape: { hidden: 192, layers: 4, heads: 6, kvHeads: 2, ffn: 512, vocab: 4096, batch: 8, tokens: 48 },
    marks: {
      wasm: { 'plain TensorFlow.js': 10, 'jax-js': 2, PyTorch: 1 / 2.2 },
      webgpu: { 'plain TensorFlow.js': 4, 'jax-js': 3 },
    },
    limitShare: null,
  },
]

/** Needs a backend that has been started. */
export async function taskOf({ title, shape: json, marks, limitShare }: Case, place: Place): Promise<Task> {
  const shape = readBenchShape(json, title)
  const config = configOf(shape)
  const { trained } = randomTrainee(config, settings)
  const weights: Record<string, Numbers> = {}
  for (const [name, tensor] of Object.entries(trained)) weights[name] = { values: await valuesOf(tensor), shape: tensor.shape }
  const batch = randomBatch(shape)
  return { title, shape, marks: marks[place], limitShare, flops: stepFlops(config, batch), config, weights, batch }
}

function stepFlops(config: DecoderConfig, { rows, length, learned }: Batch): number {
  const weights = Object.fromEntries(parameterShapes(config).map((own) => [own.name, own]))
  const { model, trained } = plannedModel({ config, weights, adapter: null }, weights, new Set())
  const shape = { rows, tokens: length, learned: learned.rows.length }
  const { calls } = batchPlan(model, trained, shape, { accumulate: false, checkpointing: false })
  return calls.reduce((sum, call) => sum + flopsOf(call), 0)
}

/** Cosines and sines of each token's angles, [tokens, headDim / 2] row by row. */
export function rotaryAngles({ config, shape }: Task): { cos: Float32Array<ArrayBuffer>; sin: Float32Array<ArrayBuffer> } {
  const frequencies = inverseFrequencies(config)
  const angles = Array.from({ length: shape.tokens }, (_, token) => frequencies.map((frequency) => token * frequency)).flat()
  return { cos: Float32Array.from(angles, Math.cos), sin: Float32Array.from(angles, Math.sin) }
}

// What every engine is given: one shape, the same weights to begin with, the same batch, and what issue 5 asks of the plan beside them.

import { defaultSettings, type Settings } from '../../src/config/settings.ts'
import { disposeAll, toValues } from '../../src/engine/tensor.ts'
import type { DecoderConfig } from '../../src/models/config.ts'
import { inverseFrequencies } from '../../src/models/rope.ts'
import { type BenchShape, configOf, randomBatch, randomTrainee, readBenchShape } from '../../src/service/benching.ts'
import type { Batch } from '../../src/sft/batch.ts'

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

export type Task = {
  title: string
  shape: BenchShape
  marks: Marks
  config: DecoderConfig
  weights: Readonly<Record<string, Numbers>>
  batch: Batch
}

/** A training run that has begun: each step is forward, backward and AdamW, and answers with its loss. */
export type Engine = { step: () => number | Promise<number>; dispose: () => void }

type Case = { title: string; shape: Record<string, number>; marks: Marks }

export const cases: readonly Case[] = [
  {
    title: 'hidden 256, 4 layers, vocabulary 4,096, 2 × 64',
    shape: { hidden: 256, layers: 4, heads: 4, kvHeads: 2, ffn: 704, vocab: 4096, batch: 2, tokens: 64 },
    marks: { 'plain TensorFlow.js': 8, 'jax-js': 2, PyTorch: 1 / 2 },
  },
  {
    title: 'hidden 128, 2 layers, vocabulary 50,000, 2 × 64',
    shape: { hidden: 128, layers: 2, heads: 2, kvHeads: 1, ffn: 352, vocab: 50_000, batch: 2, tokens: 64 },
    marks: { 'plain TensorFlow.js': 6, 'plain TensorFlow.js, learned positions': 4, 'jax-js': 1.5, PyTorch: 1 / 2 },
  },
  {
    title: 'hidden 192, 3 layers, vocabulary 2,048, 1 × 512',
    shape: { hidden: 192, layers: 3, heads: 3, kvHeads: 1, ffn: 512, vocab: 2048, batch: 1, tokens: 512 },
    marks: { 'plain TensorFlow.js': 9, 'jax-js': 2, PyTorch: 1 / 2.5 },
  },
  {
    title: 'hidden 192, 4 layers, vocabulary 4,096, 8 × 48',
    shape: { hidden: 192, layers: 4, heads: 6, kvHeads: 2, ffn: 512, vocab: 4096, batch: 8, tokens: 48 },
    marks: { 'plain TensorFlow.js': 10, 'jax-js': 2, PyTorch: 1 / 2.2 },
  },
]

/** Needs a backend that has been started. */
export async function taskOf({ title, shape: json, marks }: Case): Promise<Task> {
  const shape = readBenchShape(json, title)
  const config = configOf(shape)
  const { trained } = randomTrainee(config, settings)
  const weights: Record<string, Numbers> = {}
  for (const [name, tensor] of Object.entries(trained))
    weights[name] = { values: Float32Array.from(await toValues(tensor)), shape: tensor.shape }
  disposeAll(trained)
  return { title, shape, marks, config, weights, batch: randomBatch(shape) }
}

/** Cosines and sines of each token's angles, [tokens, headDim / 2] row by row. */
export function rotaryAngles({ config, shape }: Task): { cos: Float32Array<ArrayBuffer>; sin: Float32Array<ArrayBuffer> } {
  const frequencies = inverseFrequencies(config)
  const angles = Array.from({ length: shape.tokens }, (_, token) => frequencies.map((frequency) => token * frequency)).flat()
  return { cos: Float32Array.from(angles, Math.cos), sin: Float32Array.from(angles, Math.sin) }
}

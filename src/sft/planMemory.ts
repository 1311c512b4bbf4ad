// What a run by plan holds, from the shapes alone: the plan is the allocator, so its figure is what is allocated.

import type { Settings } from '../config/settings.ts'
import { type LayoutRules, layOut } from '../engine/plan/layout.ts'
import type { TrainedState } from '../engine/plan/training.ts'
import { bytesOf, type Value } from '../engine/plan/values.ts'
import { adapterShapes, scaleOf, targetedModules } from '../models/adapter.ts'
import type { DecoderConfig } from '../models/config.ts'
import type { Decoder } from '../models/decoder.ts'
import { type ParameterShape, parameterCount, parameterShapes } from '../models/parameters.ts'
import type { MemoryForecast } from '../protocol/model.ts'
import { bucketed } from './buckets.ts'
import { batchPlan, plannedModel } from './planned.ts'

export type PlannedSize = {
  rows: number
  length: number
  learned: number
  lora: Settings['lora']
  checkpointing: boolean
  /** Names of matrices that are held in bf16 where they are frozen. */
  bf16: ReadonlySet<string>
}

export type PlanForecast = {
  memory: MemoryForecast
  /** What of it the machine holds, whose memory may have an end of its own. */
  machine: number
}

/**
 * Bytes of a step over `rows` rows of `length` tokens, `learned` of them learned. Beside the machine's own: the base model that stays open,
 * and of what is trained the copy that is handed back.
 */
export function planForecast(config: DecoderConfig, size: PlannedSize, layout: LayoutRules): PlanForecast {
  const { rows, length, lora, checkpointing, bf16 } = size
  const learned = bucketed(size.learned)
  const { model, trained, states } = shapedModel(config, lora, bf16)
  const sum = (values: readonly Value[]) => values.reduce((total, value) => total + bytesOf(value), 0)
  const all = (pick: (state: TrainedState) => Value) => sum(trained.map(pick))
  const weights = sum(states.map(({ value }) => value))
  const base = 4 * parameterCount(config)
  const plan = batchPlan(model, trained, { rows, tokens: length, learned }, { accumulate: false, checkpointing })
  const gradients = all(({ gradient }) => gradient)
  const optimizer = all(({ first }) => first) + all(({ second }) => second)
  const activations = layOut(plan.calls, Object.values(plan.results), layout).bytes
  return {
    memory: {
      weights: base + weights + all(({ before }) => before) + all(({ parameter }) => parameter),
      gradients,
      optimizer,
      activations,
    },
    machine: weights + all(({ before }) => before) + gradients + optimizer + activations,
  }
}

function shapedModel(config: DecoderConfig, lora: Settings['lora'], bf16: ReadonlySet<string>) {
  const weights = byName(parameterShapes(config))
  const model: Decoder<ParameterShape> = { config, weights, adapter: null }
  if (lora === null) return plannedModel(model, weights, bf16)
  const { modules } = targetedModules(config, lora)
  const own = byName(adapterShapes(modules, lora.r))
  const scales = Object.fromEntries(modules.map(({ name }): [string, number] => [name, scaleOf(lora, lora.r)]))
  return plannedModel({ ...model, adapter: { settings: lora, weights: own, scales, dropout: null } }, own, bf16)
}

function byName(shapes: readonly ParameterShape[]): Record<string, ParameterShape> {
  return Object.fromEntries(shapes.map((shape): [string, ParameterShape] => [shape.name, shape]))
}

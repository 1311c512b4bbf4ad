// What a run by plan holds, from the shapes alone: the plan is the allocator, so its figure is what is allocated.

import type { Settings } from '../config/settings.ts'
import { layOut } from '../engine/plan/layout.ts'
import type { TrainedState } from '../engine/plan/training.ts'
import { bytesOf, type Value } from '../engine/plan/values.ts'
import { cpuLayout } from '../engine/targets/cpu/layout.ts'
import { adapterShapes, scaleOf, targetedModules } from '../models/adapter.ts'
import type { DecoderConfig } from '../models/config.ts'
import type { Decoder } from '../models/decoder.ts'
import { type ParameterShape, parameterShapes } from '../models/parameters.ts'
import type { MemoryForecast } from '../protocol/model.ts'
import { batchPlan, plannedModel } from './planned.ts'

/**
 * Bytes of a step over `rows` rows of `length` tokens, `learned` of them learned. Beside the machine's own: the base model that stays open,
 * and of what is trained two copies, the last good one and the one that is handed back.
 */
export function planForecast(
  config: DecoderConfig,
  { rows, length, learned, lora }: { rows: number; length: number; learned: number; lora: Settings['lora'] },
): MemoryForecast {
  const { model, trained, states } = shapedModel(config, lora)
  const sum = (values: readonly Value[]) => values.reduce((total, value) => total + bytesOf(value), 0)
  const all = (pick: (state: TrainedState) => Value) => sum(trained.map(pick))
  const weights = sum(states.map(({ value }) => value))
  const base = weights - (lora === null ? 0 : all(({ parameter }) => parameter))
  const plan = batchPlan(model, trained, { rows, tokens: length, learned }, false)
  return {
    weights: base + weights + 2 * all(({ parameter }) => parameter),
    gradients: all(({ gradient }) => gradient),
    optimizer: all(({ first }) => first) + all(({ second }) => second),
    activations: layOut(plan.calls, Object.values(plan.results), cpuLayout).bytes,
  }
}

function shapedModel(config: DecoderConfig, lora: Settings['lora']) {
  const weights = byName(parameterShapes(config))
  const model: Decoder<ParameterShape> = { config, weights, adapter: null }
  if (lora === null) return plannedModel(model, weights)
  const { modules } = targetedModules(config, lora)
  const own = byName(adapterShapes(modules, lora.r))
  const scales = Object.fromEntries(modules.map(({ name }): [string, number] => [name, scaleOf(lora, lora.r)]))
  return plannedModel({ ...model, adapter: { settings: lora, weights: own, scales, dropout: null } }, own)
}

function byName(shapes: readonly ParameterShape[]): Record<string, ParameterShape> {
  return Object.fromEntries(shapes.map((shape): [string, ParameterShape] => [shape.name, shape]))
}

// What a run by plan holds, from the shapes alone: the plan is the allocator, so its figure is what is allocated.

import type { Settings } from '../config/settings.ts'
import { layOut } from '../engine/plan/layout.ts'
import type { TargetSizes } from '../engine/plan/target.ts'
import type { Plan } from '../engine/plan/training.ts'
import { bytesOf, type Value } from '../engine/plan/values.ts'
import { adapterShapes, scaleOf, targetedModules } from '../models/adapter.ts'
import type { DecoderConfig } from '../models/config.ts'
import type { Decoder } from '../models/decoder.ts'
import { type ParameterShape, parameterShapes } from '../models/parameters.ts'
import type { MemoryForecast } from '../protocol/model.ts'
import { bucketed } from './buckets.ts'
import { batchPlan, lossPlan, plannedModel } from './planned.ts'

export type PlannedSize = {
  rows: number
  length: number
  learned: number
  lora: Settings['lora']
  checkpointing: boolean
  /** Names of matrices that are held in bf16 where they are frozen. */
  bf16: ReadonlySet<string>
  /** Whether rows hold several texts. */
  packed?: boolean
  /** The largest batch that is only measured; null: none is. */
  heldOut?: { rows: number; length: number; learned: number } | null
}

export type PlanForecast = {
  memory: MemoryForecast
  /** What of it the machine holds, whose memory may have an end of its own. */
  machine: number
  /** The most that it may hold; where it does not fit, the limit that it is the furthest beyond. */
  allowed: number
  /** Bytes beyond that; 0: it fits. */
  over: number
}

/**
 * Bytes of a step over `rows` rows of `length` tokens, `learned` of them learned: the machine's, and of what is trained the copy
 * that is handed back.
 */
export function planForecast(
  config: DecoderConfig,
  size: PlannedSize,
  { layout, ownBytes, releases, ...limits }: TargetSizes,
): PlanForecast {
  const { rows, length, lora, checkpointing, bf16, heldOut, packed = false } = size
  const learned = bucketed(size.learned)
  const { model, trained, states } = shapedModel(config, lora, bf16)
  const sum = (values: readonly Value[]) => values.reduce((total, value) => total + layout.stateBytes(value), 0)
  const plan = batchPlan(model, trained, { rows, tokens: length, learned, packed }, { accumulate: false, checkpointing })
  const laidOut = ({ calls, results }: Plan) => layOut(calls, Object.values(results), layout)
  const arenas = [plan, ...(heldOut ? [measuringPlan(model, heldOut)] : [])].map(laidOut)
  const arena = arenas.reduce((most, own) => (own.bytes > most.bytes ? own : most))
  const memory = {
    weights: sum(states.map(({ value }) => value)),
    gradients: sum(trained.map(({ gradient }) => gradient)),
    optimizer: sum(trained.flatMap(({ first, second }) => [first, second])),
    activations: arena.workspace,
    workspace: arena.bytes - arena.workspace + ownBytes,
  }
  const before = sum(trained.flatMap(({ before }) => before ?? []))
  // What is large comes back when the run is over and its moments are gone.
  const isLate = releases && trained.some((own) => own.before === null)
  const handedBack = isLate ? 0 : trained.reduce((total, { parameter }) => total + bytesOf(parameter), 0)
  const machine = Object.values(memory).reduce((total, bytes) => total + bytes, before)
  const largest = arenas.flatMap(({ offsets }) => [...offsets.keys()]).reduce((most, value) => Math.max(most, bytesOf(value)), 0)
  const { largestBytes, largestArena, largestValue } = limits
  const beyond = [
    { allowed: largestBytes, over: Math.max(0, machine - largestBytes) },
    { allowed: largestArena, over: arena.bytes - largestArena },
    { allowed: largestValue, over: largest - largestValue },
  ]
  const furthest = beyond.reduce((most, own) => (own.over > most.over ? own : most))
  return { memory: { ...memory, copies: before + handedBack }, machine, ...furthest }
}

function measuringPlan(model: Decoder<Value>, { rows, length, learned }: NonNullable<PlannedSize['heldOut']>): Plan {
  return lossPlan(model, { rows, tokens: length, learned: bucketed(learned) })
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

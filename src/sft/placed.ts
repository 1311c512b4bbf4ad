// A model's frozen weights on a machine, there once for the runs, readers and probes that share them: each lodges what is its own beside them.
// Must not know: who decides how long they stay.

import { defaultSettings } from '../config/settings.ts'
import { fillStates } from '../engine/plan/fill.ts'
import type { PlanMachine, PlanTarget, UpdateSettings } from '../engine/plan/target.ts'
import type { Value } from '../engine/plan/values.ts'
import type { Weight } from '../engine/weight.ts'
import type { Decoder, Weights } from '../models/decoder.ts'
import { frozenInBf16 } from './frozen.ts'
import { plannedModel } from './planned.ts'

export type PlacedWeights = {
  machine: PlanMachine
  /** The states, and the weights that they hold. */
  values: Weights<Value>
  of: Weights<Weight>
}

/** Rejects with a RangeError where there is no room for them. */
export async function placeWeights(target: PlanTarget, { config, weights }: Decoder<Weight>): Promise<PlacedWeights> {
  const model = { config, weights, adapter: null }
  const { model: planned, states } = plannedModel(model, {}, await frozenInBf16(model, {}))
  const machine = await target.open(
    states.map(({ value }) => value),
    defaultSettings,
  )
  try {
    await fillStates(machine, states)
  } catch (error) {
    machine.dispose()
    throw error
  }
  return { machine, values: planned.weights, of: weights }
}

/** Whether these are the weights that were placed. */
export function isPlaced({ of }: PlacedWeights, weights: Weights<Weight>): boolean {
  const names = Object.keys(weights)
  return names.length === Object.keys(of).length && names.every((name) => of[name] === weights[name])
}

/** A machine with these states: beside the weights where they are placed, else of its own. */
export function machineFor(
  { target, placed = null }: PlanPlace,
  states: readonly Value[],
  settings: UpdateSettings,
  flops?: number,
): Promise<PlanMachine> {
  return placed === null ? target.open(states, settings, flops) : placed.machine.lodge(states, settings)
}

/** Where a plan of a model runs. */
export type PlanPlace = {
  target: PlanTarget
  /** The model's frozen weights, where they are on a machine already. */
  placed?: PlacedWeights | null
}

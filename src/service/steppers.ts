// Which interpreter takes the steps of a run, and which reads while a model writes.

import type { Settings } from '../config/settings.ts'
import type { TargetSizes } from '../engine/plan/target.ts'
import type { Weight } from '../engine/weight.ts'
import type { DecoderConfig } from '../models/config.ts'
import type { Trainee } from '../models/held.ts'
import { ProblemError } from '../problem/problem.ts'
import type { MemoryForecast } from '../protocol/model.ts'
import { memoryForecast } from '../sft/forecast.ts'
import type { PlacedWeights } from '../sft/placed.ts'
import { type PlannedSize, planForecast } from '../sft/planMemory.ts'
import { planStepper } from '../sft/planStepper.ts'
import { eagerReader, type OpenReader, planReader } from '../sft/reader.ts'
import { eagerStepperFrom, type Stepper } from '../sft/stepper.ts'
import { placedFor } from './placing.ts'
import type { Studio } from './studio.ts'
import { turnsBetween } from './turnsBetween.ts'

/** The longest micro-batch of a run. `checkpointing`: whether it is asked for. */
export type RunSize = PlannedSize

export type RunForecast = {
  memory: MemoryForecast
  /** Whether blocks are computed again on the way back: where that is asked for, and where the step would not fit otherwise. */
  checkpointing: boolean
  /** The most that the target allows of what is the furthest beyond, and bytes beyond that; 0: it fits. */
  allowed: number
  over: number
}

/** Where a run would take it; null: one op at a time. */
export type ForecastOn = { target: TargetSizes | null }

/** What a step will hold: by plan as it is laid out, else as the eager ops save it, an estimate in its activations. */
export function forecast({ target }: ForecastOn, config: DecoderConfig, size: RunSize): RunForecast {
  if (target === null)
    return { memory: memoryForecast(config, size), checkpointing: false, allowed: Number.POSITIVE_INFINITY, over: 0 }
  const asWanted = planForecast(config, size, target)
  if (size.checkpointing || asWanted.over === 0) return { ...asWanted, checkpointing: size.checkpointing }
  return { ...planForecast(config, { ...size, checkpointing: true }, target), checkpointing: true }
}

/** Plans for writing, where there is a target for them. */
export function readerFor(studio: Pick<Studio, 'target' | 'model' | 'placed'>): OpenReader {
  const { target } = studio
  if (target === null) return eagerReader
  return turnsBetween(async (model, shape) => planReader({ target, placed: await placedFor(studio, model) })(model, shape))
}

type StepperOptions = { checkpointing?: boolean; placed?: PlacedWeights | null }

/** Steps by plan where there is a target for them, one op at a time elsewhere. Rejects with `run.memory` where a plan does not fit. */
export async function stepperFor(
  { target }: Pick<Studio, 'target'>,
  trainee: Trainee<Weight>,
  settings: Settings,
  { checkpointing = settings.gradient_checkpointing, placed = null }: StepperOptions = {},
): Promise<Stepper> {
  if (target === null) return eagerStepperFrom(trainee, settings)
  try {
    return await planStepper(trainee, settings, null, { target, checkpointing, placed })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new ProblemError({ code: 'run.memory', values: { message: error.message }, where: '' })
  }
}

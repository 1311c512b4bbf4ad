// Which interpreter takes the steps of a run, and which reads while a model writes.

import type { Settings } from '../config/settings.ts'
import type { DecoderConfig } from '../models/config.ts'
import type { Trainee } from '../models/held.ts'
import { ProblemError } from '../problem/problem.ts'
import type { MemoryForecast } from '../protocol/model.ts'
import { memoryForecast } from '../sft/forecast.ts'
import { planForecast } from '../sft/planMemory.ts'
import { planStepper } from '../sft/planStepper.ts'
import { eagerReader, type OpenReader, planReader } from '../sft/reader.ts'
import { eagerStepper, type Stepper } from '../sft/stepper.ts'
import type { Studio } from './studio.ts'

export type RunSize = { rows: number; length: number; learned: number; lora: Settings['lora'] }

/** What a step will hold: by plan as it is laid out, else as the eager ops save it, an estimate in its activations. */
export function forecast({ target }: Pick<Studio, 'target'>, config: DecoderConfig, size: RunSize): MemoryForecast {
  return target === null ? memoryForecast(config, size) : planForecast(config, size)
}

/** Plans for writing, where there is a target for them. */
export function readerFor({ target }: Pick<Studio, 'target'>): OpenReader {
  return target === null ? eagerReader : planReader(target)
}

/** Steps by plan where there is a target for them, one op at a time elsewhere. Rejects with `run.memory` where a plan does not fit. */
export async function stepperFor({ target }: Pick<Studio, 'target'>, trainee: Trainee, settings: Settings): Promise<Stepper> {
  if (target === null) return eagerStepper(trainee, settings, null)
  try {
    return await planStepper(trainee, settings, null, target)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new ProblemError({ code: 'run.memory', values: { message: error.message }, where: '' })
  }
}

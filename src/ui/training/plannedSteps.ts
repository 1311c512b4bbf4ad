// How many steps a run has, counted as Trainer counts, so that the card can say it before the run.
// The worker's own plan replaces this as soon as the run begins.

import type { Settings } from '../../config/settings.ts'

type Pace = Pick<Settings, 'num_train_epochs' | 'max_steps' | 'per_device_train_batch_size' | 'gradient_accumulation_steps'>

/** Optimiser steps. The last batch and the last window may be smaller than the others; they still count as one. */
export function plannedSteps(records: number, pace: Pace): { stepsPerEpoch: number; totalSteps: number; epochs: number } {
  const batches = Math.ceil(records / pace.per_device_train_batch_size)
  const stepsPerEpoch = Math.max(1, Math.ceil(batches / pace.gradient_accumulation_steps))
  if (pace.max_steps > 0) return { stepsPerEpoch, totalSteps: pace.max_steps, epochs: pace.max_steps / stepsPerEpoch }
  return { stepsPerEpoch, totalSteps: Math.ceil(pace.num_train_epochs * stepsPerEpoch), epochs: pace.num_train_epochs }
}

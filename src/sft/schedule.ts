// The learning rate of each step, as the schedulers of transformers have it.

import type { Settings } from '../config/settings.ts'

type ScheduleSettings = Pick<Settings, 'learning_rate' | 'lr_scheduler_type' | 'warmup_steps'>

/**
 * The rate that a step uses.
 * @param step from 1. With warm-up the first step uses rate 0, as in transformers
 */
export function learningRateAt(step: number, totalSteps: number, settings: ScheduleSettings): number {
  const done = step - 1
  const { learning_rate, lr_scheduler_type, warmup_steps } = settings
  // transformers' "constant" has no warm-up; "constant_with_warmup" is another schedule.
  if (lr_scheduler_type === 'constant') return learning_rate
  if (done < warmup_steps) return (learning_rate * done) / warmup_steps
  const progress = (done - warmup_steps) / Math.max(1, totalSteps - warmup_steps)
  if (lr_scheduler_type === 'linear') return learning_rate * Math.max(0, 1 - progress)
  return learning_rate * Math.max(0, 0.5 * (1 + Math.cos(Math.PI * progress)))
}

// The order of a run: which examples go into which micro-batch, and which micro-batches into which optimiser step.
// A window of accumulation never crosses the end of an epoch; the last one of an epoch may be shorter.

import { shuffledIndices } from '../config/random.ts'
import type { Settings } from '../config/settings.ts'

type OrderSettings = Pick<
  Settings,
  'num_train_epochs' | 'max_steps' | 'per_device_train_batch_size' | 'gradient_accumulation_steps' | 'seed' | 'shuffle'
>

/** One optimiser step. */
export type Window = {
  /** Indices of examples, one list a micro-batch. */
  batches: readonly (readonly number[])[]
  /** After the step, as Trainer counts: epochs done plus the share of this one. */
  epoch: number
  /** Whether it is the last of its epoch. */
  endsEpoch: boolean
}

export function stepsPerEpoch(examples: number, settings: OrderSettings): number {
  const batches = Math.ceil(examples / settings.per_device_train_batch_size)
  return Math.ceil(batches / settings.gradient_accumulation_steps)
}

export function totalSteps(examples: number, settings: OrderSettings): number {
  if (settings.max_steps > 0) return settings.max_steps
  return Math.ceil(settings.num_train_epochs * stepsPerEpoch(examples, settings))
}

/**
 * Every window of a run. With `shuffle`, epoch e (from 0) takes the examples in the order of Fisher and Yates' shuffle
 * seeded with seed + e; without it, in the file's order each time.
 * @param done steps that were taken already: the windows behind them are given
 */
export function* windows(examples: number, settings: OrderSettings, done = 0): Generator<Window> {
  const steps = totalSteps(examples, settings)
  const before = Math.floor(done / stepsPerEpoch(examples, settings))
  let step = before * stepsPerEpoch(examples, settings)
  for (let epoch = before; step < steps; epoch++) {
    const order = settings.shuffle
      ? shuffledIndices(examples, settings.seed + epoch)
      : Array.from({ length: examples }, (_, at) => at)
    const batches = chunks(order, settings.per_device_train_batch_size)
    const epochWindows = chunks(batches, settings.gradient_accumulation_steps)
    let batchesDone = 0
    for (const [at, window] of epochWindows.entries()) {
      if (step++ >= steps) return
      batchesDone += window.length
      if (step <= done) continue
      yield { batches: window, epoch: epoch + batchesDone / batches.length, endsEpoch: at === epochWindows.length - 1 }
    }
  }
}

function chunks<E>(list: readonly E[], size: number): E[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size))
}

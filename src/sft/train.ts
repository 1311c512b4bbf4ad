// The training loop, top to bottom: windows of micro-batches → loss and gradients → clipping → AdamW → report.
// The loss of a step is the sum over its whole window divided by the window's learned tokens, as Trainer has it.
// Must not know: where records come from, who listens, what computes a step.

import type { Settings } from '../config/settings.ts'
import type { TrainStep } from '../protocol/train.ts'
import { type Batch, collate } from './batch.ts'
import type { Example } from './example.ts'
import { learningRateAt } from './schedule.ts'
import type { Stepper } from './stepper.ts'
import { totalSteps, type Window, windows } from './windows.ts'

export type TrainHooks = {
  /** After each step. What it answers is obeyed before the next one; a promise holds the run (that is how it pauses). */
  afterStep: (step: TrainStep, endsEpoch: boolean) => Promise<'go-on' | 'stop'>
}

export type TrainOutcome = {
  ended: 'finished' | 'stopped' | 'not-finite'
  steps: number
  notFinite: { step: number; quantity: string; learningRate: number } | null
}

export type TrainInput = {
  examples: readonly Example[]
  settings: Settings
  padTokenId: number
  lengthMultiple: number
  /** Steps that were taken before, by a run that this one goes on from. */
  done: number
}

/**
 * Takes the steps of a run. At the end of an epoch, when the last step is behind it and however it ends, the trainee's tensors
 * hold what was learned. The stepper stays the caller's.
 */
export async function train(
  stepper: Stepper,
  { examples, settings, padTokenId, lengthMultiple, done }: TrainInput,
  hooks: TrainHooks,
): Promise<TrainOutcome> {
  const steps = totalSteps(examples.length, settings)
  let step = done
  for (const window of windows(examples.length, settings, done)) {
    const startedMs = performance.now()
    const batches = collated(window, examples, padTokenId, lengthMultiple)
    const learningRate = learningRateAt(step + 1, steps, settings)
    const { loss, gradNorm } = await stepper.gradients(batches, step + 1)
    const failed = whatIsNotFinite(loss, gradNorm)
    if (failed !== null) {
      await stepper.undo()
      await stepper.sync()
      return { ended: 'not-finite', steps: step, notFinite: { step: step + 1, quantity: failed, learningRate } }
    }
    step++
    await stepper.update(step, learningRate)
    const stepMs = performance.now() - startedMs
    const tokens = batches.reduce((sum, batch) => sum + batch.tokens, 0)
    if (window.endsEpoch || step === steps) await stepper.sync()
    const report = {
      step,
      epoch: window.epoch,
      loss,
      gradNorm,
      learningRate,
      tokensPerSecond: (tokens / stepMs) * 1000,
      stepMs,
      bytesHeld: stepper.bytesHeld(),
    }
    if ((await hooks.afterStep(report, window.endsEpoch)) === 'stop') {
      await stepper.sync()
      return { ended: 'stopped', steps: step, notFinite: null }
    }
  }
  return { ended: 'finished', steps: step, notFinite: null }
}

function collated(window: Window, examples: readonly Example[], padTokenId: number, lengthMultiple: number): Batch[] {
  return window.batches.map((indices) => {
    const rows = indices.flatMap((index) => examples[index] ?? [])
    return collate(rows, padTokenId, lengthMultiple)
  })
}

function whatIsNotFinite(loss: number, gradNorm: number): string | null {
  if (!Number.isFinite(loss)) return 'loss'
  return Number.isFinite(gradNorm) ? null : 'gradient norm'
}

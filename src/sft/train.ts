// The training loop, top to bottom: windows of micro-batches → loss and gradients → clipping → AdamW → report.
// The loss of a step is the sum over its whole window divided by the window's learned tokens, as Trainer has it.
// Must not know: where records come from, who listens.

import type { Settings } from '../config/settings.ts'
import { throwIfDeviceFailed } from '../engine/backends/webgpu.ts'
import { eagerOps } from '../engine/eager.ts'
import { scaled } from '../engine/ops/linear/composed.ts'
import { seedOfPart } from '../engine/ops/linear/dropout.ts'
import { copiesOf, disposeAll, memoryHeld, type Tensor, toValues } from '../engine/tensor.ts'
import { adamW, disposeMoments, freshMoments, type Moments } from '../engine/training/adamW.ts'
import { addGradients, clipFactor, globalNorm, lossAndGradients } from '../engine/training/gradients.ts'
import { type Decoder, lossSum, tokenBatch } from '../models/decoder.ts'
import { type Trainee, withTrained } from '../models/held.ts'
import { decays } from '../models/parameters.ts'
import type { TrainStep } from '../protocol/train.ts'
import { type Batch, collate } from './batch.ts'
import type { Example } from './example.ts'
import { learningRateAt } from './schedule.ts'
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
  /** Where to go on from; null: the first step. Moved on in place after each step, and the caller's to free. */
  state: TrainState | null
}

/** What a run knows beside the trained weights: with both of them it goes on as if it had never stopped. */
export type TrainState = { step: number; moments: Moments }

/**
 * Trains in place: tensor by tensor, at every moment a whole set of weights.
 * Every tensor it makes beside them is freed at the end, however it ends.
 */
export async function train(
  { model, trained }: Trainee,
  { examples, settings, padTokenId, lengthMultiple, state }: TrainInput,
  hooks: TrainHooks,
): Promise<TrainOutcome> {
  const steps = totalSteps(examples.length, settings)
  const moments = state === null ? freshMoments(trained) : state.moments
  // The weights that the last finite loss was computed with: where a step goes wrong, the ones before it are to blame.
  let lastGood = copiesOf(trained)
  let step = state?.step ?? 0
  try {
    for (const window of windows(examples.length, settings, step)) {
      const startedMs = performance.now()
      const batches = collated(window, examples, padTokenId, lengthMultiple)
      const learningRate = learningRateAt(step + 1, steps, settings)
      const { loss, gradients } = await windowGradients({ model, trained }, batches, step + 1, settings)
      const gradNorm = await globalNorm(gradients)
      const failed = whatIsNotFinite(loss, gradNorm)
      if (failed !== null) {
        disposeAll(gradients)
        disposeAll(trained)
        Object.assign(trained, copiesOf(lastGood))
        return { ended: 'not-finite', steps: step, notFinite: { step: step + 1, quantity: failed, learningRate } }
      }
      step++
      disposeAll(lastGood)
      lastGood = copiesOf(trained)
      adamW(trained, gradients, moments, settings, {
        step,
        learningRate,
        gradientFactor: clipFactor(gradNorm, settings.max_grad_norm),
        decays,
      })
      disposeAll(gradients)
      if (state !== null) state.step = step
      const stepMs = performance.now() - startedMs
      const tokens = batches.reduce((sum, batch) => sum + batch.tokens, 0)
      const report = {
        step,
        epoch: window.epoch,
        loss,
        gradNorm,
        learningRate,
        tokensPerSecond: (tokens / stepMs) * 1000,
        stepMs,
        bytesHeld: memoryHeld().bytes,
      }
      if ((await hooks.afterStep(report, window.endsEpoch)) === 'stop') return { ended: 'stopped', steps: step, notFinite: null }
    }
    return { ended: 'finished', steps: step, notFinite: null }
  } finally {
    if (state === null) disposeMoments(moments)
    disposeAll(lastGood)
  }
}

function collated(window: Window, examples: readonly Example[], padTokenId: number, lengthMultiple: number): Batch[] {
  return window.batches.map((indices) => {
    const rows = indices.flatMap((index) => examples[index] ?? [])
    return collate(rows, padTokenId, lengthMultiple)
  })
}

/** The loss of a window (nats per learned token) and its gradients, both divided by the window's labels. */
async function windowGradients(
  { model, trained }: Trainee,
  batches: readonly Batch[],
  step: number,
  settings: Settings,
): Promise<{ loss: number; gradients: Record<string, Tensor> }> {
  const labelled = batches.reduce((sum, batch) => sum + batch.labelled, 0)
  let loss = 0
  let sum: Record<string, Tensor> | null = null
  for (const [at, batch] of batches.entries()) {
    const part = batchGradients(model, trained, batch, { labelled, dropoutSeed: dropoutSeedOf(settings, step, at) })
    const [value = Number.NaN] = await toValues(part.loss)
    part.loss.dispose()
    loss += value
    sum = addGradients(sum, part.gradients)
  }
  return { loss, gradients: sum ?? {} }
}

/** Loss and gradients of one micro-batch, both divided by `labelled`. */
function batchGradients(
  model: Decoder<Tensor>,
  trained: Readonly<Record<string, Tensor>>,
  { rows, ids, learned }: Batch,
  { labelled, dropoutSeed }: { labelled: number; dropoutSeed: number },
) {
  const input = tokenBatch({ batch: rows, ids, paddedKeys: null })
  return lossAndGradients(trained, (parameters) =>
    scaled(lossSum(eagerOps, withTrained(model, parameters, dropoutSeed), input, learned), 1 / labelled),
  )
}

/** A step that is done again after a pause or a resume drops the same elements again. */
export function dropoutSeedOf({ seed }: Pick<Settings, 'seed'>, step: number, batch: number): number {
  return seedOfPart(seed, `dropout of step ${step}, batch ${batch}`)
}

/** A device that reported an error counts too: its numbers cannot be trusted. */
function whatIsNotFinite(loss: number, gradNorm: number): string | null {
  throwIfDeviceFailed()
  if (!Number.isFinite(loss)) return 'loss'
  return Number.isFinite(gradNorm) ? null : 'gradient norm'
}

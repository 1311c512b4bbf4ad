// What computes the steps of a run: the loop says which batches and which rate, a stepper what they come to.
// The eager one works on the trainee's tensors themselves; another may hold the numbers elsewhere and bring them back with `sync`.

import type { Settings } from '../config/settings.ts'
import { throwIfDeviceFailed } from '../engine/backends/webgpu.ts'
import { eagerOps } from '../engine/eager.ts'
import { scaled } from '../engine/ops/linear/composed.ts'
import { seedOfPart } from '../engine/ops/linear/dropout.ts'
import { copiesOf, disposeAll, memoryHeld, scoped, type Tensor, toValues } from '../engine/tensor.ts'
import { adamW, disposeMoments, freshMoments, type Moments } from '../engine/training/adamW.ts'
import { addGradients, clipFactor, globalNorm, lossAndGradients } from '../engine/training/gradients.ts'
import { isResting, restingIn, type Weight } from '../engine/weight.ts'
import { type Decoder, lossSum, tokenBatch } from '../models/decoder.ts'
import { decoderOnDevice, disposeDecoder, type Trainee, withTrained } from '../models/held.ts'
import { decays } from '../models/parameters.ts'
import type { Batch } from './batch.ts'

/** What a run knows beside the trained weights: with both of them it goes on as if it had never stopped. */
export type TrainState = { step: number; moments: Moments }

export type Stepper = {
  /**
   * How many steps may be begun, gradients and update, before the numbers of the one before are known: where those take their time to arrive.
   * An update by gradients that are no numbers then changes nothing, nor does any after it.
   */
  stepsAhead: number
  /** Forward and backward of step `step` over a window. The loss in nats per learned token, the norm of its gradients before clipping. */
  gradients: (batches: readonly Batch[], step: number) => Promise<{ loss: number; gradNorm: number }>
  /** Clips those gradients and moves the weights by them. */
  update: (step: number, learningRate: number) => Promise<void>
  /** Takes the last update back: what a run falls back to when the loss that followed was not finite. */
  undo: () => Promise<void>
  /** The trainee's tensors hold what was learned. */
  sync: () => Promise<void>
  /** The sum of the cross-entropies of a batch's learned tokens, in nats, without gradients and without dropout. Between two steps. */
  lossSum: (batch: Batch) => Promise<number>
  /** Held by the engine now. */
  bytesHeld: () => number
  /** Kernel calls, on a GPU dispatches, so far; null where nobody counts them. */
  dispatched: () => number | null
  /** Frees all that the stepper made; the trainee stays, with what it had at the last `sync`. */
  dispose: () => void | Promise<void>
}

/** @param state moved on in place and the caller's to free; null: moments from zero, freed here */
export function eagerStepper({ model, trained }: Trainee, settings: Settings, state: TrainState | null): Stepper {
  const moments = state === null ? freshMoments(trained) : state.moments
  // The weights that the last finite loss was computed with.
  let lastGood: Record<string, Tensor> = copiesOf(trained)
  let gradients: Record<string, Tensor> = {}
  let gradNorm = Number.NaN
  return {
    stepsAhead: 0,
    gradients: async (batches, step) => {
      disposeAll(gradients)
      const window = await windowGradients({ model, trained }, batches, step, settings)
      gradients = window.gradients
      gradNorm = await globalNorm(gradients)
      throwIfDeviceFailed()
      return { loss: window.loss, gradNorm }
    },
    update: async (step, learningRate) => {
      disposeAll(lastGood)
      lastGood = copiesOf(trained)
      const gradientFactor = clipFactor(gradNorm, settings.max_grad_norm)
      adamW(trained, gradients, moments, settings, { step, learningRate, gradientFactor, decays })
      disposeAll(gradients)
      gradients = {}
      if (state !== null) state.step = step
    },
    undo: async () => {
      disposeAll(trained)
      Object.assign(trained, copiesOf(lastGood))
    },
    sync: async () => undefined,
    lossSum: async ({ rows, ids, begins, learned }) => {
      const input = tokenBatch({ batch: rows, ids, paddedKeys: null, begins })
      const sum = scoped(() => lossSum(eagerOps, withTrained(model, trained, null), input, learned))
      const [value = Number.NaN] = await toValues(sum)
      throwIfDeviceFailed()
      sum.dispose()
      return value
    },
    bytesHeld: () => memoryHeld().bytes,
    dispatched: () => null,
    dispose: () => {
      if (state === null) disposeMoments(moments)
      disposeAll(lastGood)
      disposeAll(gradients)
    },
  }
}

/** Steps of the eager interpreter for a trainee that may be at rest: over tensors of its own, which `sync` brings back. */
export async function eagerStepperFrom(trainee: Trainee<Weight>, settings: Settings): Promise<Stepper> {
  const model = await decoderOnDevice(trainee.model)
  // What is trained is replaced in the model's own record.
  const trained = { ...(model.adapter === null ? model.weights : model.adapter.weights) }
  const own =
    model.adapter === null ? { ...model, weights: trained } : { ...model, adapter: { ...model.adapter, weights: trained } }
  const stepper = eagerStepper({ model: own, trained }, settings, null)
  return {
    ...stepper,
    sync: async () => {
      for (const [name, tensor] of Object.entries(trained)) {
        const before = trainee.trained[name]
        trainee.trained[name] =
          before && isResting(before) ? restingIn(Float32Array.from(await toValues(tensor)), tensor.shape) : tensor.clone()
        before?.dispose()
      }
    },
    dispose: () => {
      stepper.dispose()
      disposeDecoder(own)
    },
  }
}

/** The loss of a window and its gradients, both divided by the window's labels. */
async function windowGradients(
  { model, trained }: Trainee,
  batches: readonly Batch[],
  step: number,
  settings: Settings,
): Promise<{ loss: number; gradients: Record<string, Tensor> }> {
  const labelled = labelsOf(batches)
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

/** Labels of a window, counted before the shift, as Trainer counts them. */
export function labelsOf(batches: readonly Batch[]): number {
  return batches.reduce((sum, batch) => sum + batch.labelled, 0)
}

/** Loss and gradients of one micro-batch, both divided by `labelled`. */
function batchGradients(
  model: Decoder<Tensor>,
  trained: Readonly<Record<string, Tensor>>,
  { rows, ids, begins, learned }: Batch,
  { labelled, dropoutSeed }: { labelled: number; dropoutSeed: number },
) {
  const input = tokenBatch({ batch: rows, ids, paddedKeys: null, begins })
  return lossAndGradients(trained, (parameters) =>
    scaled(lossSum(eagerOps, withTrained(model, parameters, dropoutSeed), input, learned), 1 / labelled),
  )
}

/** A step that is done again after a pause or a resume drops the same elements again. */
export function dropoutSeedOf({ seed }: Pick<Settings, 'seed'>, step: number, batch: number): number {
  return seedOfPart(seed, `dropout of step ${step}, batch ${batch}`)
}

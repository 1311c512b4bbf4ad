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
 * hold what was learned. The stepper stays the caller's. Where it can work ahead, a step is begun before the numbers of the last one
 * are read, but never over the end of an epoch.
 */
export async function train(stepper: Stepper, input: TrainInput, hooks: TrainHooks): Promise<TrainOutcome> {
  const { examples, settings, done } = input
  const steps = totalSteps(examples.length, settings)
  const underWay: StepUnderWay[] = []
  let lastMs = performance.now()

  async function settle(own: StepUnderWay): Promise<'go-on' | 'stop' | TrainOutcome> {
    const { step, window, learningRate, batches } = own
    const { loss, gradNorm } = await own.numbers
    const failed = whatIsNotFinite(loss, gradNorm)
    if (failed !== null) {
      await stepper.undo()
      await stepper.sync()
      return { ended: 'not-finite', steps: step - 1, notFinite: { step, quantity: failed, learningRate } }
    }
    await (own.updated ?? stepper.update(step, learningRate))
    const stepMs = performance.now() - Math.max(own.startedMs, lastMs)
    if (own.endsHere) await stepper.sync()
    const tokens = batches.reduce((sum, batch) => sum + batch.tokens, 0)
    const speed = { tokensPerSecond: (tokens / stepMs) * 1000, stepMs, bytesHeld: stepper.bytesHeld() }
    const report = { step, epoch: window.epoch, loss, gradNorm, learningRate, ...speed }
    const answer = await hooks.afterStep(report, window.endsEpoch)
    // What a listener takes, or a pause, is no step's time.
    lastMs = performance.now()
    return answer
  }

  /** Until only `left` steps are under way, or an answer is another than to go on. */
  async function settleTo(left: number): Promise<'go-on' | 'stop' | TrainOutcome> {
    while (underWay.length > left) {
      const own = underWay.shift()
      const answer = own ? await settle(own) : 'go-on'
      if (answer !== 'go-on') return answer
    }
    return 'go-on'
  }

  let step = done
  for (const window of windows(examples.length, settings, done)) {
    step++
    const endsHere = window.endsEpoch || step === steps
    underWay.push(begun(stepper, input, { step, window, endsHere, learningRate: learningRateAt(step, steps, settings) }))
    const answer = await settleTo(endsHere ? 0 : stepper.stepsAhead)
    if (answer === 'go-on') continue
    if (answer !== 'stop') return answer
    // What was begun already is taken in.
    const rest = await settleTo(0)
    if (rest !== 'go-on' && rest !== 'stop') return rest
    await stepper.sync()
    return { ended: 'stopped', steps: step, notFinite: null }
  }
  return { ended: 'finished', steps: step, notFinite: null }
}

type Step = { step: number; window: Window; endsHere: boolean; learningRate: number }
type StepUnderWay = Step & {
  batches: readonly Batch[]
  startedMs: number
  numbers: ReturnType<Stepper['gradients']>
  /** The update that was begun behind the gradients; null: it waits for their numbers. */
  updated: Promise<void> | null
}

function begun(stepper: Stepper, { examples, padTokenId, lengthMultiple }: TrainInput, own: Step): StepUnderWay {
  const startedMs = performance.now()
  const batches = collated(own.window, examples, padTokenId, lengthMultiple)
  const numbers = stepper.gradients(batches, own.step)
  const updated = stepper.stepsAhead > 0 ? stepper.update(own.step, own.learningRate) : null
  // They are waited for in order: one that fails while an earlier step is waited for fails the run when its turn comes.
  for (const promise of [numbers, updated]) promise?.catch(() => undefined)
  return { ...own, batches, startedMs, numbers, updated }
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

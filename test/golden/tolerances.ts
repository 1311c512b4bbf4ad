// How close to Hugging Face's numbers an honest float32 implementation lands: the tolerances of the reference numbers' README,
// measured there on PyTorch's own float32, which stays a hundred times closer.

import { expect } from 'vitest'

export const tolerances = {
  logits: 1e-4,
  loss: 1e-5,
  gradient: 2e-4,
  stepLoss: 2e-4,
  gradNorm: 2e-4,
  learningRate: 1e-6,
  update: 1e-3,
  tensorUpdate: 2e-2,
}

/** Largest absolute error divided by the largest absolute value. */
export function relativeError(got: ArrayLike<number>, want: ArrayLike<number>): number {
  expect(got.length).toBe(want.length)
  let error = 0
  let largest = 0
  for (let at = 0; at < want.length; at++) {
    const apart = Math.abs((got[at] ?? Number.NaN) - (want[at] ?? Number.NaN))
    // A NaN is worse than any error.
    if (!(apart <= error)) error = apart
    largest = Math.max(largest, Math.abs(want[at] ?? 0))
  }
  return largest === 0 ? error : error / largest
}

export type Named = ReadonlyMap<string, Float32Array>

/** Norm of the error divided by the norm of (tuned − start), for each tensor and for all together. */
export function updateErrors(got: Named, want: Named, start: Named): { all: number; worst: { name: string; error: number } } {
  let errors = 0
  let updates = 0
  let worst = { name: '', error: -1 }
  for (const [name, values] of want) {
    const own = got.get(name)
    const from = start.get(name)
    if (!own || !from) throw new Error(`${name} is missing`)
    expect(own.length, name).toBe(values.length)
    let [error, update] = [0, 0]
    for (const [at, value] of values.entries()) {
      error += ((own[at] ?? Number.NaN) - value) ** 2
      update += (value - (from[at] ?? Number.NaN)) ** 2
    }
    errors += error
    updates += update
    const share = Math.sqrt(error / update)
    if (!(share <= worst.error)) worst = { name, error: share }
  }
  return { all: Math.sqrt(errors / updates), worst }
}

export type CurveStep = { step: number; epoch: number; loss: number; grad_norm: number; learning_rate_used: number }
type OwnStep = { step: number; epoch: number; loss: number; gradNorm: number; learningRate: number }

/** Every step's loss, gradient norm, learning rate and epoch within the tolerances. */
export function expectCurve(got: readonly OwnStep[], want: readonly CurveStep[]): void {
  expect(got.map(({ step }) => step)).toEqual(want.map(({ step }) => step))
  const peak = Math.max(...want.map(({ learning_rate_used }) => learning_rate_used))
  const away = (own: number, value: number, scale: number) => Math.abs(own - value) / scale
  for (const [at, { step, epoch, loss, grad_norm, learning_rate_used }] of want.entries()) {
    const own = got[at]
    if (!own) throw new Error(`step ${step} is missing`)
    expect(away(own.loss, loss, loss), `loss of step ${step}`).toBeLessThan(tolerances.stepLoss)
    expect(away(own.gradNorm, grad_norm, grad_norm), `gradient norm of step ${step}`).toBeLessThan(tolerances.gradNorm)
    expect(away(own.learningRate, learning_rate_used, peak), `learning rate of step ${step}`).toBeLessThan(
      tolerances.learningRate,
    )
    expect(own.epoch, `epoch of step ${step}`).toBeCloseTo(epoch, 9)
  }
}

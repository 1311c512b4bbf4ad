// How far numbers are from the reference, by the measures of the reference numbers' README.
// Tests hold them against the tolerances; docs/numbers.md is made of them.

/** What an honest float32 implementation meets. PyTorch's own float32 stays a hundred times closer. */
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

export type Worst = { name: string; error: number }

/** Largest absolute error divided by the largest absolute value; infinite where the lengths differ or a number is none. */
export function relativeError(got: ArrayLike<number>, want: ArrayLike<number>): number {
  if (got.length !== want.length) return Number.POSITIVE_INFINITY
  let [error, largest] = [0, 0]
  for (let at = 0; at < want.length; at++) {
    const apart = Math.abs((got[at] ?? Number.NaN) - (want[at] ?? Number.NaN))
    if (!Number.isFinite(apart)) return Number.POSITIVE_INFINITY
    error = Math.max(error, apart)
    largest = Math.max(largest, Math.abs(want[at] ?? 0))
  }
  return largest === 0 ? error : error / largest
}

export function worstOf(errors: readonly Worst[]): Worst {
  return errors.reduce((worst, one) => (one.error >= worst.error ? one : worst), { name: '', error: 0 })
}

export type Named = ReadonlyMap<string, ArrayLike<number>>

/** Norm of the error divided by the norm of (tuned − start), for each tensor and for all together. */
export function updateErrors(got: Named, want: Named, start: Named): { all: number; worst: Worst } {
  let [errors, updates] = [0, 0]
  const perTensor: Worst[] = []
  for (const [name, values] of want) {
    const [own, from] = [got.get(name), start.get(name)]
    if (!own || !from || own.length !== values.length) {
      perTensor.push({ name, error: Number.POSITIVE_INFINITY })
      errors = Number.POSITIVE_INFINITY
      continue
    }
    let [error, update] = [0, 0]
    for (let at = 0; at < values.length; at++) {
      error += ((own[at] ?? Number.NaN) - (values[at] ?? 0)) ** 2
      update += ((values[at] ?? 0) - (from[at] ?? Number.NaN)) ** 2
    }
    errors += error
    updates += update
    perTensor.push({ name, error: orInfinite(Math.sqrt(error / update)) })
  }
  return { all: orInfinite(Math.sqrt(errors / updates)), worst: worstOf(perTensor) }
}

function orInfinite(error: number): number {
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error
}

export type CurveStep = { step: number; epoch: number; loss: number; grad_norm: number; learning_rate_used: number }
type OwnStep = { step: number; epoch: number; loss: number; gradNorm: number; learningRate: number }
export type CurveErrors = { stepLoss: number; gradNorm: number; learningRate: number; epoch: number }

/** The largest over all steps: loss, norm relative to the step's own, rate relative to the peak, epoch absolute. */
export function curveErrors(got: readonly OwnStep[], want: readonly CurveStep[]): CurveErrors {
  const none = Number.POSITIVE_INFINITY
  if (got.length !== want.length) return { stepLoss: none, gradNorm: none, learningRate: none, epoch: none }
  const peak = Math.max(...want.map(({ learning_rate_used }) => learning_rate_used))
  const largest = (errorOf: (own: OwnStep, step: CurveStep) => number) =>
    want.reduce((most, step, at) => {
      const own = got[at]
      const error = own && own.step === step.step ? errorOf(own, step) : none
      return Math.max(most, orInfinite(error))
    }, 0)
  return {
    stepLoss: largest((own, { loss }) => Math.abs(own.loss - loss) / loss),
    gradNorm: largest((own, { grad_norm }) => Math.abs(own.gradNorm - grad_norm) / grad_norm),
    learningRate: largest((own, { learning_rate_used }) => Math.abs(own.learningRate - learning_rate_used) / peak),
    epoch: largest((own, { epoch }) => Math.abs(own.epoch - epoch)),
  }
}

// The learning rate of pre-training: a short warm-up, the peak for most of the run, then down in a straight line to nothing.
// Until it falls it does not depend on how long the run is, so that a longer one begins as a shorter one does.

/** @param step from 1. @param coolDown the share of all steps in which the rate falls */
export function pretrainingRate(step: number, steps: number, { peak, warmupSteps, coolDown }: RateSettings): number {
  const left = (steps - step + 1) / (steps * coolDown)
  return peak * Math.min(1, step / warmupSteps, left)
}

export type RateSettings = { readonly peak: number; readonly warmupSteps: number; readonly coolDown: number }

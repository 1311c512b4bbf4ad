// The strong line of the loss curve: an exponential moving average, corrected for its start as TensorBoard does it.
// Must not know: what is being smoothed.

/**
 * One smoothed value for each value. Without the correction the line would begin near 0 and climb.
 * @param weight share of the past in each value, 0 (no smoothing) to below 1
 * A value that is not finite is passed over: the line keeps its last value there.
 */
export function smoothed(values: readonly number[], weight: number): number[] {
  let mean = 0
  let seen = 0
  let last = Number.NaN
  return values.map((value) => {
    if (!Number.isFinite(value)) return last
    mean = mean * weight + value * (1 - weight)
    seen += 1
    last = mean / (1 - weight ** seen)
    return last
  })
}

/** TensorBoard's and the studio's weight of the past. */
export const curveSmoothing = 0.9

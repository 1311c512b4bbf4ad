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

/**
 * The weight of the past with which the line reaches back over about one epoch, in which every record counts once: 1 − 2 / (steps + 1).
 * At most TensorBoard's usual 0.9; a short run's line would otherwise lie far above its points for as long as the loss falls.
 */
export function smoothingOver(stepsPerEpoch: number): number {
  return Math.min(0.9, Math.max(0, 1 - 2 / (stepsPerEpoch + 1)))
}

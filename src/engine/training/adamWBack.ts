// AdamW backwards: the weight that an update was made of, from what it left. For runs that have no room to keep it.

import type { AdamWNumbers } from './adamWNumbers.ts'

/**
 * In place: weight as it was before the update with these numbers that left these moments. Within a rounding of float32;
 * a weight that the update did not leave finite stays as it is.
 */
export function takeBack(
  weight: Float32Array,
  first: Float32Array,
  second: Float32Array,
  { stepSize, epsilon, decayFactor }: AdamWNumbers,
): void {
  for (let at = 0; at < weight.length; at++) {
    const moved = (stepSize * (first[at] ?? 0)) / (Math.sqrt(second[at] ?? 0) + epsilon)
    weight[at] = ((weight[at] ?? 0) + moved) / decayFactor
  }
}

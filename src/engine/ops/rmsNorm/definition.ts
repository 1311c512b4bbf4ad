// What RMSNorm means, in float64.

import { dot, inRows, type Rows } from '../../opTable/float64.ts'

/** Each run of as many elements as the weight has, ÷ √(mean of its squares + eps) · weight. */
export function rmsNorm(x: Rows, [weight = []]: Rows, eps: number): Rows {
  const normed = (group: readonly number[]) => {
    const rms = Math.sqrt(dot(group, group) / group.length + eps)
    return group.map((value, at) => (value / rms) * (weight[at] ?? 0))
  }
  return x.map((row) => inRows(row, weight.length).flatMap(normed))
}

// Loss and gradients of a function of named parameters, by TensorFlow.js' tape; the sums that a window of micro-batches needs; and clipping.

import * as tf from '@tensorflow/tfjs-core'
import { trackGradients } from '../ops/differentiable.ts'
import type { Tensor } from '../tensor.ts'

export type Parameters = Readonly<Record<string, Tensor>>

/**
 * Runs `loss` on the parameters and differentiates it by them, and by nothing else that it reads: what is frozen costs no gradient. It may call the engine's ops only: each carries its gradient (differentiable.ts),
 * the tape knows no other, because the library registers its own from a module that Node cannot load beside the packaged core.
 * @returns the loss (a scalar tensor) and one gradient a parameter, of its shape; all are the caller's to dispose
 */
export function lossAndGradients(
  parameters: Parameters,
  loss: (parameters: Parameters) => Tensor,
): { loss: Tensor; gradients: Record<string, Tensor> } {
  const names = Object.keys(parameters)
  trackGradients(Object.values(parameters))
  const evaluate = (...tensors: Tensor[]): Tensor => {
    const named: Record<string, Tensor> = {}
    names.forEach((name, at) => {
      const tensor = tensors[at]
      if (tensor) named[name] = tensor
    })
    return loss(named)
  }
  const { value, grads } = tf.valueAndGrads(evaluate)(Object.values(parameters))
  const gradients: Record<string, Tensor> = {}
  names.forEach((name, at) => {
    const gradient = grads[at]
    if (gradient) gradients[name] = gradient
  })
  return { loss: value, gradients }
}

/** sum + next, name by name; both are disposed. */
export function addGradients(sum: Record<string, Tensor> | null, next: Record<string, Tensor>): Record<string, Tensor> {
  if (sum === null) return next
  const total: Record<string, Tensor> = {}
  for (const [name, gradient] of Object.entries(next)) {
    const before = sum[name]
    total[name] = before ? tf.add(before, gradient) : gradient
    if (before) {
      before.dispose()
      gradient.dispose()
    }
  }
  return total
}

/** The L2 norm over all gradients together. Reads one number a parameter back from the device. */
export async function globalNorm(gradients: Parameters): Promise<number> {
  const squares = tf.tidy(() => tf.stack(Object.values(gradients).map((gradient) => tf.sum(tf.square(gradient)))))
  const values = await squares.data()
  squares.dispose()
  let sum = 0
  for (const value of values) sum += value
  return Math.sqrt(sum)
}

/**
 * What all gradients are multiplied by so that their norm is at most `maxNorm`; torch's formula. 0 means no clipping.
 * Of a norm that is no finite number it is NaN, by which nothing can be updated.
 */
export function clipFactor(norm: number, maxNorm: number): number {
  if (!Number.isFinite(norm)) return Number.NaN
  return maxNorm > 0 ? Math.min(1, maxNorm / (norm + 1e-6)) : 1
}

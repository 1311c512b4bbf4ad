// AdamW (Loshchilov & Hutter 2019, arXiv:1711.05101) as torch.optim.AdamW computes it:
// decoupled decay first, eps outside the root and after the bias correction.

import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '../tensor.ts'
import { type AdamWNumbers, type AdamWSettings, adamWNumbers } from './adamWNumbers.ts'
import type { Parameters } from './gradients.ts'

export type Moments = { first: Record<string, Tensor>; second: Record<string, Tensor> }

export type AdamWStep = {
  /** From 1. */
  step: number
  learningRate: number
  /** All gradients are multiplied by it first: clipping, or a window's normalisation. */
  gradientFactor: number
  /** Whether weight decay applies to a parameter of this name. */
  decays: (name: string) => boolean
}

/** Two tensors of zeros a parameter. The caller's to dispose. */
export function freshMoments(parameters: Parameters): Moments {
  const first: Record<string, Tensor> = {}
  const second: Record<string, Tensor> = {}
  for (const [name, parameter] of Object.entries(parameters)) {
    first[name] = tf.zerosLike(parameter)
    second[name] = tf.zerosLike(parameter)
  }
  return { first, second }
}

export function disposeMoments({ first, second }: Moments): void {
  for (const tensors of [first, second]) tf.dispose(Object.values(tensors))
}

/**
 * One step. The old parameters and moments are disposed and replaced in their records; the gradients stay the caller's.
 * A parameter without a gradient does not move.
 */
export function adamW(
  parameters: Record<string, Tensor>,
  gradients: Parameters,
  moments: Moments,
  settings: AdamWSettings,
  at: AdamWStep,
): void {
  for (const [name, gradient] of Object.entries(gradients)) {
    const parameter = parameters[name]
    const first = moments.first[name]
    const second = moments.second[name]
    if (!parameter || !first || !second) throw new Error(`adamW: ${name} has a gradient but no parameter or moments`)
    const [nextParameter, nextFirst, nextSecond] = updated(
      parameter,
      gradient,
      first,
      second,
      settings,
      at.gradientFactor,
      adamWNumbers(settings, at, at.decays(name)),
    )
    tf.dispose([parameter, first, second])
    parameters[name] = nextParameter
    moments.first[name] = nextFirst
    moments.second[name] = nextSecond
  }
}

function updated(
  parameter: Tensor,
  gradient: Tensor,
  first: Tensor,
  second: Tensor,
  { adam_beta1, adam_beta2 }: AdamWSettings,
  gradientFactor: number,
  { stepSize, epsilon, decayFactor }: AdamWNumbers,
): [Tensor, Tensor, Tensor] {
  // The factor and the bias corrections are folded into the constants: 12 passes over the elements where the formulas as printed take 15.
  return tf.tidy(() => {
    const m = tf.add(tf.mul(first, adam_beta1), tf.mul(gradient, gradientFactor * (1 - adam_beta1)))
    const v = tf.add(tf.mul(second, adam_beta2), tf.mul(tf.square(gradient), gradientFactor ** 2 * (1 - adam_beta2)))
    const direction = tf.div(m, tf.add(tf.sqrt(v), epsilon))
    const decayed = decayFactor === 1 ? parameter : tf.mul(parameter, decayFactor)
    return [tf.sub(decayed, tf.mul(direction, stepSize)), m, v]
  })
}

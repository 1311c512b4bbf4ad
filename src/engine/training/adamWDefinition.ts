// AdamW on one element in float64, for tests: Algorithm 2 of Loshchilov & Hutter, in torch's order, as it is printed.

import type { AdamWSettings } from './adamWNumbers.ts'

export type AdamWElement = { weight: number; first: number; second: number }

/** The element after the step `step`, from 1; `decay` is the weight decay that applies to it. */
export function steppedElement(
  { weight, first, second }: AdamWElement,
  gradient: number,
  { adam_beta1, adam_beta2, adam_epsilon }: AdamWSettings,
  { step, learningRate, decay }: { step: number; learningRate: number; decay: number },
): AdamWElement {
  const decayed = weight - learningRate * decay * weight
  const nextFirst = adam_beta1 * first + (1 - adam_beta1) * gradient
  const nextSecond = adam_beta2 * second + (1 - adam_beta2) * gradient ** 2
  const unbiased = nextFirst / (1 - adam_beta1 ** step)
  const root = Math.sqrt(nextSecond / (1 - adam_beta2 ** step)) + adam_epsilon
  return { weight: decayed - (learningRate * unbiased) / root, first: nextFirst, second: nextSecond }
}

// The call of AdamW's CPU kernel.

import type { Address, KernelCall } from '../targets/cpu/call.ts'
import { blocksOf } from '../targets/cpu/elements.ts'
import type { AdamWNumbers, AdamWSettings } from './adamWNumbers.ts'

/** `gradientFactor` is the address of one float32 that all gradients are multiplied by first. */
type Places = Record<'weight' | 'first' | 'second' | 'before' | 'gradient' | 'gradientFactor', Address>

/** One step of a parameter of `size` elements, weight and both moments in place; `before` becomes the weight as it was, unless it is 0. */
export const adamWCall = (
  { weight, first, second, before, gradient, gradientFactor }: Places,
  size: number,
  { adam_beta1, adam_beta2 }: AdamWSettings,
  { stepSize, epsilon, decayFactor }: AdamWNumbers,
): KernelCall => ({
  kernel: 'adamW',
  units: blocksOf(size),
  args: [weight, first, second, before, gradient, size, gradientFactor, adam_beta1, adam_beta2, stepSize, epsilon, decayFactor],
})

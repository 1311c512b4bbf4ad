// The call of the head's CPU kernel; the products around it are the linear layer's.

import type { Address, KernelCall } from '../../targets/cpu/call.ts'

type Places = Record<'losses' | 'logits' | 'targets', Address>
type Sizes = { rows: number; vocabulary: number }

/**
 * Cross-entropy of logits [rows, vocabulary] against targets [rows], 32-bit integers, −1 for a row that does not count.
 * losses [rows] are written in nats; the logits become the gradient of factor · their sum.
 */
export const crossEntropy = ({ losses, logits, targets }: Places, { rows, vocabulary }: Sizes, factor: number): KernelCall => ({
  kernel: 'crossEntropy',
  units: rows,
  args: [losses, logits, targets, vocabulary, factor],
})

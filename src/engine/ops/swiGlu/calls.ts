// The calls of SwiGLU's CPU kernels.

import type { Address, KernelCall } from '../../targets/cpu/call.ts'
import { blocksOf } from '../../targets/cpu/elements.ts'

/** out = silu(gate) · up, all of `size` elements; out may be one of the others. */
export const swiGlu = ({ out, gate, up }: Record<'out' | 'gate' | 'up', Address>, size: number): KernelCall => ({
  kernel: 'swiGlu',
  units: blocksOf(size),
  args: [out, gate, up, size],
})

type BackwardPlaces = Record<'dGate' | 'dUp' | 'dOut' | 'gate' | 'up', Address>

/** The gradients of gate and up from that of the output. Each may take the place of one of the inputs. */
export const swiGluBackward = ({ dGate, dUp, dOut, gate, up }: BackwardPlaces, size: number): KernelCall => ({
  kernel: 'swiGluBackward',
  units: blocksOf(size),
  args: [dGate, dUp, dOut, gate, up, size],
})

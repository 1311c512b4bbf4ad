// The call of the rotary embedding's CPU kernel.

import type { Address, KernelCall } from '../../targets/cpu/call.ts'

type Places = Record<'out' | 'x' | 'cos' | 'sin', Address>
type Sizes = { rows: number; heads: number; headDim: number }

/** out [rows, heads·headDim] = x turned by cos and sin [rows, headDim/2], or `back`, which is the gradient. out may be x. */
export const rotary = ({ out, x, cos, sin }: Places, { rows, heads, headDim }: Sizes, back: boolean): KernelCall => ({
  kernel: 'rotary',
  units: rows,
  args: [out, x, cos, sin, heads, headDim, back ? -1 : 1],
})

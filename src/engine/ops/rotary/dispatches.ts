// The rotary embedding's dispatch on the GPU.

import type { CallOf } from '../../plan/calls.ts'
import { type Dispatch, f32, u32 } from '../../targets/webgpu/dispatch.ts'
import { overElements } from '../../targets/webgpu/elements/dispatches.ts'
import { lanesFor } from '../../targets/webgpu/lanes.ts'
import type { Places } from '../../targets/webgpu/places.ts'
import source from './rotary.wgsl?raw'

export function rotary({ reads, writes, numbers }: CallOf<'rotary'>, { one }: Places): Dispatch[] {
  const { tokens, heads, headDim, back } = numbers
  const half = headDim / 2
  const operands = [writes.out, reads.x, reads.cos, reads.sin].map(one)
  const lanes = lanesFor(half)
  const words = [u32(half / lanes), u32(heads), f32(back ? -1 : 1)]
  return [overElements({ name: 'rotary', source }, operands, tokens * heads * half, { lanes, words })]
}

// SwiGLU's dispatches on the GPU.

import type { CallOf } from '../../plan/calls.ts'
import type { Dispatch } from '../../targets/webgpu/dispatch.ts'
import { overElements } from '../../targets/webgpu/elements/dispatches.ts'
import type { Places } from '../../targets/webgpu/places.ts'
import forward from './swiGlu.wgsl?raw'
import backward from './swiGluBackward.wgsl?raw'

export function swiGlu(
  { reads: { gate, up }, writes: { out }, numbers: { size } }: CallOf<'swiGlu'>,
  { one }: Places,
): Dispatch[] {
  return [overElements({ name: 'swiGlu', source: forward }, [out, gate, up].map(one), size)]
}

export function swiGluBackward({ reads, writes, numbers: { size } }: CallOf<'swiGluBackward'>, { one }: Places): Dispatch[] {
  const operands = [writes.dGate, writes.dUp, reads.dOut, reads.gate, reads.up].map(one)
  return [overElements({ name: 'swiGluBackward', source: backward }, operands, size)]
}

// Dropout's dispatch on the GPU.

import type { CallOf } from '../../plan/calls.ts'
import { type Dispatch, f32, said, u32 } from '../../targets/webgpu/dispatch.ts'
import { overElements } from '../../targets/webgpu/elements/dispatches.ts'
import type { Places } from '../../targets/webgpu/places.ts'
import { dropoutNumbers } from './dropout.ts'
import source from './dropout.wgsl?raw'

export function dropout({ reads: { x }, writes: { out }, numbers }: CallOf<'dropout'>, { one }: Places): Dispatch[] {
  const { size, rate, seed, part } = numbers
  return [
    overElements({ name: 'dropout', source, ownLoop: true }, [one(out), one(x)], size, {
      words: (scalars) => {
        const { start, threshold, kept } = dropoutNumbers({ rate, seed: said(scalars, seed), part })
        return [u32(start), u32(threshold), f32(kept)]
      },
    }),
  ]
}

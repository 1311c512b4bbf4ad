// Sums and copies on the GPU, element by element.

import type { CallOf } from '../../../plan/calls.ts'
import { type Dispatch, inRows, type Kernel, type Place, u32 } from '../dispatch.ts'
import { type Places, pairedParts, partSize } from '../places.ts'
import addSource from './add.wgsl?raw'
import addToSource from './addTo.wgsl?raw'
import copySource from './copy.wgsl?raw'

/** Elements of a workgroup, in every kernel here. */
const GROUP = 64

/** A kernel over elements: each invocation does one. */
export function overElements(kernel: Kernel, operands: readonly Place[], size: number): Dispatch {
  return { kernel, constants: {}, operands, words: [u32(size)], groups: inRows(Math.ceil(size / GROUP)) }
}

export function add({ reads: { a, b }, writes: { out }, numbers: { size } }: CallOf<'add'>, { one }: Places): Dispatch[] {
  // A dispatch may not bind one place twice.
  if (out === a) return [overElements({ name: 'addTo', source: addToSource }, [one(out), one(b)], size)]
  if (out === b) return [overElements({ name: 'addTo', source: addToSource }, [one(out), one(a)], size)]
  return [overElements({ name: 'add', source: addSource }, [one(out), one(a), one(b)], size)]
}

export function copy({ reads: { x }, writes: { out } }: CallOf<'copy'>, { parts }: Places): Dispatch[] {
  return pairedParts(parts(out), parts(x)).map(([to, from]) =>
    overElements({ name: 'copy', source: copySource }, [to.place, from.place], partSize(out, to)),
  )
}

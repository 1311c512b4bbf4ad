// Sums and copies on the GPU, element by element.

import type { CallOf } from '../../../plan/calls.ts'
import type { Value } from '../../../plan/values.ts'
import { type Dispatch, inRows, type Place, u32 } from '../dispatch.ts'
import { laneKernel, lanesFor } from '../lanes.ts'
import { type Places, pairedParts, partSize } from '../places.ts'
import addSource from './add.wgsl?raw'
import addToSource from './addTo.wgsl?raw'
import blocks from './blocks.wgsl?raw'
import copySource from './copy.wgsl?raw'
import eachElement from './eachElement.wgsl?raw'
import zeroSource from './zero.wgsl?raw'

/** Elements of a workgroup; blocks.wgsl has the same number. */
const BLOCK = 1024

/** A kernel's name and its source, over Elements in blocks: `element(i)`, or with `ownLoop` an entry point that has something to do before them. */
export type ElementKernel = { name: string; source: string; ownLoop?: boolean }

/** `words`: those behind the first. */
type ElementOptions = { lanes?: 1 | 4; words?: Dispatch['words'] }

/**
 * A kernel over `size` numbers, an Element after the other. Its first word is how many Elements there are.
 * @param options.lanes numbers of an Element; as many as divide `size` if not said
 */
export function overElements(
  { name, source, ownLoop = false }: ElementKernel,
  operands: readonly Place[],
  size: number,
  { lanes = lanesFor(size), words = [] }: ElementOptions = {},
): Dispatch {
  const elements = size / lanes
  return {
    kernel: laneKernel(name, `${blocks}\n${ownLoop ? '' : eachElement}\n${source}`, lanes),
    constants: {},
    operands,
    words: typeof words === 'function' ? (scalars) => [u32(elements), ...words(scalars)] : [u32(elements), ...words],
    groups: inRows(Math.ceil(elements / BLOCK)),
  }
}

const copied: ElementKernel = { name: 'copy', source: copySource }
const added: ElementKernel = { name: 'add', source: addSource }
const addTo: ElementKernel = { name: 'addTo', source: addToSource }

export function add({ reads: { a, b }, writes: { out } }: CallOf<'add'>, places: Places): Dispatch[] {
  const over = (kernel: ElementKernel, values: readonly Value[]) =>
    pairedParts(places, values).map(({ operands, size }) => overElements(kernel, operands, size))
  // A dispatch may not bind one place twice.
  if (a === b && out !== a) return [...over(copied, [out, a]), ...over(addTo, [out, a])]
  if (out === a) return over(addTo, [out, b])
  return out === b ? over(addTo, [out, a]) : over(added, [out, a, b])
}

export function copy({ reads: { x }, writes: { out } }: CallOf<'copy'>, places: Places): Dispatch[] {
  return pairedParts(places, [out, x]).map(({ operands, size }) => overElements(copied, operands, size))
}

/** out = 0, all of its parts. */
export function zero(out: Value, { parts }: Places): Dispatch[] {
  return parts(out).map((part) => overElements({ name: 'zero', source: zeroSource }, [part.place], partSize(out, part)))
}

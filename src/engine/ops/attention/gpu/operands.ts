// How attention's dispatches see the values of a call: heads as whole vectors of four numbers, and something at every binding.
// Must not know: which kernels read them.

import type { AttentionSizes, CacheSizes } from '../../../plan/calls.ts'
import type { Value } from '../../../plan/values.ts'
import { type Dispatch, inRows, type Place, u32, type Word } from '../../../targets/webgpu/dispatch.ts'
import type { Places } from '../../../targets/webgpu/places.ts'
import type { Rooms } from '../../../targets/webgpu/rooms.ts'
import resizeSource from './resize.wgsl?raw'

/** Elements of a workgroup of the kernels that go element by element. */
export const GROUP = 64

/** Vectors of a head. */
export const quadsOf = ({ headDim }: AttentionSizes): number => Math.ceil(headDim / 4)

/** What forward kernels are made of: their bindings in order (out, logSumExp, q, k, v, hidden, held), and the words of views.wgsl. */
export type Forward = { operands: readonly Place[]; words: readonly Word[]; sizes: AttentionSizes }

/** The same by name, over a cache: inputs are q, keys and values. */
export type Attended = { out: Place; inputs: readonly Place[]; hidden: Place; held: Place; words: readonly Word[] }

/** What backward kernels are made of: inputs are q, k, v, dOut, the queries' stats, and hidden. */
export type Backward = Record<'dq' | 'dk' | 'dv', Place> & {
  inputs: readonly Place[]
  words: readonly Word[]
  sizes: AttentionSizes
}

export type Heads = {
  /** A value that is read: where its heads are whole vectors, once `before` has run. */
  read: (value: Value, heads: number) => Place
  /** One that is written: it is in its own place once `after` has run. */
  write: (value: Value, heads: number) => Place
  before: Dispatch[]
  after: Dispatch[]
}

/** Values of so many heads of `headDim` numbers; where that is no multiple of 4, copies with zeros at the end of each head. */
export function headsOf({ one }: Places, rooms: Rooms, sizes: AttentionSizes): Heads {
  const { headDim } = sizes
  const wide = 4 * quadsOf(sizes)
  const before: Dispatch[] = []
  const after: Dispatch[] = []
  const placed = (value: Value, heads: number, resize: (own: Place, copy: Place) => void): Place => {
    if (wide === headDim) return one(value)
    const copy = rooms.take(4 * heads * wide)
    resize(one(value), copy)
    return copy
  }
  return {
    read: (value, heads) => placed(value, heads, (own, copy) => before.push(resized(copy, own, heads, wide, headDim))),
    write: (value, heads) => placed(value, heads, (own, copy) => after.push(resized(own, copy, heads, headDim, wide))),
    before,
    after,
  }
}

function resized(out: Place, x: Place, rows: number, width: number, before: number): Dispatch {
  return {
    kernel: { name: 'attention resize', source: resizeSource },
    constants: {},
    operands: [out, x],
    words: [rows * width, width, before].map(u32),
    groups: inRows(Math.ceil((rows * width) / GROUP)),
  }
}

/** What stands for an operand that a call does not have: a binding must be there, and be a place of its own. */
export const nothing = (rooms: Rooms): Place => rooms.take(4)

/** Which keys are hidden from queries, whatever the window: each row's first ones, or those in front of a query's own text. */
type Hiding = { padding?: Value; begins?: Value }

/** What is bound as `padding` of views.wgsl. */
export function hiddenOf({ padding, begins }: Hiding, { one }: Places, rooms: Rooms): Place {
  if (padding && begins) throw new Error('attention on the GPU takes padding or begins, and not both: they share a binding')
  const own = begins ?? padding
  return own ? one(own) : nothing(rooms)
}

/** The words of views.wgsl for keys and values as they come, [batch·tokens, keyHeads·headDim], or in caches [batch, keyHeads, capacity, headDim]. */
export function viewWords(sizes: AttentionSizes | CacheSizes, { padding, begins }: Hiding): Word[] {
  const { batch, tokens, heads, keyHeads, headDim, window } = sizes
  const quads = quadsOf(sizes)
  const steps =
    'capacity' in sizes
      ? [keyHeads * sizes.capacity * quads, sizes.capacity * quads, quads]
      : [tokens * keyHeads * quads, quads, keyHeads * quads]
  const flags = [padding !== undefined, 'capacity' in sizes, begins !== undefined].map((flag) => u32(Number(flag)))
  return [...[batch, tokens, heads, keyHeads, quads, window, ...steps].map(u32), { f32: 1 / Math.sqrt(headDim) }, ...flags]
}

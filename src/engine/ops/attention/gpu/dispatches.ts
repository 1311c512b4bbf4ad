// Attention's dispatches on the GPU: which kernels do a call, and over what.
// Those of lanes/ are for software adapters, which are slow with workgroup memory, and for heads that it has no room for; those of tiles/ and
// splits/ for real GPUs.

import type { AttentionSizes, CallOf } from '../../../plan/calls.ts'
import { type Dispatch, inRows, type Place, u32 } from '../../../targets/webgpu/dispatch.ts'
import type { Places } from '../../../targets/webgpu/places.ts'
import { type Rooms, roomsOf } from '../../../targets/webgpu/rooms.ts'
import appendKeysSource from './appendKeys.wgsl?raw'
import { backwardByLanes, forwardByLanes } from './lanes/dispatches.ts'
import { type Forward, GROUP, headsOf, hiddenOf, nothing, quadsOf, viewWords } from './operands.ts'
import { forwardInSplits, isSplit } from './splits/dispatches.ts'
import statsSource from './stats.wgsl?raw'
import { backwardByTiles, forwardByTiles } from './tiles/dispatches.ts'

/** Workgroup memory that attention may use, in bytes; 0: none, for where barriers are slow. */
export type WorkgroupBytes = number

type AttentionCall = CallOf<'attention'> | CallOf<'attentionBackward'> | CallOf<'attentionOverCache'>

/** Bytes of workspace that the dispatches of a call need beside its operands, whatever workgroup memory they may use. */
export function attentionWorkspace(call: AttentionCall): number {
  const nowhere: Place = { buffer: null, offset: 0, bytes: 0 }
  const needed = [0, Number.POSITIVE_INFINITY].map((workgroupBytes) => {
    const rooms = roomsOf(nowhere)
    const places: Places = { one: () => nowhere, parts: () => [], workspace: nowhere }
    if (call.kernel === 'attention') attentionIn(call, places, rooms, workgroupBytes)
    else if (call.kernel === 'attentionBackward') attentionBackwardIn(call, places, rooms, workgroupBytes)
    else attentionOverCacheIn(call, places, rooms, workgroupBytes)
    return rooms.taken()
  })
  return Math.max(...needed)
}

export const attention = (call: CallOf<'attention'>, places: Places, workgroupBytes: WorkgroupBytes): Dispatch[] =>
  attentionIn(call, places, roomsOf(places.workspace), workgroupBytes)

export const attentionBackward = (
  call: CallOf<'attentionBackward'>,
  places: Places,
  workgroupBytes: WorkgroupBytes,
): Dispatch[] => attentionBackwardIn(call, places, roomsOf(places.workspace), workgroupBytes)

export const attentionOverCache = (
  call: CallOf<'attentionOverCache'>,
  places: Places,
  workgroupBytes: WorkgroupBytes,
): Dispatch[] => attentionOverCacheIn(call, places, roomsOf(places.workspace), workgroupBytes)

function attentionIn(
  { reads, writes, numbers }: CallOf<'attention'>,
  places: Places,
  rooms: Rooms,
  workgroupBytes: WorkgroupBytes,
): Dispatch[] {
  const { queries, keys } = headsIn(numbers)
  const heads = headsOf(places, rooms, numbers)
  const operands = [
    heads.write(writes.out, queries),
    places.one(writes.logSumExp),
    heads.read(reads.q, queries),
    heads.read(reads.k, keys),
    heads.read(reads.v, keys),
    hiddenOf(reads, places, rooms),
    nothing(rooms),
  ]
  const words = viewWords(numbers, reads)
  return [...heads.before, forward({ operands, words, sizes: numbers }, workgroupBytes), ...heads.after]
}

function attentionOverCacheIn(
  { reads, writes, numbers }: CallOf<'attentionOverCache'>,
  places: Places,
  rooms: Rooms,
  workgroupBytes: WorkgroupBytes,
): Dispatch[] {
  const { batch, keyHeads, capacity } = numbers
  const { queries } = headsIn(numbers)
  const keys = batch * keyHeads * capacity
  const heads = headsOf(places, rooms, numbers)
  const out = heads.write(writes.out, queries)
  const inputs = [heads.read(reads.q, queries), heads.read(reads.keys, keys), heads.read(reads.values, keys)]
  const hidden = hiddenOf(reads, places, rooms)
  const held = places.one(reads.held)
  const words = viewWords(numbers, reads)
  const attended =
    workgroupBytes > 0 && isSplit(numbers)
      ? forwardInSplits({ out, inputs, hidden, held, words, sizes: numbers }, rooms)
      : [forward({ operands: [out, nothing(rooms), ...inputs, hidden, held], words, sizes: numbers }, workgroupBytes)]
  return [...heads.before, ...attended, ...heads.after]
}

const forward = (call: Forward, workgroupBytes: WorkgroupBytes): Dispatch =>
  forwardByTiles(call, workgroupBytes) ?? forwardByLanes(call)

function attentionBackwardIn(
  { reads, writes, numbers }: CallOf<'attentionBackward'>,
  places: Places,
  rooms: Rooms,
  workgroupBytes: WorkgroupBytes,
): Dispatch[] {
  const { tokens } = numbers
  const { queries, keys } = headsIn(numbers)
  const heads = headsOf(places, rooms, numbers)
  const stats = rooms.take(8 * queries)
  const dOut = heads.read(reads.dOut, queries)
  const out = heads.read(reads.out, queries)
  const hidden = hiddenOf(reads, places, rooms)
  const backward = {
    dq: heads.write(writes.dq, queries),
    dk: heads.write(writes.dk, keys),
    dv: heads.write(writes.dv, keys),
    inputs: [heads.read(reads.q, queries), heads.read(reads.k, keys), heads.read(reads.v, keys), dOut, stats, hidden],
    words: viewWords(numbers, reads),
    sizes: numbers,
  }
  const known: Dispatch = {
    kernel: { name: 'attention stats', source: statsSource },
    constants: {},
    operands: [stats, places.one(reads.logSumExp), dOut, out],
    words: [queries, tokens, numbers.heads, quadsOf(numbers)].map(u32),
    groups: inRows(Math.ceil(queries / GROUP)),
  }
  const gradients = backwardByTiles(backward, rooms, workgroupBytes) ?? backwardByLanes(backward)
  return [...heads.before, known, ...gradients, ...heads.after]
}

/** How many heads the values of queries, and those of keys, are made of. */
function headsIn({ batch, tokens, heads, keyHeads }: AttentionSizes): { queries: number; keys: number } {
  return { queries: batch * tokens * heads, keys: batch * tokens * keyHeads }
}

export function appendKeys(
  { reads: { x, held }, writes: { cache }, numbers }: CallOf<'appendKeys'>,
  { one }: Places,
): Dispatch[] {
  const { batch, tokens, keyHeads, headDim, capacity } = numbers
  const size = batch * tokens * keyHeads * headDim
  return [
    {
      kernel: { name: 'appendKeys', source: appendKeysSource },
      constants: {},
      operands: [cache, x, held].map(one),
      words: [size, tokens, keyHeads, headDim, capacity].map(u32),
      groups: inRows(Math.ceil(size / GROUP)),
    },
  ]
}

// Attention's dispatches on the GPU.

import type { AttentionSizes, CallOf } from '../../../plan/calls.ts'
import { type Dispatch, inRows, type Kernel, type Place, u32 } from '../../../targets/webgpu/dispatch.ts'
import type { Places } from '../../../targets/webgpu/places.ts'
import { type Rooms, roomsOf } from '../../../targets/webgpu/rooms.ts'
import appendKeysSource from './appendKeys.wgsl?raw'
import forwardSource from './lanes/forward.wgsl?raw'
import keyGradientsSource from './lanes/keyGradients.wgsl?raw'
import queryGradientsSource from './lanes/queryGradients.wgsl?raw'
import { GROUP, headsOf, nothing, quadsOf, viewWords } from './operands.ts'
import statsSource from './stats.wgsl?raw'
import views from './views.wgsl?raw'

const viewing = (name: string, source: string): Kernel => ({ name: `attention ${name}`, source: `${views}\n${source}` })

const forward = viewing('by lanes', forwardSource)
const queryGradients = viewing('query gradients by lanes', queryGradientsSource)
const keyGradients = viewing('key gradients by lanes', keyGradientsSource)

/** Invocations of a workgroup of the kernels without workgroup memory: what a CPU's SIMD does at once. */
const LANES = 8
/** Queries, or keys, of such a workgroup: four an invocation. */
const OWN = 4 * LANES

/** Bytes of workspace that the dispatches of a call need beside its operands. */
export function attentionWorkspace(
  call: CallOf<'attention'> | CallOf<'attentionBackward'> | CallOf<'attentionOverCache'>,
): number {
  const nowhere: Place = { buffer: null, offset: 0, bytes: 0 }
  const places: Places = { one: () => nowhere, parts: () => [], workspace: nowhere }
  const rooms = roomsOf(nowhere)
  if (call.kernel === 'attention') attentionIn(call, places, rooms)
  else if (call.kernel === 'attentionBackward') attentionBackwardIn(call, places, rooms)
  else attentionOverCacheIn(call, places, rooms)
  return rooms.taken()
}

export const attention = (call: CallOf<'attention'>, places: Places): Dispatch[] =>
  attentionIn(call, places, roomsOf(places.workspace))

export const attentionBackward = (call: CallOf<'attentionBackward'>, places: Places): Dispatch[] =>
  attentionBackwardIn(call, places, roomsOf(places.workspace))

export const attentionOverCache = (call: CallOf<'attentionOverCache'>, places: Places): Dispatch[] =>
  attentionOverCacheIn(call, places, roomsOf(places.workspace))

function attentionIn({ reads, writes, numbers }: CallOf<'attention'>, places: Places, rooms: Rooms): Dispatch[] {
  const { queries, keys } = headsIn(numbers)
  const heads = headsOf(places, rooms, numbers)
  const operands = [
    heads.write(writes.out, queries),
    places.one(writes.logSumExp),
    heads.read(reads.q, queries),
    heads.read(reads.k, keys),
    heads.read(reads.v, keys),
    reads.padding ? places.one(reads.padding) : nothing(rooms),
    nothing(rooms),
  ]
  const words = viewWords(numbers, reads.padding)
  const kernel = { kernel: forward, constants: { LANES }, operands, words, groups: overQueries(numbers) }
  return [...heads.before, kernel, ...heads.after]
}

function attentionOverCacheIn(
  { reads, writes, numbers }: CallOf<'attentionOverCache'>,
  places: Places,
  rooms: Rooms,
): Dispatch[] {
  const { batch, keyHeads, capacity } = numbers
  const { queries } = headsIn(numbers)
  const heads = headsOf(places, rooms, numbers)
  const operands = [
    heads.write(writes.out, queries),
    nothing(rooms),
    heads.read(reads.q, queries),
    heads.read(reads.keys, batch * keyHeads * capacity),
    heads.read(reads.values, batch * keyHeads * capacity),
    reads.padding ? places.one(reads.padding) : nothing(rooms),
    places.one(reads.held),
  ]
  const words = viewWords(numbers, reads.padding)
  const kernel = { kernel: forward, constants: { LANES }, operands, words, groups: overQueries(numbers) }
  return [...heads.before, kernel, ...heads.after]
}

function attentionBackwardIn({ reads, writes, numbers }: CallOf<'attentionBackward'>, places: Places, rooms: Rooms): Dispatch[] {
  const { batch, tokens, keyHeads } = numbers
  const { queries, keys } = headsIn(numbers)
  const heads = headsOf(places, rooms, numbers)
  const stats = rooms.take(8 * queries)
  const dOut = heads.read(reads.dOut, queries)
  const inputs = [heads.read(reads.q, queries), heads.read(reads.k, keys), heads.read(reads.v, keys), dOut, stats]
  const padding = reads.padding ? places.one(reads.padding) : nothing(rooms)
  const common = { constants: { LANES }, words: viewWords(numbers, reads.padding) }
  const out = heads.read(reads.out, queries)
  const dq = heads.write(writes.dq, queries)
  const [dk, dv] = [heads.write(writes.dk, keys), heads.write(writes.dv, keys)]
  return [
    ...heads.before,
    {
      kernel: { name: 'attention stats', source: statsSource },
      constants: {},
      operands: [stats, places.one(reads.logSumExp), dOut, out],
      words: [queries, tokens, numbers.heads, quadsOf(numbers)].map(u32),
      groups: inRows(Math.ceil(queries / GROUP)),
    },
    { kernel: queryGradients, ...common, operands: [dq, ...inputs, padding], groups: overQueries(numbers) },
    {
      kernel: keyGradients,
      ...common,
      operands: [dk, dv, ...inputs, padding],
      groups: [Math.ceil(tokens / OWN), keyHeads, batch],
    },
    ...heads.after,
  ]
}

/** How many heads the values of queries, and those of keys, are made of. */
function headsIn({ batch, tokens, heads, keyHeads }: AttentionSizes): { queries: number; keys: number } {
  return { queries: batch * tokens * heads, keys: batch * tokens * keyHeads }
}

/** Workgroups over the queries that share a key head. */
function overQueries({ batch, tokens, heads, keyHeads }: AttentionSizes): readonly [number, number, number] {
  return [Math.ceil((tokens * heads) / keyHeads / OWN), keyHeads, batch]
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

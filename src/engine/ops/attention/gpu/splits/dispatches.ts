// Dispatches of a few new tokens' attention over a long cache, which is split between workgroups.

import type { CacheSizes } from '../../../../plan/calls.ts'
import type { Dispatch } from '../../../../targets/webgpu/dispatch.ts'
import type { Rooms } from '../../../../targets/webgpu/rooms.ts'
import { type Attended, GROUP, quadsOf } from '../operands.ts'
import { viewing } from '../views.ts'
import attendSource from './attend.wgsl?raw'
import combineSource from './combine.wgsl?raw'

/** Keys of a split; the kernels have the same number. */
const SPLIT = 64
/** Queries that the kernel's workgroup memory has room for. */
const MOST_QUERIES = 16

/** Queries that share a key head. */
const queriesOf = ({ tokens, heads, keyHeads }: CacheSizes): number => (tokens * heads) / keyHeads

/** Whether there are so few queries that splitting is worth it. */
export const isSplit = (sizes: CacheSizes): boolean => queriesOf(sizes) <= MOST_QUERIES

export function forwardInSplits(
  { out, inputs, hidden, held, words, sizes }: Attended & { sizes: CacheSizes },
  rooms: Rooms,
): Dispatch[] {
  const { batch, keyHeads, capacity } = sizes
  const quads = quadsOf(sizes)
  const splits = Math.ceil(capacity / SPLIT)
  const fours = splits * keyHeads * batch * Math.ceil(queriesOf(sizes) / 4)
  const parts = rooms.take(4 * 16 * fours * quads)
  const partStats = rooms.take(2 * 16 * fours)
  return [
    {
      kernel: viewing('of a split', attendSource),
      constants: {},
      operands: [parts, partStats, ...inputs, hidden, held],
      words,
      groups: [splits, keyHeads, batch],
    },
    {
      kernel: viewing('of all splits', combineSource),
      constants: {},
      operands: [out, parts, partStats, hidden, held],
      words,
      groups: [Math.ceil((queriesOf(sizes) * quads) / GROUP), keyHeads, batch],
    },
  ]
}

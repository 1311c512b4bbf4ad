// Dispatches on the GPU of rows by their number. A table that is held in parts takes one for each of them.

import type { CallOf } from '../../plan/calls.ts'
import { type Dispatch, i32, u32 } from '../../targets/webgpu/dispatch.ts'
import { overElements, zero } from '../../targets/webgpu/elements/dispatches.ts'
import { lanesFor } from '../../targets/webgpu/lanes.ts'
import type { Places } from '../../targets/webgpu/places.ts'
import gatherSource from './gather.wgsl?raw'
import gatherBf16Source from './gatherBf16.wgsl?raw'
import linksSource from './links.wgsl?raw'
import scatterAddSource from './scatterAdd.wgsl?raw'

export function gather(
  { reads: { table, ids }, writes: { out }, numbers }: CallOf<'gather'>,
  { one, parts }: Places,
): Dispatch[] {
  const { rows, width } = numbers
  const inHalves = table.dtype === 'bf16'
  const kernel = inHalves ? { name: 'gatherBf16', source: gatherBf16Source } : { name: 'gather', source: gatherSource }
  const lanes = inHalves ? 1 : lanesFor(width)
  return parts(table).map(({ place, from, rows: height }) =>
    overElements(kernel, [one(out), place, one(ids)], rows * width, {
      lanes,
      words: [u32(width / lanes), u32(from), u32(height)],
    }),
  )
}

/** Invocations of a workgroup of links.wgsl. */
const LINKS_GROUP = 64

/** Bytes of the links of so many rows, in the workspace. */
export const linkBytes = ({ rows }: { rows: number }): number => rows * 8

export function scatterAdd({ reads: { x, ids }, writes: { into }, numbers }: CallOf<'scatterAdd'>, places: Places): Dispatch[] {
  const { rows, width, skip, accumulate } = numbers
  const { one, parts, workspace } = places
  const links = { ...workspace, bytes: linkBytes(numbers) }
  const linked: Dispatch = {
    kernel: { name: 'links', source: linksSource },
    constants: {},
    operands: [links, one(ids)],
    words: [u32(rows), i32(skip)],
    groups: [Math.ceil(rows / LINKS_GROUP), 1, 1],
  }
  const lanes = lanesFor(width)
  const added = parts(into).map(({ place, from, rows: height }) =>
    overElements({ name: 'scatterAdd', source: scatterAddSource }, [place, one(x), one(ids), links], rows * width, {
      lanes,
      words: [u32(width / lanes), u32(rows), u32(from), u32(height)],
    }),
  )
  return [...(accumulate ? [] : zero(into, places)), linked, ...added]
}

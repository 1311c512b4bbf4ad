// Attention's dispatches with tiles in workgroup memory. Must not know: how operands come to be whole vectors.

import type { AttentionSizes } from '../../../../plan/calls.ts'
import { type Dispatch, inRows, type Place, u32 } from '../../../../targets/webgpu/dispatch.ts'
import type { Rooms } from '../../../../targets/webgpu/rooms.ts'
import { type Backward, type Forward, GROUP, quadsOf } from '../operands.ts'
import { viewing } from '../views.ts'
import forwardSource from './forward.wgsl?raw'
import keyGradientsSource from './keyGradients.wgsl?raw'
import queryGradientsSource from './queryGradients.wgsl?raw'
import sumHeadsSource from './sumHeads.wgsl?raw'
import tile from './tile.wgsl?raw'
import { type Tiling, tilingFor } from './tiling.ts'

/** Workgroups that keep a large GPU busy. */
const WANTED_GROUPS = 512
/** Keys of a workgroup where there is room. */
const USUAL_ROWS = 32

const tiled = (name: string, source: string) => viewing(`${name} by tiles`, `${tile}\n${source}`)

const constantsOf = ({ rowLanes, columns }: Tiling, ownQuads: number) => ({
  ROW_LANES: rowLanes,
  COLUMNS: columns,
  OWN_QUADS: ownQuads,
})

/** Vectors of a head that each of eight invocations has. */
const ownQuadsOf = (sizes: AttentionSizes): number => Math.ceil(quadsOf(sizes) / 8)

/** Null where workgroup memory has no room for it. */
export function forwardByTiles({ operands, words, sizes }: Forward, workgroupBytes: number): Dispatch | null {
  const { batch, tokens, heads, keyHeads } = sizes
  const ownQuads = ownQuadsOf(sizes)
  const tiling = tilingFor({ rows: 1, columns: 1, weights: 1, shares: true }, ownQuads, workgroupBytes)
  if (!tiling) return null
  const rows = Math.ceil((tokens * heads) / keyHeads / (4 * tiling.rowLanes))
  const constants = constantsOf(tiling, ownQuads)
  return { kernel: tiled('forward', forwardSource), constants, operands, words, groups: [rows, keyHeads, batch] }
}

/** Null where workgroup memory has no room for it. */
export function backwardByTiles(backward: Backward, rooms: Rooms, workgroupBytes: number): Dispatch[] | null {
  const { dq, inputs, words, sizes } = backward
  const { batch, tokens, heads, keyHeads } = sizes
  const ownQuads = ownQuadsOf(sizes)
  const byQueries = tilingFor({ rows: 2, columns: 1, weights: 1, shares: false }, ownQuads, workgroupBytes)
  const byKeys = tilingFor({ rows: 2, columns: 2, weights: 2, shares: false }, ownQuads, workgroupBytes)
  if (!byQueries || !byKeys) return null
  const rows = Math.ceil((tokens * heads) / keyHeads / (4 * byQueries.rowLanes))
  return [
    {
      kernel: tiled('query gradients', queryGradientsSource),
      constants: constantsOf(byQueries, ownQuads),
      operands: [dq, ...inputs],
      words,
      groups: [rows, keyHeads, batch],
    },
    ...keyGradients(backward, rooms, byKeys),
  ]
}

function keyGradients({ dk, dv, inputs, words, sizes }: Backward, rooms: Rooms, tiling: Tiling): Dispatch[] {
  const { batch, tokens, heads, keyHeads } = sizes
  const quads = quadsOf(sizes)
  // Few workgroups would go over all heads that share a key head: each head has its own instead, and their parts are summed.
  const inParts = heads > keyHeads && Math.ceil(tokens / USUAL_ROWS) * keyHeads * batch < WANTED_GROUPS
  const room = (own: Place) => (inParts ? rooms.take(16 * batch * tokens * heads * quads) : own)
  const [dKeys, dValues] = [room(dk), room(dv)]
  const gradients: Dispatch = {
    kernel: tiled('key gradients', keyGradientsSource),
    constants: constantsOf(tiling, ownQuadsOf(sizes)),
    operands: [dKeys, dValues, ...inputs],
    words,
    groups: [Math.ceil(tokens / (4 * tiling.rowLanes)), inParts ? heads : keyHeads, batch],
  }
  const size = batch * tokens * keyHeads * quads
  const sum = (out: Place, parts: Place): Dispatch => ({
    kernel: { name: 'attention sum of heads', source: sumHeadsSource },
    constants: {},
    operands: [out, parts],
    words: [size, quads, heads / keyHeads].map(u32),
    groups: inRows(Math.ceil(size / GROUP)),
  })
  return inParts ? [gradients, sum(dk, dKeys), sum(dv, dValues)] : [gradients]
}

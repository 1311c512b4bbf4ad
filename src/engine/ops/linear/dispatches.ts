// Matrix products on the GPU: a call becomes one dispatch for each pair of parts of its result and of b.
// Columns of the result are cut where b [n, k] is held in parts, its rows where it is itself; where b [k, n] is, each part adds its share.

import type { CallOf } from '../../plan/calls.ts'
import { type Dispatch, inRows, type Place, u32 } from '../../targets/webgpu/dispatch.ts'
import type { Places } from '../../targets/webgpu/places.ts'
import type { Part } from '../../targets/webgpu/states.ts'
import source from './product.wgsl?raw'

/** Rows and columns of a workgroup. */
const TILE = 64

export function matMul(call: CallOf<'matMul'>, { one, parts, workspace }: Places): Dispatch[] {
  const { a, b, bias } = call.reads
  const a_ = one(a)
  // A binding that is not read must still be a place of its own.
  const biasPlace = bias ? one(bias) : { ...workspace, bytes: 4 }
  return parts(call.writes.out).flatMap((out) =>
    parts(b).map((right) => pieceDispatch(call, out, right, [out.place, a_, right.place, biasPlace])),
  )
}

/** Those rows of the result that `out` holds, by that share of b that `right` holds. */
function pieceDispatch({ reads, numbers }: CallOf<'matMul'>, out: Part, right: Part, operands: Place[]): Dispatch {
  const { layout, scale } = numbers
  const transposedA = layout === 'aᵀ·b'
  const transposedB = layout === 'a·bᵀ'
  const m = out.rows
  const n = transposedB ? right.rows : numbers.n
  const k = transposedB ? numbers.k : right.rows
  const aStride = transposedA ? numbers.m : numbers.k
  const innerFirst = transposedB ? 0 : right.from
  const columnFirst = transposedB ? right.from : 0
  const aFirst = transposedA ? innerFirst * aStride + out.from : out.from * aStride + innerFirst
  const tilesAcross = Math.ceil(n / TILE)
  return {
    kernel: { name: 'product', source },
    constants: {
      transposedA: Number(transposedA),
      transposedB: Number(transposedB),
      isBf16: Number(reads.b.dtype === 'bf16'),
    },
    operands,
    words: [
      ...[m, n, k, aFirst, aStride, transposedB ? numbers.k : numbers.n, columnFirst, numbers.n, columnFirst, tilesAcross].map(
        u32,
      ),
      u32(Number(reads.bias !== undefined && innerFirst === 0)),
      u32(Number(numbers.accumulate || innerFirst > 0)),
      { f32: scale },
    ],
    groups: inRows(Math.ceil(m / TILE) * tilesAcross),
  }
}

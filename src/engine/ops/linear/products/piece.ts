// A product cut into pieces: one for each pair of parts of its result and of b. Columns of the result are cut where b [n, k] is held in parts,
// its rows where it is itself; where b [k, n] is, each part adds its share.
// Must not know: kernels.

import type { CallOf, ProductLayout } from '../../../plan/calls.ts'
import type { Place } from '../../../targets/webgpu/dispatch.ts'
import type { Places } from '../../../targets/webgpu/places.ts'
import type { Part } from '../../../targets/webgpu/states.ts'

/** What a product's kernel has to know of it, but for where things are. */
export type Shape = { layout: ProductLayout; isBf16: boolean; m: number; n: number; k: number }

/** A product of its own. Strides and firsts are in elements. */
export type Piece = Shape & {
  out: Place
  a: Place
  b: Place
  bias: Place | null
  aFirst: number
  aStride: number
  bStride: number
  outFirst: number
  outStride: number
  biasFirst: number
  accumulates: boolean
  scale: number
}

export function shapeOf({ reads, numbers: { m, n, k, layout } }: CallOf<'matMul'>): Shape {
  return { layout, isBf16: reads.b.dtype === 'bf16', m, n, k }
}

export function piecesOf(call: CallOf<'matMul'>, { one, parts }: Places): Piece[] {
  const a = one(call.reads.a)
  const bias = call.reads.bias ? one(call.reads.bias) : null
  return parts(call.writes.out).flatMap((out) => parts(call.reads.b).map((b) => pieceOf(call, { out, a, b, bias })))
}

type Operands = { out: Part; a: Place; b: Part; bias: Place | null }

/** Those rows of the result that `out` holds, by that share of b that `b` holds. */
function pieceOf(call: CallOf<'matMul'>, { out, a, b, bias }: Operands): Piece {
  const { numbers } = call
  const transposedB = numbers.layout === 'a·bᵀ'
  const innerFirst = transposedB ? 0 : b.from
  const columnFirst = transposedB ? b.from : 0
  const aStride = numbers.layout === 'aᵀ·b' ? numbers.m : numbers.k
  return {
    ...shapeOf(call),
    m: out.rows,
    n: transposedB ? b.rows : numbers.n,
    k: transposedB ? numbers.k : b.rows,
    out: out.place,
    a,
    b: b.place,
    bias: innerFirst === 0 ? bias : null,
    aFirst: numbers.layout === 'aᵀ·b' ? innerFirst * aStride + out.from : out.from * aStride + innerFirst,
    aStride,
    bStride: transposedB ? numbers.k : numbers.n,
    outFirst: columnFirst,
    outStride: numbers.n,
    biasFirst: columnFirst,
    accumulates: numbers.accumulate || innerFirst > 0,
    scale: numbers.scale,
  }
}

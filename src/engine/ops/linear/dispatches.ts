// Matrix products on the GPU: the dispatches of a product, by the candidate that was chosen for its class.

import type { CallOf } from '../../plan/calls.ts'
import { type Dispatch, inRows, type Place, u32 } from '../../targets/webgpu/dispatch.ts'
import type { Places } from '../../targets/webgpu/places.ts'
import { type Candidate, canDo, candidates, sharesOf } from './products/candidates.ts'
import { chosenFor, type KernelChoices } from './products/choices.ts'
import { productKernel, sumShares } from './products/kernels.ts'
import { type Piece, piecesOf, type Shape, shapeOf } from './products/piece.ts'

/** The beginning of the workspace: what is bound where there is no bias, because a binding must be a place of its own. */
const NO_BIAS_BYTES = 256
/** Elements of a workgroup of sumShares. */
const SUM_GROUP = 64

/** Bytes that a product needs beside its operands. */
export function matMulWorkspace(call: CallOf<'matMul'>, choices: KernelChoices): number {
  const shape = shapeOf(call)
  return workspaceBytes(shape, chosenFor(choices, shape))
}

export function workspaceBytes(shape: Shape, candidate: Candidate): number {
  const { shares } = sharesOf(candidate, shape)
  return NO_BIAS_BYTES + (shares === 1 ? 0 : 4 * shares * shape.m * shape.n)
}

export function matMul(call: CallOf<'matMul'>, places: Places, choices: KernelChoices): Dispatch[] {
  return piecesOf(call, places).flatMap((piece) => pieceDispatches(piece, chosenFor(choices, piece), places.workspace))
}

/** A piece by a candidate, or by the kernel for any size where that one cannot do it. */
export function pieceDispatches(piece: Piece, wanted: Candidate, workspace: Place): Dispatch[] {
  const candidate = canDo(wanted, piece) ? wanted : (candidates.find((each) => canDo(each, piece)) ?? wanted)
  const split = sharesOf(candidate, piece)
  const room: Place = { ...workspace, offset: workspace.offset + NO_BIAS_BYTES, bytes: 4 * split.shares * piece.m * piece.n }
  // A piece of a product can want more room than the product itself.
  const isSplit = split.shares > 1 && NO_BIAS_BYTES + room.bytes <= workspace.bytes
  const noBias: Place = { ...workspace, bytes: 4 }
  if (!isSplit) return [productDispatch(piece, candidate, piece.bias ?? noBias, { shares: 1, depth: piece.k })]
  const sums: Piece = { ...piece, out: room, bias: null, outFirst: 0, outStride: piece.n, accumulates: false, scale: 1 }
  return [productDispatch(sums, candidate, noBias, split), sumDispatch(piece, room, piece.bias ?? noBias, split.shares)]
}

type Split = { shares: number; depth: number }

function productDispatch(piece: Piece, candidate: Candidate, bias: Place, { shares, depth }: Split): Dispatch {
  const { m, n, k, layout, isBf16 } = piece
  // A single row is read once.
  const rows = candidate.kernel === 'fewRows' && m === 1 ? 1 : candidate.rows
  const tilesDown = Math.ceil(m / rows)
  const tilesAcross = Math.ceil(n / candidate.columns)
  const [across, down] = inRows(tilesDown * tilesAcross)
  return {
    kernel: productKernel(candidate.kernel, isBf16),
    constants: {
      ...candidate.constants,
      ...(candidate.kernel === 'fewRows' ? { rows } : { transposedA: Number(layout === 'aᵀ·b') }),
      ...(candidate.kernel === 'fewRows' ? {} : { transposedB: Number(layout === 'a·bᵀ') }),
      ...(candidate.kernel === 'anySize' ? { isBf16: Number(isBf16) } : {}),
    },
    operands: [piece.out, piece.a, piece.b, bias],
    words: [
      ...[m, n, k, piece.aFirst, piece.aStride, piece.bStride, piece.outFirst, piece.outStride, piece.biasFirst].map(u32),
      ...[tilesDown, tilesAcross, Number(piece.bias !== null), Number(piece.accumulates), depth, m * n].map(u32),
      { f32: piece.scale },
    ],
    groups: [across, down, shares],
  }
}

function sumDispatch(piece: Piece, sums: Place, bias: Place, shares: number): Dispatch {
  const { m, n, outFirst, outStride, biasFirst } = piece
  return {
    kernel: sumShares,
    constants: {},
    operands: [piece.out, sums, bias],
    words: [
      ...[m, n, outFirst, outStride, biasFirst, Number(piece.bias !== null), Number(piece.accumulates), shares].map(u32),
      { f32: piece.scale },
    ],
    groups: inRows(Math.ceil((m * n) / SUM_GROUP)),
  }
}

// What a model's weights are held as: tensors on a device, or at rest, which are numbers that stay where they lie (in a file, in memory)
// in the form that they are stored in, and come piece by piece when somebody computes with them. A large model is never a tensor whole.
// Must not know: files, what a weight is for.

import { fromHalves } from './plan/bf16.ts'
import { fromValues, type Tensor, toValues } from './tensor.ts'

/** Numbers in a row: float32, or bfloat16 as the upper halves of float32. */
export type Piece = { dtype: 'f32'; values: Float32Array<ArrayBuffer> } | { dtype: 'bf16'; halves: Uint16Array<ArrayBuffer> }

export type RestingTensor = {
  shape: readonly number[]
  size: number
  /** Of its pieces. */
  dtype: Piece['dtype']
  /**
   * Row by row all of its numbers, at most `most` at a time; what a piece looks at may be others' too and is not to be changed.
   * Where they only pass, a piece may be gone when the next one is asked for: else garbage of some hundred megabytes piles up.
   */
  pieces: (most?: number, passing?: boolean) => AsyncIterable<Piece>
  /** Itself: what rests is never changed. */
  clone: () => RestingTensor
  dispose: () => void
}

export type Weight = Tensor | RestingTensor

/** Numbers of a piece where nobody says how many: 16 MiB of float32. */
export const PIECE_ELEMENTS = 4_194_304

export function isResting(weight: Weight): weight is RestingTensor {
  return 'pieces' in weight
}

/** A weight at rest whose numbers come from `pieces`. */
export function restingTensor({ shape, dtype, pieces }: Pick<RestingTensor, 'shape' | 'dtype' | 'pieces'>): RestingTensor {
  const size = shape.reduce((product, length) => product * length, 1)
  const resting: RestingTensor = { shape, size, dtype, pieces, clone: () => resting, dispose: () => undefined }
  return resting
}

/** A weight at rest in memory; the numbers are its own from now on. */
export function restingIn(values: Float32Array<ArrayBuffer>, shape: readonly number[]): RestingTensor {
  return restingTensor({
    shape,
    dtype: 'f32',
    pieces: async function* (most = PIECE_ELEMENTS) {
      for (let from = 0; from < values.length; from += most) yield { dtype: 'f32', values: values.subarray(from, from + most) }
    },
  })
}

/** A weight at rest whose numbers are worked out, as a whole, each time that somebody asks. */
export function restingLater(shape: readonly number[], values: () => Promise<Float32Array<ArrayBuffer>>): RestingTensor {
  return restingTensor({
    shape,
    dtype: 'f32',
    pieces: async function* (most) {
      yield* restingIn(await values(), shape).pieces(most)
    },
  })
}

/** The numbers of a weight as float32, piece by piece. */
export async function* floatsOf(weight: Weight, most = PIECE_ELEMENTS): AsyncGenerator<Float32Array<ArrayBuffer>> {
  if (isResting(weight)) {
    for await (const piece of weight.pieces(most)) yield piece.dtype === 'f32' ? piece.values : fromHalves(piece.halves)
    return
  }
  const values = await toValues(weight)
  for (let from = 0; from < values.length; from += most) yield Float32Array.from(values.subarray(from, from + most))
}

/** The numbers of a weight as float32, whole; the caller's own. */
export async function valuesOf(weight: Weight): Promise<Float32Array<ArrayBuffer>> {
  const whole = new Float32Array(weight.size)
  let from = 0
  for await (const values of floatsOf(weight)) {
    whole.set(values, from)
    from += values.length
  }
  return whole
}

/** A tensor of these numbers on the device in use, the caller's to dispose. */
export async function onDevice(weight: Weight): Promise<Tensor> {
  return isResting(weight) ? fromValues(await valuesOf(weight), weight.shape) : weight.clone()
}

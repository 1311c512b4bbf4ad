// Writes a safetensors file as a stream: the header, then one tensor after the other, each asked for only when its turn comes.
// So a model is never in memory twice, and the size is known before the first byte.
// Must not know: where the bytes go, what the tensors are for.

import { bytesPerElement, elementsOf, type FloatDtype } from './dtype.ts'
import { narrow } from './narrow.ts'

export type TensorToWrite = {
  name: string
  shape: readonly number[]
  dtype: FloatDtype
  /** Called once, when it is this tensor's turn. As many values as the shape says, at once or piece by piece. */
  values: () => Promise<Float32Array<ArrayBuffer>> | AsyncIterable<Float32Array<ArrayBuffer>>
}

/** What Hugging Face's loaders look for: weights saved from PyTorch's layout. */
const standardMetadata: Readonly<Record<string, string>> = { format: 'pt' }

/** Values that are narrowed in one go: 1 Mi, 4 MiB of float32. */
const valuesPerChunk = 1 << 20

/** The whole file in chunks of at most 4 MiB. Throws a plain Error when a tensor gives another number of values than its shape. */
export async function* safetensorsChunks(
  tensors: readonly TensorToWrite[],
  metadata: Readonly<Record<string, string>> = standardMetadata,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const ordered = inFileOrder(tensors)
  yield headerBytes(ordered, metadata)
  for (const { name, shape, dtype, values } of ordered) {
    let given = 0
    for await (const part of inParts(values())) {
      for (let from = 0; from < part.length; from += valuesPerChunk)
        yield narrow(part.subarray(from, from + valuesPerChunk), dtype)
      given += part.length
    }
    if (given !== elementsOf(shape))
      throw new Error(`${name} has ${given} values, its shape [${shape.join(', ')}] says ${elementsOf(shape)}`)
  }
}

async function* inParts(values: ReturnType<TensorToWrite['values']>): AsyncGenerator<Float32Array<ArrayBuffer>> {
  if (Symbol.asyncIterator in values) yield* values
  else yield await values
}

/** The size in bytes of what `safetensorsChunks` gives for the same arguments. */
export function safetensorsBytes(
  tensors: readonly TensorToWrite[],
  metadata: Readonly<Record<string, string>> = standardMetadata,
): number {
  const header = headerBytes(inFileOrder(tensors), metadata)
  return tensors.reduce((sum, tensor) => sum + tensorBytes(tensor), header.length)
}

const placeOf: Readonly<Record<FloatDtype, number>> = { F32: 0, BF16: 1, F16: 2 }

/**
 * The order of Hugging Face's own writer, so that the same weights give the same file: by form, then by name.
 * Four-byte forms come first: after them every tensor begins at a multiple of its own element's size, as readers that map the file expect.
 */
function inFileOrder(tensors: readonly TensorToWrite[]): TensorToWrite[] {
  return [...tensors].sort((a, b) => placeOf[a.dtype] - placeOf[b.dtype] || (a.name < b.name ? -1 : 1))
}

/** Of its numbers alone, without its part of the header. */
export function tensorBytes({ shape, dtype }: TensorToWrite): number {
  return elementsOf(shape) * bytesPerElement(dtype)
}

/** Length and JSON, filled up with spaces so that the first tensor begins at a multiple of 8. */
function headerBytes(ordered: readonly TensorToWrite[], metadata: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  let offset = 0
  const entries = ordered.map((tensor): [string, object] => {
    const from = offset
    offset += tensorBytes(tensor)
    return [tensor.name, { dtype: tensor.dtype, shape: tensor.shape, data_offsets: [from, offset] }]
  })
  const header = Object.fromEntries<object>([['__metadata__', metadata], ...entries])
  const json = new TextEncoder().encode(JSON.stringify(header))
  const length = Math.ceil(json.length / 8) * 8
  const bytes = new Uint8Array(8 + length).fill(0x20)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true)
  bytes.set(json, 8)
  return bytes
}

// Reads a safetensors file: its header, checked, and one tensor's numbers at a time, piece by piece:
// the file's bytes of a large one are never held whole.
// Must not know: what the tensors are for.

import { ProblemError } from '../../problem/problem.ts'
import type { Folder } from '../../storage/folder.ts'
import { bytesPerElement, elementsOf, isFloatDtype } from './dtype.ts'
import { badHeader, readHeaderJson, type SafetensorsHeader, type TensorEntry, truncated } from './header.ts'
import { widen } from './widen.ts'

/** The format's own limit; a larger length is a file of another kind. */
const longestHeader = 100_000_000

/** Bytes that are read in one go where nobody says how many numbers: 16 MiB, a whole number of them in every form. */
const bytesPerPiece = 16 * 2 ** 20

/** Numbers of a tensor in a row: BF16 as it is stored, everything else as float32. */
export type StoredPiece =
  | { dtype: 'f32'; values: Float32Array<ArrayBuffer> }
  | { dtype: 'bf16'; halves: Uint16Array<ArrayBuffer> }

/**
 * The header of the file at `path`.
 * Throws ProblemErrors: model.missing-file, model.truncated, model.bad-header, model.unreadable.
 */
export async function readHeader(folder: Folder, path: string): Promise<SafetensorsHeader> {
  const entries = await folder.list()
  const file = entries.find((entry) => entry.path === path)
  if (!file) throw new ProblemError({ code: 'model.missing-file', values: { file: path, found: '' }, where: folder.name })
  const where = `${folder.name}/${path}`
  if (file.bytes < 8) throw truncated(8, file.bytes, where)

  const lengthBytes = await readRange(folder, path, 0, 8)
  const length = Number(new DataView(lengthBytes.buffer, lengthBytes.byteOffset, 8).getBigUint64(0, true))
  if (length > longestHeader) throw badHeader(`it says that it is ${length} bytes long`, where)
  if (8 + length > file.bytes) throw truncated(8 + length, file.bytes, where)
  return readHeaderJson(await readRange(folder, path, 8, 8 + length), file.bytes, where)
}

/**
 * A tensor's numbers as float32, the caller's own.
 * Throws ProblemErrors: model.dtype for a form that is not F32, F16 or BF16; model.unreadable, also where they do not fit into memory.
 */
export async function readTensor(
  folder: Folder,
  path: string,
  name: string,
  { dtype, shape, from, to }: TensorEntry,
): Promise<Float32Array<ArrayBuffer>> {
  const where = `${folder.name}/${path}`
  if (!isFloatDtype(dtype)) throw new ProblemError({ code: 'model.dtype', values: { tensor: name, dtype }, where })
  const values = arrayFor(name, elementsOf(shape), where)
  const width = bytesPerElement(dtype)
  for (let start = from; start < to; start += bytesPerPiece) {
    const end = Math.min(start + bytesPerPiece, to)
    const piece = values.subarray((start - from) / width, (end - from) / width)
    widen(await readRange(folder, path, start, end), dtype, piece)
  }
  return values
}

/** The same numbers piece by piece, `most` at a time, each the caller's own, or where they only pass, until the next is asked for. Throws the same. */
export async function* tensorPieces(
  folder: Folder,
  path: string,
  name: string,
  { dtype, from, to }: TensorEntry,
  most?: number,
  passing = false,
): AsyncGenerator<StoredPiece> {
  if (!isFloatDtype(dtype))
    throw new ProblemError({ code: 'model.dtype', values: { tensor: name, dtype }, where: `${folder.name}/${path}` })
  const width = bytesPerElement(dtype)
  const step = most === undefined ? bytesPerPiece : most * width
  for (let start = from; start < to; start += step) {
    const end = Math.min(start + step, to)
    const bytes = await readRange(folder, path, start, end)
    if (dtype === 'BF16') {
      const whole = bytes.byteOffset % 2 === 0 ? bytes : bytes.slice()
      yield { dtype: 'bf16', halves: new Uint16Array(whole.buffer, whole.byteOffset, whole.byteLength / 2) }
    } else {
      const values = new Float32Array((end - start) / width)
      widen(bytes, dtype, values)
      yield { dtype: 'f32', values }
      if (passing) free(values.buffer)
    }
    if (passing) free(bytes.buffer)
  }
}

/** Gives its memory back now, where the engine can; the collector of garbage would let many of them come together first. */
function free(buffer: ArrayBuffer): void {
  if ('transfer' in buffer && typeof buffer.transfer === 'function') buffer.transfer(0)
}

function arrayFor(name: string, elements: number, where: string): Float32Array<ArrayBuffer> {
  try {
    return new Float32Array(elements)
  } catch {
    throw unreadable(`${name} takes ${elements * 4} bytes of memory, more than there are`, where)
  }
}

async function readRange(folder: Folder, path: string, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  const where = `${folder.name}/${path}`
  try {
    const bytes = await folder.read(path, from, to)
    if (bytes.length !== to - from) throw new Error(`${bytes.length} of ${to - from} bytes came`)
    return bytes
  } catch (error) {
    if (error instanceof ProblemError) throw error
    throw unreadable(error instanceof Error ? error.message : String(error), where)
  }
}

function unreadable(message: string, where: string) {
  return new ProblemError({ code: 'model.unreadable', values: { message }, where })
}

// Reads a safetensors file's header: which tensors there are, in which form, and where their bytes lie.
// A header is believed only when it accounts for every byte of the file exactly once, so a file that was cut off
// anywhere, or put together wrongly, is refused here and never read as numbers.
// Must not know: what the tensors are for.

import * as v from 'valibot'
import { ProblemError } from '../../problem/problem.ts'
import type { Folder } from '../../storage/folder.ts'
import { isJsonObject, type Json, parseJson } from '../json.ts'
import { bytesOfTensor, isFloatDtype } from './dtype.ts'
import { widen } from './widen.ts'

export type TensorEntry = {
  /** F32, F16, BF16, or another name that the format knows. */
  dtype: string
  shape: readonly number[]
  /** Bytes [from, to) of the file. */
  from: number
  to: number
}

/** From a tensor's name to where it lies. */
export type SafetensorsHeader = ReadonlyMap<string, TensorEntry>

/** The format's own limit; a larger length is a file of another kind. */
const longestHeader = 100_000_000

const size = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const entrySchema = v.object({ dtype: v.string(), shape: v.array(size), data_offsets: v.tuple([size, size]) })

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

  const tensors = parseHeader(await readRange(folder, path, 8, 8 + length), 8 + length, where)
  checkLayout(tensors, 8 + length, file.bytes, where)
  return tensors
}

/** A tensor's numbers as float32. Throws ProblemErrors: model.dtype for a form that is not F32, F16 or BF16; model.unreadable. */
export async function readTensor(
  folder: Folder,
  path: string,
  name: string,
  entry: TensorEntry,
): Promise<Float32Array<ArrayBuffer>> {
  const { dtype } = entry
  if (!isFloatDtype(dtype)) {
    throw new ProblemError({ code: 'model.dtype', values: { tensor: name, dtype }, where: `${folder.name}/${path}` })
  }
  return widen(await readRange(folder, path, entry.from, entry.to), dtype)
}

async function readRange(folder: Folder, path: string, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await folder.read(path, from, to)
  } catch (error) {
    if (error instanceof ProblemError) throw error
    const message = error instanceof Error ? error.message : String(error)
    throw new ProblemError({ code: 'model.unreadable', values: { message }, where: `${folder.name}/${path}` })
  }
}

function parseHeader(bytes: Uint8Array<ArrayBuffer>, start: number, where: string): Map<string, TensorEntry> {
  let json: Json
  try {
    json = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw badHeader('it is not JSON', where)
  }
  if (!isJsonObject(json)) throw badHeader('it is not a JSON object', where)
  const tensors = new Map<string, TensorEntry>()
  for (const [name, value] of Object.entries(json)) {
    if (name === '__metadata__') continue
    const entry = v.safeParse(entrySchema, value)
    if (!entry.success) throw badHeader(`the entry of ${name} is not of the form {dtype, shape, data_offsets}`, where)
    const { dtype, shape, data_offsets } = entry.output
    tensors.set(name, { dtype, shape, from: start + data_offsets[0], to: start + data_offsets[1] })
  }
  return tensors
}

/** Every tensor has the size of its shape, and together they cover the file from the header to its end without gap or overlap. */
function checkLayout(tensors: ReadonlyMap<string, TensorEntry>, start: number, fileBytes: number, where: string) {
  let end = start
  for (const [name, { dtype, shape, from, to }] of [...tensors].sort(([, a], [, b]) => a.from - b.from || a.to - b.to)) {
    if (from !== end) throw badHeader(`${name} ${from < end ? 'overlaps the tensor before it' : 'leaves a gap before it'}`, where)
    const expected = bytesOfTensor(dtype, shape)
    if (expected === null) throw badHeader(`${name} has the unknown dtype ${dtype}`, where)
    if (to - from !== expected) {
      throw badHeader(
        `${name} of shape [${shape.join(', ')}] in ${dtype} takes ${expected} bytes, the header gives it ${to - from}`,
        where,
      )
    }
    end = to
  }
  if (end > fileBytes) throw truncated(end, fileBytes, where)
  if (end < fileBytes) throw badHeader(`${fileBytes - end} bytes at the end belong to no tensor`, where)
}

function truncated(promised: number, actual: number, where: string) {
  return new ProblemError({ code: 'model.truncated', values: { promised, actual }, where })
}

function badHeader(reason: string, where: string) {
  return new ProblemError({ code: 'model.bad-header', values: { reason }, where })
}

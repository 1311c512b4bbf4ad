// What a safetensors header says: which tensors there are, in which form, and where their bytes lie.
// A header is believed only when it accounts for every byte of the file exactly once, so a file that was cut off
// anywhere, or put together wrongly, is refused here and never read as numbers.
// Must not know: where the bytes come from, what the tensors are for.

import { visit } from 'jsonc-parser'
import * as v from 'valibot'
import { ProblemError } from '../../problem/problem.ts'
import { fieldOf, isJsonObject, type Json, type JsonObject, parseJson } from '../json.ts'
import { bytesOfTensor } from './dtype.ts'

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

const size = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const entrySchema = v.object({ dtype: v.string(), shape: v.array(size), data_offsets: v.tuple([size, size]) })
const metadataSchema = v.nullish(v.record(v.string(), v.string()))

/**
 * The tensors of a file of `fileBytes` bytes whose header is `json`.
 * Throws ProblemErrors: model.bad-header, model.truncated.
 */
export function readHeaderJson(json: Uint8Array<ArrayBuffer>, fileBytes: number, where: string): SafetensorsHeader {
  const start = 8 + json.length
  const tensors = parseEntries(parseObject(json, where), start, where)
  checkLayout(tensors, start, fileBytes, where)
  return tensors
}

export function badHeader(reason: string, where: string) {
  return new ProblemError({ code: 'model.bad-header', values: { reason }, where })
}

export function truncated(promised: number, actual: number, where: string) {
  return new ProblemError({ code: 'model.truncated', values: { promised, actual }, where })
}

function parseObject(bytes: Uint8Array<ArrayBuffer>, where: string): JsonObject {
  let json: Json
  let twice: string | null
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    json = parseJson(text)
    twice = nameGivenTwice(text)
  } catch {
    throw badHeader('it is not JSON', where)
  }
  if (!isJsonObject(json)) throw badHeader('it is not a JSON object', where)
  if (twice !== null) throw badHeader(`it has ${shown(twice)} twice`, where)
  return json
}

/** Of two fields of one name JSON.parse keeps the last without a word; the format forbids them. */
function nameGivenTwice(text: string): string | null {
  const open: Set<string>[] = []
  let twice: string | null = null
  visit(text, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: (name) => {
      const names = open.at(-1)
      if (names?.has(name)) twice ??= name
      names?.add(name)
    },
  })
  return twice
}

function parseEntries(json: JsonObject, start: number, where: string): Map<string, TensorEntry> {
  if (!v.is(metadataSchema, fieldOf(json, '__metadata__'))) throw badHeader('__metadata__ holds more than texts', where)
  const tensors = new Map<string, TensorEntry>()
  for (const [name, value] of Object.entries(json)) {
    if (name === '__metadata__') continue
    const entry = v.safeParse(entrySchema, value)
    if (!entry.success) throw badHeader(`the entry of ${shown(name)} is not of the form {dtype, shape, data_offsets}`, where)
    const { dtype, shape, data_offsets } = entry.output
    tensors.set(name, { dtype, shape, from: start + data_offsets[0], to: start + data_offsets[1] })
  }
  return tensors
}

/** Every tensor has the size of its shape, and together they cover the file from the header to its end without gap or overlap. */
function checkLayout(tensors: SafetensorsHeader, start: number, fileBytes: number, where: string) {
  let end = start
  for (const [name, { dtype, shape, from, to }] of [...tensors].sort(([, a], [, b]) => a.from - b.from || a.to - b.to)) {
    if (from !== end)
      throw badHeader(`${shown(name)} ${from < end ? 'overlaps the tensor before it' : 'leaves a gap before it'}`, where)
    const expected = bytesOfTensor(dtype, shape)
    if (expected === null) throw badHeader(`${shown(name)} has the unknown dtype ${shown(dtype)}`, where)
    if (to - from !== expected) {
      throw badHeader(
        `${shown(name)} of shape [${shown(shape.join(', '))}] in ${dtype} takes ${expected} bytes, the header gives it ${to - from}`,
        where,
      )
    }
    end = to
  }
  if (end > fileBytes) throw truncated(end, fileBytes, where)
  if (end < fileBytes) throw badHeader(`${fileBytes - end} bytes at the end belong to no tensor`, where)
}

/** A header may hold names as long as itself; a sentence holds a hundred characters of one. */
function shown(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}

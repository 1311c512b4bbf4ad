// The tensors of a Hugging Face folder by name, from one model.safetensors or from shards with their index.
// Headers are read and checked when the folder is opened; numbers only when a tensor is asked for.
// Must not know: what the tensors are for.

import { ProblemError } from '../../problem/problem.ts'
import { fieldOf, isJsonObject, type JsonObject } from '../json.ts'
import { elementsOf } from '../safetensors/dtype.ts'
import type { TensorEntry } from '../safetensors/header.ts'
import { readHeader, readTensor, type StoredPiece, tensorPieces } from '../safetensors/read.ts'
import { type ModelFolder, missingFile, readJsonObject } from './files.ts'

export type Weights = {
  names: readonly string[]
  /** These four throw the ProblemError model.missing-tensor for a name that is not in `names`. */
  shapeOf: (name: string) => readonly number[]
  /** As the file says: F32, F16, BF16, or a form that cannot be read here. */
  dtypeOf: (name: string) => string
  /** As float32, the caller's own. Throws model.dtype, model.unreadable. */
  read: (name: string) => Promise<Float32Array<ArrayBuffer>>
  /** The same piece by piece, of at most so many numbers; where they only pass, one is gone when the next is asked for. */
  pieces: (name: string, most?: number, passing?: boolean) => AsyncIterable<StoredPiece>
}

export type OpenWeights = {
  weights: Weights
  /** Of the weight files on disk. */
  bytes: number
  /** The form that most numbers are stored in. */
  dtype: string
}

export const weightsFile = 'model.safetensors'
export const indexFile = 'model.safetensors.index.json'

type Place = TensorEntry & { file: string }

type Places = { places: ReadonlyMap<string, Place>; files: readonly string[] }

/** Throws model.missing-file and everything that a safetensors header can be wrong in. */
export async function openWeights(model: ModelFolder): Promise<OpenWeights> {
  return opened(model, (await shardedPlaces(model)) ?? (await singlePlaces(model, weightsFile)))
}

/** The tensors of one file alone. Throws the same. */
export async function openWeightsFile(model: ModelFolder, file: string): Promise<OpenWeights> {
  return opened(model, await singlePlaces(model, file))
}

function opened(model: ModelFolder, { places, files }: Places): OpenWeights {
  const placeOf = (name: string): Place => {
    const place = places.get(name)
    if (!place) throw new ProblemError({ code: 'model.missing-tensor', values: { tensor: name, shape: '?' }, where: model.name })
    return place
  }
  return {
    weights: {
      names: [...places.keys()],
      shapeOf: (name) => placeOf(name).shape,
      dtypeOf: (name) => placeOf(name).dtype,
      read: async (name) => {
        const place = placeOf(name)
        return readTensor(model.folder, place.file, name, place)
      },
      pieces: (name, most, passing) => {
        const place = placeOf(name)
        return tensorPieces(model.folder, place.file, name, place, most, passing)
      },
    },
    bytes: files.reduce((sum, file) => sum + (model.sizes.get(file) ?? 0), 0),
    dtype: commonestDtype([...places.values()]),
  }
}

async function singlePlaces(model: ModelFolder, file: string): Promise<Places> {
  if (!model.sizes.has(file)) throw missingFile(file, [...model.sizes.keys()].sort(), model.name)
  return { places: await placesIn(model, file), files: [file] }
}

/**
 * null where there is no index, or where the whole model lies beside it in one file, which transformers takes first.
 * A tensor that a shard holds beyond the index is there too: whether it belongs is asked where names are checked.
 */
async function shardedPlaces(model: ModelFolder): Promise<Places | null> {
  if (model.sizes.has(weightsFile)) return null
  const weightMap = await readIndex(model)
  if (weightMap === null) return null
  const files = [...new Set(weightMap.values())].sort()
  const places = new Map<string, Place>()
  for (const file of files) {
    if (!model.sizes.has(file)) throw missingFile(file, [...model.sizes.keys()].sort(), model.name)
    for (const [name, place] of await placesIn(model, file)) {
      if ((weightMap.get(name) ?? file) === file) places.set(name, place)
    }
  }
  for (const [tensor, file] of weightMap) {
    if (!places.has(tensor)) {
      throw new ProblemError({ code: 'model.missing-tensor', values: { tensor, shape: '?' }, where: `${model.name}/${file}` })
    }
  }
  return { places, files }
}

async function readIndex(model: ModelFolder): Promise<ReadonlyMap<string, string> | null> {
  const json = await readJsonObject(model, indexFile)
  return json && weightMapOf(json, `${model.name}/${indexFile}`)
}

/** From a tensor's name to its file, as an index has it. Throws model.bad-json. */
export function weightMapOf(json: JsonObject, where: string): ReadonlyMap<string, string> {
  const message = 'its weight_map does not name a file for each tensor'
  const badIndex = new ProblemError({ code: 'model.bad-json', values: { message }, where })
  const weightMap = fieldOf(json, 'weight_map')
  if (!isJsonObject(weightMap)) throw badIndex
  const files = new Map<string, string>()
  for (const [name, file] of Object.entries(weightMap)) {
    if (typeof file !== 'string') throw badIndex
    files.set(name, file)
  }
  return files
}

async function placesIn(model: ModelFolder, file: string): Promise<Map<string, Place>> {
  const header = await readHeader(model.folder, file)
  return new Map([...header].map(([name, entry]) => [name, { ...entry, file }]))
}

function commonestDtype(places: readonly Place[]): string {
  const elements = new Map<string, number>()
  for (const { dtype, shape } of places) elements.set(dtype, (elements.get(dtype) ?? 0) + elementsOf(shape))
  const [commonest] = [...elements].sort(([, a], [, b]) => b - a)
  return commonest?.[0] ?? 'F32'
}

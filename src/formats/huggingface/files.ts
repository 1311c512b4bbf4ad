// Finds the files of a model or an adapter in a folder and reads the small ones.
// A person may choose the folder itself or the one above it, so the model is where config.json is, the nearest to the top.
// Must not know: what the files say.

import { ProblemError } from '../../problem/problem.ts'
import type { Folder } from '../../storage/folder.ts'
import { isJsonObject, type Json, type JsonObject, parseJson } from '../json.ts'

export type ModelFolder = {
  /** Shown to the person. */
  name: string
  /** Sizes in bytes by path, of the files beside config.json and below. */
  sizes: ReadonlyMap<string, number>
  /** The same files as a folder. */
  folder: Folder
}

/** A small file as it came, to be copied unchanged. */
export type CarriedFile = { path: string; bytes: Uint8Array<ArrayBuffer> }

/** A file above this is none of a model's small ones, which are read whole. */
const largestSmallFile = 500_000_000

/** Throws model.missing-file where there is no config.json, or where several folders have one. */
export function findModel(folder: Folder): Promise<ModelFolder> {
  return findBeside(folder, 'config.json', (found) => missingFile('config.json', found, folder.name))
}

/** The files beside `marker`. Where there is none, or where several folders have one, throws what `missing` makes of the paths that were found. */
export async function findBeside(
  folder: Folder,
  marker: string,
  missing: (found: readonly string[]) => ProblemError,
): Promise<ModelFolder> {
  const entries = await attempt(folder.name, () => folder.list())
  const markers = entries.filter(({ path }) => path === marker || path.endsWith(`/${marker}`))
  const depth = (path: string) => path.split('/').length
  const nearest = markers.filter(({ path }) => markers.every((other) => depth(path) <= depth(other.path)))
  const [chosen] = nearest
  if (!chosen || nearest.length > 1) {
    throw missing(nearest.length > 1 ? nearest.map(({ path }) => path) : entries.map(({ path }) => path).sort())
  }
  const prefix = chosen.path.slice(0, -marker.length)
  const here = entries
    .filter(({ path }) => path.startsWith(prefix))
    .map(({ path, bytes }) => ({ path: path.slice(prefix.length), bytes }))
  const name = prefix === '' ? folder.name : (prefix.split('/').at(-2) ?? folder.name)
  return {
    name,
    sizes: new Map(here.map(({ path, bytes }) => [path, bytes])),
    folder: { name, list: async () => here, read: (path, from, to) => folder.read(prefix + path, from, to) },
  }
}

/** null where there is no such file. Throws model.bad-json, model.unreadable. */
export async function readJsonObject(model: ModelFolder, path: string): Promise<JsonObject | null> {
  const bytes = await readWhole(model, path)
  return bytes && parseJsonObject(bytes, `${model.name}/${path}`)
}

/** Throws model.bad-json. */
export function parseJsonObject(bytes: Uint8Array<ArrayBuffer>, where: string): JsonObject {
  let json: Json
  try {
    json = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new ProblemError({ code: 'model.bad-json', values: { message }, where })
  }
  if (!isJsonObject(json)) throw new ProblemError({ code: 'model.bad-json', values: { message: 'it is not an object' }, where })
  return json
}

/** null where there is no such file. Throws model.unreadable. */
export async function readWhole(model: ModelFolder, path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = model.sizes.get(path)
  if (bytes === undefined) return null
  return attempt(`${model.name}/${path}`, () => {
    if (bytes > largestSmallFile) throw new Error(`it has ${bytes} bytes, more than a file of this name can need`)
    return model.folder.read(path, 0, bytes)
  })
}

export function missingFile(file: string, found: readonly string[], where: string) {
  return new ProblemError({ code: 'model.missing-file', values: { file, found: shortList(found) }, where })
}

/** As many as a sentence can hold. */
export function shortList(paths: readonly string[]): string {
  return (paths.length > 8 ? [...paths.slice(0, 8), '…'] : paths).join(', ')
}

async function attempt<T>(where: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof ProblemError) throw error
    const message = error instanceof Error ? error.message : String(error)
    throw new ProblemError({ code: 'model.unreadable', values: { message }, where })
  }
}

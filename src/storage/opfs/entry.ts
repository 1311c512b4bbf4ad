// One entry of the shelf on disk: a folder with the entry's own files in `files/` and `entry.json` beside them, written last.
// A folder is an entry when entry.json can be read and every file that it names is there in its length; anything else is half-written.
// Must not know: the other entries, what the files mean.

import * as v from 'valibot'
import { contentOf, type OpfsDirectory, partSuffix, remove, rename, writeWhole } from './directory.ts'

export const shelfKinds = ['model', 'adapter', 'dataset', 'run'] as const

const entrySchema = v.object({
  kind: v.picklist(shelfKinds),
  name: v.string(),
  files: v.array(v.object({ path: v.string(), bytes: v.number() })),
  /** Moments as ISO 8601, in UTC. */
  made: v.string(),
  used: v.string(),
  /** When it was taken off the shelf; it can be put back for a while. */
  removed: v.nullable(v.string()),
  /** What its maker wants to know of it without reading its files. */
  about: v.unknown(),
})

export type StoredEntry = v.InferOutput<typeof entrySchema>
/** `bytes` are those of its files. */
export type ShelfEntry = StoredEntry & { id: string; bytes: number }
export type NewEntry = Pick<StoredEntry, 'kind' | 'name' | 'about'>

const entryFile = 'entry.json'
const filesFolder = 'files'

export function withId(id: string, entry: StoredEntry): ShelfEntry {
  return { ...entry, id, bytes: entry.files.reduce((sum, { bytes }) => sum + bytes, 0) }
}

/** Where the entry's own files lie. */
export function filesOf(directory: OpfsDirectory): Promise<OpfsDirectory> {
  return directory.getDirectoryHandle(filesFolder, { create: true })
}

/** The entry in a folder; null when it is none, or not whole. An entry.json that was whole but not yet renamed counts. */
export async function readEntry(directory: OpfsDirectory): Promise<StoredEntry | null> {
  for (const name of [entryFile, `${entryFile}${partSuffix}`]) {
    const entry = parsed(await textOf(directory, name))
    if (entry !== null && (await filesAreThere(directory, entry))) return entry
  }
  return null
}

/** Makes the folder an entry, or the entry another one. The last write: with it the entry is whole. */
export async function writeEntry(directory: OpfsDirectory, entry: StoredEntry): Promise<void> {
  await writeWhole(directory, entryFile, [new TextEncoder().encode(JSON.stringify(entry))])
}

/** Ends a renaming of entry.json that was cut off. */
export async function healEntry(directory: OpfsDirectory): Promise<void> {
  const part = `${entryFile}${partSuffix}`
  if (parsed(await textOf(directory, entryFile)) !== null) return remove(directory, part)
  if (parsed(await textOf(directory, part)) !== null) await rename(directory, part, entryFile)
}

/** Takes away what makes the folder an entry, before its files go: so it is never there with a part of them. */
export async function unmakeEntry(directory: OpfsDirectory): Promise<void> {
  await remove(directory, `${entryFile}${partSuffix}`)
  await remove(directory, entryFile)
}

async function textOf(directory: OpfsDirectory, name: string): Promise<string> {
  return (await (await contentOf(directory, name))?.text()) ?? ''
}

function parsed(text: string): StoredEntry | null {
  try {
    const result = v.safeParse(entrySchema, JSON.parse(text))
    return result.success ? result.output : null
  } catch {
    return null
  }
}

async function filesAreThere(directory: OpfsDirectory, { files }: StoredEntry): Promise<boolean> {
  for (const { path, bytes } of files) {
    if ((await contentOf(directory, `${filesFolder}/${path}`))?.size !== bytes) return false
  }
  return true
}

// A folder of the private file system whose downloads may be broken off and gone on with: a partial file lies where it will lie, under
// another name, and its note in a folder beside. The bytes come first and the note goes last, so that a power cut at any write leaves
// a file that is partial or whole, never one that is neither.
// Must not know: the network, the shelf that the folder is an entry of.

import * as v from 'valibot'
import type { PartialEntry, PartialFile, PartialFolder, PartialNote } from '../partialFolder.ts'
import {
  type Appender,
  contentOf,
  filesUnder,
  type OpfsDirectory,
  openAppender,
  parentOf,
  partSuffix,
  readRange,
  remove,
  rename,
  writeWhole,
} from './directory.ts'
import { type Estimate, roomOf } from './room.ts'

const noteSchema = v.object({ url: v.string(), bytes: v.number(), checksum: v.string(), etag: v.nullable(v.string()) })

type Places = { files: OpfsDirectory; notes: OpfsDirectory }

/** `open` answers for this object alone: that no other tab writes is the caller's to see to, with a lock. */
export function partialFolder(name: string, places: Places, estimate: Estimate): PartialFolder {
  const { files, notes } = places
  const opened = new Set<string>()
  return {
    name,
    list: async () => (await filesUnder(files)).filter(({ path }) => !path.endsWith(partSuffix)),
    read: (path, from, to) => readRange(files, path, from, to),
    partials: () => partialsOf(places),
    begin: async (path, note) => {
      const { directory, name: file } = await parentOf(files, path, true)
      await remove(directory, `${file}${partSuffix}`)
      await (await openAppender(directory, `${file}${partSuffix}`)).close()
      await writeNote(notes, path, note)
    },
    open: async (path) => {
      if (opened.has(path)) throw new Error(`${path} is open already`)
      opened.add(path)
      try {
        return await openPartial(places, path, () => opened.delete(path))
      } catch (error) {
        opened.delete(path)
        throw error
      }
    },
    discard: async (path) => {
      await remove(notes, noteName(path))
      if ((await contentOf(files, `${path}${partSuffix}`)) === null) return
      const { directory, name: file } = await parentOf(files, path, false)
      await remove(directory, `${file}${partSuffix}`)
    },
    room: async () => (await roomOf(estimate))?.free ?? null,
  }
}

async function partialsOf({ files, notes }: Places): Promise<PartialEntry[]> {
  const partials: PartialEntry[] = []
  for await (const [name] of notes.entries()) {
    if (name.endsWith(partSuffix)) continue
    const path = decodeURIComponent(name)
    const note = await readNote(notes, path)
    const held = await contentOf(files, `${path}${partSuffix}`)
    if (note === null) continue
    // Renamed, but cut off before the note went.
    if (held === null && (await contentOf(files, path))?.size === note.bytes) await remove(notes, name)
    else partials.push({ path, held: held?.size ?? 0, note })
  }
  return partials
}

async function openPartial({ files, notes }: Places, path: string, ended: () => void): Promise<PartialFile> {
  let note = await readNote(notes, path)
  if (note === null) throw new Error(`${path} was not begun`)
  const { directory, name } = await parentOf(files, path, true)
  const part = `${name}${partSuffix}`
  let held = (await contentOf(directory, part))?.size ?? 0
  // Open only while something is added: what an open file holds cannot be read otherwise.
  let appender: Appender | null = null
  const settle = async () => {
    const writing = appender
    appender = null
    await writing?.close()
  }
  return {
    read: async (from, to) => {
      await settle()
      return readRange(directory, part, from, to)
    },
    append: async (at, bytes) => {
      if (at !== held) throw new Error(`${path} holds ${held} bytes, and ${at} were expected`)
      appender ??= await openAppender(directory, part)
      await appender.append(bytes)
      held += bytes.length
    },
    setNote: async (next) => {
      await writeNote(notes, path, next)
      note = next
    },
    finish: async () => {
      await settle()
      if (note?.bytes !== held) throw new Error(`${path} holds ${held} of ${note?.bytes} bytes`)
      await rename(directory, part, name)
      await remove(notes, noteName(path))
      ended()
    },
    close: async () => {
      ended()
      await settle()
    },
  }
}

/** A path as a name: a note's folder has no folders of its own. */
const noteName = (path: string) => encodeURIComponent(path)

async function writeNote(notes: OpfsDirectory, path: string, note: PartialNote): Promise<void> {
  await writeWhole(notes, noteName(path), [new TextEncoder().encode(JSON.stringify(note))])
}

/** null where there is none that can be read. */
async function readNote(notes: OpfsDirectory, path: string): Promise<PartialNote | null> {
  try {
    // It may go between being found and being read, when its file is finished at that moment.
    const text = await (await contentOf(notes, noteName(path)))?.text()
    if (text === undefined) return null
    const result = v.safeParse(noteSchema, JSON.parse(text))
    return result.success ? result.output : null
  } catch {
    return null
  }
}

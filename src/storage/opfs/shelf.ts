// The shelf: what is kept in the browser's private file system, one folder an entry, under a name that nobody chose, so that a new name
// is a line in entry.json. A folder that is not whole is a download to go on with, or what a power cut left: that goes when the shelf opens.
// What is taken off the shelf can be put back for a while, unless its room is needed.
// Must not know: what the files mean, who shows the shelf.

import { ProblemError } from '../../problem/problem.ts'
import type { Folder, StreamedFile } from '../folder.ts'
import { contentOf, isFull, type OpfsDirectory, readRange, remove, writeWhole } from './directory.ts'
import { type Download, downloadNote, endDownload, openDownload } from './download.ts'
import {
  filesOf,
  healEntry,
  type NewEntry,
  readEntry,
  type ShelfEntry,
  type StoredEntry,
  unmakeEntry,
  withId,
  writeEntry,
} from './entry.ts'
import { estimatedRoom, expectRoom, type Room, roomOf, shelfFull, triedRoom } from './room.ts'
import { lockOf, type ShelfHost } from './shelfHost.ts'

export type Shelf = {
  /** What is whole, also what was taken off and can still be put back. */
  list: () => Promise<readonly ShelfEntry[]>
  /** Keeps files as one entry, whole or not at all. Rejects with `shelf.full` before anything is written, or when the disk is full sooner than it said. */
  keep: (entry: NewEntry, files: readonly StreamedFile[]) => Promise<ShelfEntry>
  /** An entry's files, read where they lie. `shelf.gone` where there is no such entry. */
  folder: (id: string) => Promise<Folder>
  /** A file of an entry as the browser holds it. */
  file: (id: string, path: string) => Promise<Blob>
  rename: (id: string, name: string) => Promise<ShelfEntry>
  /** It was used now. */
  touch: (id: string) => Promise<ShelfEntry>
  /** Takes it off; `list` still has it, marked, until it is put back or its room is needed. */
  takeOff: (id: string) => Promise<ShelfEntry>
  putBack: (id: string) => Promise<ShelfEntry>
  /** Takes it away for good. */
  remove: (id: string) => Promise<void>
  /** Gives back the room of all that was taken off. */
  purge: () => Promise<void>
  room: () => Promise<Room>
  /** The download that is to become an entry of this name: gone on with where it was begun before. `shelf.in-use` where another tab has it. */
  download: (entry: NewEntry) => Promise<Download>
  /** Downloads that are not whole and that nobody works on. */
  downloads: () => Promise<readonly (NewEntry & { id: string })[]>
}

/** How long something that was taken off can be put back, at least. */
const putBackMs = 10 * 60_000

/** Opens the shelf and heals it. */
export async function openShelf(host: ShelfHost): Promise<Shelf> {
  const { root, locks, estimate, now } = host
  await heal(host)

  const directoryOf = (id: string) => root.getDirectoryHandle(id)
  const entryOf = async (id: string): Promise<ShelfEntry> => {
    const entry = await entryIn(root, id)
    if (entry === null) throw new ProblemError({ code: 'shelf.gone', values: { id }, where: '' })
    return withId(id, entry)
  }
  const change = async (id: string, changed: (at: string) => Partial<StoredEntry>): Promise<ShelfEntry> => {
    const release = await locks.hold(lockOf(id))
    try {
      const { id: _, bytes: __, ...entry } = await entryOf(id)
      const next = { ...entry, ...changed(now().toISOString()) }
      await writeEntry(await directoryOf(id), next)
      return withId(id, next)
    } finally {
      release()
    }
  }
  const purge = async () => {
    for (const { id, removed } of await entriesIn(root)) if (removed !== null) await removeIfFree(host, id)
  }
  /** What was taken off makes room before it is said that there is none. */
  const expect = async (bytes: number, name: string, had: () => Promise<number>) => {
    try {
      expectRoom(bytes, await had(), name)
    } catch {
      await purge()
      expectRoom(bytes, await had(), name)
    }
  }

  return {
    list: () => entriesIn(root),
    keep: async (entry, files) => {
      const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
      await expect(bytes, entry.name, () => estimatedRoom(estimate, bytes))
      const id = crypto.randomUUID()
      const release = await locks.hold(lockOf(id))
      try {
        const directory = await root.getDirectoryHandle(id, { create: true })
        await expect(bytes, entry.name, () => triedRoom(directory, bytes))
        const inside = await filesOf(directory)
        for (const { path, chunks } of files) await writeWhole(inside, path, chunks())
        const at = now().toISOString()
        const named = await Promise.all(
          files.map(async ({ path }) => ({ path, bytes: (await contentOf(inside, path))?.size ?? 0 })),
        )
        const stored: StoredEntry = { ...entry, files: named, made: at, used: at, removed: null }
        await writeEntry(directory, stored)
        return withId(id, stored)
      } catch (error) {
        await removeFolder(root, id).catch(() => undefined)
        if (isFull(error)) throw shelfFull(bytes, (await roomOf(estimate))?.free ?? 0, entry.name)
        throw error
      } finally {
        release()
      }
    },
    folder: async (id) => {
      const { name, files } = await entryOf(id)
      const inside = await filesOf(await directoryOf(id))
      return { name, list: async () => files, read: (path, from, to) => readRange(inside, path, from, to) }
    },
    file: async (id, path) => {
      await entryOf(id)
      const content = await contentOf(await filesOf(await directoryOf(id)), path)
      if (content === null) throw new ProblemError({ code: 'shelf.gone', values: { id }, where: path })
      return content
    },
    rename: (id, name) => change(id, () => ({ name })),
    touch: (id) => change(id, (at) => ({ used: at })),
    takeOff: (id) => change(id, (at) => ({ removed: at })),
    putBack: (id) => change(id, () => ({ removed: null })),
    remove: (id) => removeIfFree(host, id),
    purge,
    room: () => roomOf(estimate),
    download: (entry) => openDownload(host, entry),
    downloads: async () => {
      const found: (NewEntry & { id: string })[] = []
      for await (const [id, { kind }] of root.entries()) {
        const note = kind === 'directory' ? await downloadNote(await directoryOf(id)).catch(() => null) : null
        if (note !== null) found.push({ ...note, id })
      }
      return found
    },
  }
}

async function entriesIn(root: OpfsDirectory): Promise<ShelfEntry[]> {
  const entries: ShelfEntry[] = []
  for await (const [id, { kind }] of root.entries()) {
    const entry = kind === 'directory' ? await entryIn(root, id) : null
    if (entry !== null) entries.push(withId(id, entry))
  }
  return entries
}

/** null also for a folder that another tab takes away meanwhile. */
async function entryIn(root: OpfsDirectory, id: string): Promise<StoredEntry | null> {
  try {
    return await readEntry(await root.getDirectoryHandle(id))
  } catch {
    return null
  }
}

/** Every folder is whole afterwards, a download to go on with, or one that another tab is writing. What cannot be read now is left as it is. */
async function heal(host: ShelfHost): Promise<void> {
  const names: string[] = []
  for await (const [name] of host.root.entries()) names.push(name)
  for (const id of names) await healOne(host, id).catch(() => undefined)
}

async function healOne({ root, locks, now }: ShelfHost, id: string): Promise<void> {
  const release = await locks.holdIfFree(lockOf(id))
  if (release === null) return
  try {
    const directory = await root.getDirectoryHandle(id).catch(() => null)
    const entry = directory && (await readEntry(directory))
    const keepsOn = entry !== null && (entry.removed === null || now().getTime() - Date.parse(entry.removed) < putBackMs)
    if (directory !== null && keepsOn) {
      await healEntry(directory)
      await endDownload(directory)
    } else if (directory === null || entry !== null || (await downloadNote(directory)) === null) await removeFolder(root, id)
  } finally {
    release()
  }
}

async function removeIfFree({ root, locks }: ShelfHost, id: string): Promise<void> {
  const release = await locks.holdIfFree(lockOf(id))
  if (release === null) return
  try {
    await removeFolder(root, id)
  } finally {
    release()
  }
}

async function removeFolder(root: OpfsDirectory, id: string): Promise<void> {
  const directory = await root.getDirectoryHandle(id).catch(() => null)
  if (directory !== null) {
    await unmakeEntry(directory)
    await endDownload(directory)
  }
  await remove(root, id)
}

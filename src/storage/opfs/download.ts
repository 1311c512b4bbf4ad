// A download on the shelf: the folder of an entry that is not whole yet. `download.json` says what it is to become; it stays when the tab
// is closed, and goes once entry.json is there.
// Must not know: the network, which files a download has.

import * as v from 'valibot'
import { ProblemError } from '../../problem/problem.ts'
import type { PartialFolder } from '../partialFolder.ts'
import { contentOf, type OpfsDirectory, remove, writeWhole } from './directory.ts'
import { filesOf, type NewEntry, readEntry, type ShelfEntry, type StoredEntry, shelfKinds, withId, writeEntry } from './entry.ts'
import { partialFolder } from './partials.ts'
import { estimatedRoom, expectRoom, triedRoom } from './room.ts'
import { lockOf, type ShelfHost } from './shelfHost.ts'

/** Held by one tab; one of `keep`, `discard` and `close` ends it. */
export type Download = {
  id: string
  folder: PartialFolder
  /** Rejects with `shelf.full`, which says how much is missing, where so many bytes more cannot be written. */
  expectRoom: (bytes: number) => Promise<void>
  /** Makes it an entry. Rejects with a plain Error while a file is partial. */
  keep: (about: unknown) => Promise<ShelfEntry>
  /** Takes away all that had arrived. */
  discard: () => Promise<void>
  /** Leaves it to be gone on with, also after the tab was closed. */
  close: () => void
}

const noteSchema = v.object({ kind: v.picklist(shelfKinds), name: v.string(), about: v.unknown() })
const noteFile = 'download.json'
const notesFolder = 'notes'

/** What a folder is to become; null where it is no download, or an entry already. */
export async function downloadNote(directory: OpfsDirectory): Promise<NewEntry | null> {
  const text = await (await contentOf(directory, noteFile))?.text()
  if (text === undefined || (await readEntry(directory)) !== null) return null
  try {
    const result = v.safeParse(noteSchema, JSON.parse(text))
    return result.success ? result.output : null
  } catch {
    return null
  }
}

/** The download of this kind and name that was begun, or a new one. Rejects with `shelf.in-use` where another tab has it. */
export async function openDownload(host: ShelfHost, entry: NewEntry): Promise<Download> {
  const { root, locks } = host
  const id = (await begunDownload(root, entry)) ?? crypto.randomUUID()
  const release = await locks.holdIfFree(lockOf(id))
  if (release === null) throw new ProblemError({ code: 'shelf.in-use', values: { id }, where: entry.name })
  try {
    const directory = await root.getDirectoryHandle(id, { create: true })
    await writeWhole(directory, noteFile, [new TextEncoder().encode(JSON.stringify(entry))])
    const places = { files: await filesOf(directory), notes: await directory.getDirectoryHandle(notesFolder, { create: true }) }
    const folder = partialFolder(entry.name, places, host.estimate)
    const ended = <R>(work: () => Promise<R>) => work().finally(release)
    return {
      id,
      folder,
      expectRoom: async (bytes) => {
        expectRoom(bytes, await estimatedRoom(host.estimate, bytes), entry.name)
        expectRoom(bytes, await triedRoom(directory, bytes), entry.name)
      },
      keep: (about) => ended(() => becomeEntry(host, { id, directory, folder, entry: { ...entry, about } })),
      discard: () =>
        ended(async () => {
          await endDownload(directory)
          await remove(root, id)
        }),
      close: release,
    }
  } catch (error) {
    release()
    throw error
  }
}

type Whole = { id: string; directory: OpfsDirectory; folder: PartialFolder; entry: NewEntry }

async function becomeEntry({ now }: ShelfHost, { id, directory, folder, entry }: Whole): Promise<ShelfEntry> {
  const [left] = await folder.partials()
  if (left !== undefined) throw new Error(`${left.path} is not whole`)
  const at = now().toISOString()
  const files = [...(await folder.list())]
  const stored: StoredEntry = { ...entry, files, made: at, used: at, removed: null }
  await writeEntry(directory, stored)
  await endDownload(directory)
  return withId(id, stored)
}

/** From here on the folder is no download. Before its files go, or with a part of them it would look like one that is further on. */
export async function endDownload(directory: OpfsDirectory): Promise<void> {
  await remove(directory, noteFile)
  await remove(directory, notesFolder)
}

async function begunDownload(root: OpfsDirectory, { kind, name }: NewEntry): Promise<string | null> {
  for await (const [id, handle] of root.entries()) {
    const note = handle.kind === 'directory' ? await downloadNote(await root.getDirectoryHandle(id)) : null
    if (note !== null && note.kind === kind && note.name === name) return id
  }
  return null
}

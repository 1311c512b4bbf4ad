// A folder that can hold downloads which are not whole yet, so that a connection that breaks, or a tab that is closed, costs no byte that had arrived.
// Every file of a download is begun before the first byte of any is fetched: a folder in which no file is partial is whole.
// A partial file is never seen by `list` and `read`: it is held beside, with a note on what it is to become, until it is finished.
// Must not know: the network, what is to be fetched, whether the bytes are right. Its caller checks them before `finish`.

import * as v from 'valibot'
import type { Folder } from './folder.ts'

/** What a partial file is to become. Small, plain JSON; read back it is checked, because a crash may have cut it off. */
export const partialNote = v.object({
  /** Where its bytes come from. */
  url: v.string(),
  /** Bytes of the file when it is whole. */
  bytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** The checksum of the whole file, with the name of its kind in front: "sha256:9f86…", "git:d670…". */
  checksum: v.string(),
  /** The ETag of the answer that the bytes held came with; null before the first byte. */
  etag: v.nullable(v.string()),
})
export type PartialNote = v.InferOutput<typeof partialNote>

export type PartialEntry = {
  /** Path that the file will have, with forward slashes. */
  path: string
  /** Bytes held, from the start of the file and without a gap. */
  held: number
  note: PartialNote
}

/** A partial file that is open for its one writer. One of `finish` and `close` ends it. */
export type PartialFile = {
  /** Bytes [from, to) of what is held. */
  read: (from: number, to: number) => Promise<Uint8Array<ArrayBuffer>>
  /** Adds bytes at the end; `at` is the number of bytes held, and a plain Error is thrown where it is not. */
  append: (at: number, bytes: Uint8Array<ArrayBuffer>) => Promise<void>
  /** Replaces the note. */
  setNote: (note: PartialNote) => Promise<void>
  /** Makes it a file like any other, in the place of one that had this path. Rejects when fewer or more bytes are held than the note says. */
  finish: () => Promise<void>
  /** Leaves it as it is, to be opened again, also by another process or after a crash. */
  close: () => Promise<void>
}

export type PartialFolder = Folder & {
  /** The files that are not whole, in no particular order. */
  partials: () => Promise<readonly PartialEntry[]>
  /** Starts a file at its first byte; what was held of it is dropped. A whole file of this path stays until the new one is finished. */
  begin: (path: string, note: PartialNote) => Promise<void>
  /** Opens a file that was begun. Rejects with a plain Error when it was not, or when it is open already. */
  open: (path: string) => Promise<PartialFile>
  /** Takes a partial file and its note away; nothing happens when there is none. */
  discard: (path: string) => Promise<void>
  /** Bytes that can still be written here; null when nobody knows. */
  room: () => Promise<number | null>
}

/** Whether a path stays inside the folder: names with slashes between, none of them empty, "." or "..". */
export function isInside(path: string): boolean {
  return !path.includes('\\') && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
}

/** The plain Errors that every such folder rejects with. */
export const wrongPlace = (path: string, at: number, held: number) =>
  new Error(`${path} holds ${held} bytes; some were to be added at byte ${at}`)
export const wrongSize = (path: string, held: number, bytes: number) => new Error(`${path} holds ${held} of ${bytes} bytes`)

// A file that is being fetched: what is held of it and the checksum of that, which go together. What an earlier attempt left is read once
// more for its checksum. Pieces are gathered to a mebibyte before they are written.
// Must not know: the network.

import { ProblemError } from '../../problem/problem.ts'
import type { PartialEntry, PartialFile, PartialFolder } from '../partialFolder.ts'
import { startChecksum } from './checksum.ts'

export type HeldFile = {
  /** Bytes, those included that are gathered and not written yet. */
  held: () => number
  etag: () => string | null
  append: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>
  /** Writes what is gathered. */
  flush: () => Promise<void>
  /** Drops what is held. The bytes that follow come with this ETag. */
  restart: (etag: string | null) => Promise<void>
  setEtag: (etag: string | null) => Promise<void>
  /** Whether the content is the one that the note states. Asked once, at the end. */
  isRight: () => boolean
  finish: () => Promise<void>
  close: () => Promise<void>
}

const gatheredBytes = 2 ** 20
const reReadBytes = 4 * 2 ** 20

/** Opens a file that was begun. Where it cannot be written, rejects with hub.no-room or hub.cannot-keep. */
export async function openHeldFile(folder: PartialFolder, { path, note: begun, held }: PartialEntry): Promise<HeldFile> {
  let note = begun
  let written = held
  let file = await writing(path, note.bytes, () => folder.open(path))
  let checksum = await startChecksum(note.checksum, note.bytes)
  let gathered: Uint8Array<ArrayBuffer>[] = []
  let waiting = 0

  try {
    for (let from = 0; from < written; from += reReadBytes)
      checksum.update(await file.read(from, Math.min(written, from + reReadBytes)))
  } catch (error) {
    await file.close()
    throw error
  }

  const write = (work: () => Promise<void>) => writing(path, note.bytes - written, work)
  const flush = async () => {
    if (waiting === 0) return
    const bytes = joined(gathered, waiting)
    gathered = []
    waiting = 0
    await write(() => file.append(written, bytes))
    checksum.update(bytes)
    written += bytes.length
  }
  const setEtag = async (etag: string | null) => {
    note = { ...note, etag }
    await write(() => file.setNote(note))
  }
  return {
    held: () => written + waiting,
    etag: () => note.etag,
    append: async (bytes) => {
      gathered.push(bytes)
      waiting += bytes.length
      if (waiting >= gatheredBytes) await flush()
    },
    flush,
    setEtag,
    restart: async (etag) => {
      gathered = []
      waiting = 0
      await file.close()
      note = { ...note, etag }
      await write(() => folder.begin(path, note))
      file = await writing(path, note.bytes, (): Promise<PartialFile> => folder.open(path))
      checksum = await startChecksum(note.checksum, note.bytes)
      written = 0
    },
    isRight: () => checksum.isRight(),
    finish: () => write(() => file.finish()),
    close: () => file.close(),
  }
}

function joined(pieces: readonly Uint8Array<ArrayBuffer>[], bytes: number): Uint8Array<ArrayBuffer> {
  const [first] = pieces
  if (first && pieces.length === 1) return first
  const all = new Uint8Array(bytes)
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

/** A full disk is said as such: Node calls it ENOSPC or EDQUOT, a browser QuotaExceededError. */
export async function writing<T>(path: string, needed: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ProblemError || (error instanceof DOMException && error.name === 'AbortError')) throw error
    const message = error instanceof Error ? error.message : String(error)
    const isFull = error instanceof Error && (error.name === 'QuotaExceededError' || /^(ENOSPC|EDQUOT)/.test(message))
    throw isFull
      ? new ProblemError({ code: 'hub.no-room', values: { needed, room: null }, where: path })
      : new ProblemError({ code: 'hub.cannot-keep', values: { message }, where: path })
  }
}

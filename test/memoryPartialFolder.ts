// A folder in memory that can hold downloads which are not whole yet, with room for so many bytes. Writing beyond that fails as a full disk does.

import { blobFolder } from '../src/storage/blobFolder.ts'
import { type PartialFile, type PartialFolder, type PartialNote, wrongPlace, wrongSize } from '../src/storage/partialFolder.ts'

type Held = { note: PartialNote; pieces: Uint8Array<ArrayBuffer>[]; bytes: number }

export type MemoryPartialFolder = PartialFolder & { whole: Map<string, Uint8Array<ArrayBuffer>> }

/** @param knowsRoom whether it says how much room there is */
export function memoryPartialFolder(name: string, size = Number.POSITIVE_INFINITY, knowsRoom = true): MemoryPartialFolder {
  const whole = new Map<string, Uint8Array<ArrayBuffer>>()
  const held = new Map<string, Held>()
  const opened = new Set<string>()
  const asBlobs = () =>
    blobFolder(
      name,
      [...whole].map(([path, bytes]) => ({ path, file: new Blob([bytes]) })),
    )
  const used = () =>
    [...whole.values()].reduce((sum, bytes) => sum + bytes.length, 0) +
    [...held.values()].reduce((sum, { bytes }) => sum + bytes, 0)

  const openHeld = (path: string, file: Held): PartialFile => ({
    read: async (from, to) => joined(file.pieces).slice(from, to),
    append: async (at, bytes) => {
      if (at !== file.bytes) throw wrongPlace(path, at, file.bytes)
      if (used() + bytes.length > size) throw new DOMException('there is no room left', 'QuotaExceededError')
      file.pieces.push(bytes.slice())
      file.bytes += bytes.length
    },
    setNote: async (note) => {
      file.note = note
    },
    finish: async () => {
      opened.delete(path)
      if (file.bytes !== file.note.bytes) throw wrongSize(path, file.bytes, file.note.bytes)
      held.delete(path)
      whole.set(path, joined(file.pieces))
    },
    close: async () => {
      opened.delete(path)
    },
  })

  return {
    name,
    whole,
    list: () => asBlobs().list(),
    read: (path, from, to) => asBlobs().read(path, from, to),
    partials: async () => [...held].map(([path, { note, bytes }]) => ({ path, held: bytes, note })),
    begin: async (path, note) => {
      held.set(path, { note, pieces: [], bytes: 0 })
    },
    open: async (path) => {
      const file = held.get(path)
      if (!file) throw new Error(`${path} was not begun`)
      if (opened.has(path)) throw new Error(`${path} is being written already`)
      opened.add(path)
      return openHeld(path, file)
    },
    discard: async (path) => {
      held.delete(path)
    },
    room: async () => (knowsRoom ? size - used() : null),
  }
}

function joined(pieces: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}

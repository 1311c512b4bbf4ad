// The part of the browser's private file system that the shelf uses, as types: FileSystemDirectoryHandle fits them as it is, and so does
// a directory in memory that a test lets fail at any write. Below them the few moves that are made with it.
// A file is written under a name of its own and renamed when it is whole.
// Must not know: what is kept, and in which folders.

import { type FileEntry, missing, tooShort } from '../folder.ts'

/** FileSystemSyncAccessHandle: only in workers, and the fastest way to write. */
export type SyncAccess = {
  write: (bytes: Uint8Array<ArrayBuffer>, options: { at: number }) => number
  truncate: (bytes: number) => void
  getSize: () => number
  flush: () => void
  close: () => void
}

/** FileSystemFileHandle. `move` renames within the directory and replaces what has the name; a browser of before 2023 lacks it. */
export type OpfsFile = {
  getFile: () => Promise<Blob>
  createSyncAccessHandle?: () => Promise<SyncAccess>
  createWritable?: (options: { keepExistingData: boolean }) => Promise<{
    write: (chunk: { type: 'write'; position: number; data: Uint8Array<ArrayBuffer> }) => Promise<void>
    close: () => Promise<void>
    abort: () => Promise<void>
  }>
  move?: (name: string) => Promise<void>
}

/** FileSystemDirectoryHandle. */
export type OpfsDirectory = {
  getDirectoryHandle: (name: string, options?: { create: boolean }) => Promise<OpfsDirectory>
  getFileHandle: (name: string, options?: { create: boolean }) => Promise<OpfsFile>
  removeEntry: (name: string, options?: { recursive: boolean }) => Promise<void>
  entries: () => AsyncIterable<[string, { kind: 'file' | 'directory' }]>
}

export type Chunks = AsyncIterable<Uint8Array<ArrayBuffer>> | Iterable<Uint8Array<ArrayBuffer>>

/** What a file is called until it is whole. */
export const partSuffix = '.part'

/** Adds bytes at the end of a file; `close` must be called, however it ends. */
export type Appender = { append: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>; close: () => Promise<void> }

/** Every file under a directory, with its path in it. */
export async function filesUnder(directory: OpfsDirectory, prefix = ''): Promise<FileEntry[]> {
  const files: FileEntry[] = []
  for await (const [name, { kind }] of directory.entries()) {
    const path = `${prefix}${name}`
    if (kind === 'directory') files.push(...(await filesUnder(await directory.getDirectoryHandle(name), `${path}/`)))
    else files.push({ path, bytes: (await (await directory.getFileHandle(name)).getFile()).size })
  }
  return files
}

/** The directory that a path lies in, and its name there. */
export async function parentOf(root: OpfsDirectory, path: string, create: boolean) {
  const parts = path.split('/')
  const name = parts.pop() ?? ''
  let directory = root
  for (const part of parts) directory = await directory.getDirectoryHandle(part, { create })
  return { directory, name }
}

/** A file's content, read when it is asked for; null when it is not there. */
export async function contentOf(root: OpfsDirectory, path: string): Promise<Blob | null> {
  try {
    const { directory, name } = await parentOf(root, path, false)
    return await (await directory.getFileHandle(name)).getFile()
  } catch (error) {
    if (isNotFound(error)) return null
    throw error
  }
}

/** Bytes [from, to) of a file; rejects with the plain Errors of every folder. */
export async function readRange(root: OpfsDirectory, path: string, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  const content = await contentOf(root, path)
  if (content === null) throw missing(path)
  if (to > content.size) throw tooShort(path, to, content.size)
  return new Uint8Array(await content.slice(from, to).arrayBuffer())
}

/** Writes a file whole: under another name first, then renamed. A failure leaves what had the name before, and no scraps. */
export async function writeWhole(root: OpfsDirectory, path: string, chunks: Chunks): Promise<void> {
  const { directory, name } = await parentOf(root, path, true)
  const part = `${name}${partSuffix}`
  try {
    await remove(directory, part)
    await fill(await openAppender(directory, part), chunks)
  } catch (error) {
    await remove(directory, part).catch(() => undefined)
    throw error
  }
  await rename(directory, part, name)
}

/** Opens a file to be added to, at its end; it is made where it is not there. */
export async function openAppender(directory: OpfsDirectory, name: string): Promise<Appender> {
  const file = await directory.getFileHandle(name, { create: true })
  if (file.createSyncAccessHandle !== undefined) return syncAppender(await file.createSyncAccessHandle())
  if (file.createWritable === undefined) throw new Error('this browser cannot write files of its own')
  let at = (await file.getFile()).size
  const stream = await file.createWritable({ keepExistingData: true })
  return {
    append: async (bytes) => {
      await stream.write({ type: 'write', position: at, data: bytes })
      at += bytes.length
    },
    close: () => stream.close(),
  }
}

function syncAppender(access: SyncAccess): Appender {
  let at = access.getSize()
  return {
    append: async (bytes) => {
      const written = access.write(bytes, { at })
      at += written
      if (written < bytes.length) throw new DOMException('the disk took only a part of what was written', 'QuotaExceededError')
    },
    close: async () => {
      try {
        access.flush()
      } finally {
        access.close()
      }
    },
  }
}

/** Gives a file another name in its directory, in the place of one that has it. Where browsers cannot, it is copied, and goes then. */
export async function rename(directory: OpfsDirectory, from: string, to: string): Promise<void> {
  const file = await directory.getFileHandle(from)
  if (file.move !== undefined) return await file.move(to)
  const content = await file.getFile()
  await remove(directory, to)
  await fill(await openAppender(directory, to), piecesOf(content))
  await remove(directory, from)
}

async function* piecesOf(content: Blob): AsyncIterable<Uint8Array<ArrayBuffer>> {
  const piece = 4 * 2 ** 20
  for (let at = 0; at < content.size; at += piece) yield new Uint8Array(await content.slice(at, at + piece).arrayBuffer())
}

/** Adds all chunks and closes. What failed first is what is thrown: a stream that failed cannot be closed either. */
async function fill(appender: Appender, chunks: Chunks): Promise<void> {
  try {
    for await (const chunk of chunks) await appender.append(chunk)
  } catch (error) {
    await appender.close().catch(() => undefined)
    throw error
  }
  await appender.close()
}

/** Takes a file or a folder away; nothing happens when there is none. */
export async function remove(directory: OpfsDirectory, name: string): Promise<void> {
  try {
    await directory.removeEntry(name, { recursive: true })
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
}

/** The disk, or what the browser allows of it, is full. */
export function isFull(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError'
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && error.name === 'NotFoundError'
}

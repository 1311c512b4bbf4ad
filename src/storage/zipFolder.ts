// A zip file as a folder, and files as a zip file. What is stored plainly is read in place, by ranges; what is compressed is unpacked
// once, when it is first read. Written archives are stored and not compressed: weights do not shrink, and time would be lost.
// Must not know: what the bytes mean.

import { BlobReader, BlobWriter, type Entry, type FileEntry as ZipFileEntry, ZipReader, ZipWriter } from '@zip.js/zip.js'
import { type Folder, missing, type StreamedFile, tooShort } from './folder.ts'

/** No second worker: this runs in one already, and the page's policy allows no scripts from blobs. */
const inThisThread = { useWebWorkers: false } as const

/** A compressed file above this is refused: it would have to stand in memory whole, and a small archive can promise anything. */
const largestUnpacked = 4 * 2 ** 30

/** Rejects with a plain Error when the archive cannot be read or when a path in it leads out of it. */
export async function zipFolder(name: string, archive: Blob): Promise<Folder> {
  const reader = new ZipReader(new BlobReader(archive), inThisThread)
  const entries = new Map((await reader.getEntries()).filter(isPlainFile).map((entry) => [entry.filename, entry]))
  const contents = new Map<string, Promise<Blob>>()

  const contentOf = (path: string, entry: ZipFileEntry): Promise<Blob> => {
    const known = contents.get(path)
    if (known) return known
    const content = unpack(archive, entry).catch((error: unknown) => {
      contents.delete(path)
      throw error
    })
    contents.set(path, content)
    return content
  }

  return {
    name,
    list: async () => [...entries].map(([path, entry]) => ({ path, bytes: entry.uncompressedSize })),
    read: async (path, from, to) => {
      const entry = entries.get(path)
      if (!entry) throw missing(path)
      const content = await contentOf(path, entry)
      if (to > content.size) throw tooShort(path, to, content.size)
      return new Uint8Array(await content.slice(from, to).arrayBuffer())
    },
  }
}

/** Streams the files, one after the other, into an archive. `tell` hears the bytes written of all bytes. */
export async function zipBlob(
  files: readonly StreamedFile[],
  options: { tell?: (done: number, total: number) => void; signal?: AbortSignal } = {},
): Promise<Blob> {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  let done = 0
  const arrive = (bytes: number) => {
    done += bytes
    options.tell?.(done, total)
  }
  const writer = new ZipWriter(new BlobWriter('application/zip'), {
    ...inThisThread,
    level: 0,
    ...(options.signal && { signal: options.signal }),
  })
  for (const { path, bytes, chunks } of files) {
    await writer.add(path, streamOf(chunks(), arrive), { zip64: bytes > 0xfffffff0 })
  }
  return writer.close()
}

function isPlainFile(entry: Entry): entry is ZipFileEntry {
  return !entry.directory && !entry.symlink && !entry.filename.startsWith('__MACOSX/')
}

async function unpack(archive: Blob, entry: ZipFileEntry): Promise<Blob> {
  if (entry.encrypted) throw new Error(`${entry.filename} is locked with a password`)
  if (entry.compressionMethod === 0) return storedContent(archive, entry)
  if (entry.uncompressedSize > largestUnpacked)
    throw new Error(`${entry.filename} unpacks to ${entry.uncompressedSize} bytes; unzip it first`)
  return entry.getData(new BlobWriter(), inThisThread)
}

/** The file's range of the archive. Its local header has a length of its own, in bytes 26 to 30. */
async function storedContent(archive: Blob, entry: ZipFileEntry): Promise<Blob> {
  const header = new DataView(await archive.slice(entry.offset, entry.offset + 30).arrayBuffer())
  if (header.byteLength < 30 || header.getUint32(0, true) !== 0x04034b50)
    throw new Error(`the archive is damaged at ${entry.filename}`)
  const from = entry.offset + 30 + header.getUint16(26, true) + header.getUint16(28, true)
  return archive.slice(from, from + entry.uncompressedSize)
}

function streamOf(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  arrive: (bytes: number) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const iterator = chunks[Symbol.asyncIterator]()
  return new ReadableStream({
    pull: async (controller) => {
      const next = await iterator.next()
      if (next.done) return controller.close()
      controller.enqueue(next.value)
      arrive(next.value.length)
    },
    cancel: async () => {
      await iterator.return?.()
    },
  })
}

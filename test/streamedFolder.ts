// Files that are still to be written, as a folder that can be read: what every test of "written, then read" needs.

import { expect } from 'vitest'
import { type BlobFile, blobFolder } from '../src/storage/blobFolder.ts'
import type { Folder, StreamedFile } from '../src/storage/folder.ts'

/** The files below `prefix` in a folder called "chosen". Each is expected to have the size that it foretold. */
export async function folderOf(list: readonly StreamedFile[], prefix = ''): Promise<Folder> {
  const blobs: BlobFile[] = []
  for (const { path, bytes, chunks } of list) {
    const parts: Uint8Array<ArrayBuffer>[] = []
    for await (const chunk of chunks()) parts.push(chunk)
    const file = new Blob(parts)
    expect(file.size).toBe(bytes)
    blobs.push({ path: prefix + path, file })
  }
  return blobFolder('chosen', blobs)
}

export function textFile(path: string, text: string): StreamedFile {
  const bytes = new TextEncoder().encode(text)
  return {
    path,
    bytes: bytes.length,
    chunks: async function* () {
      yield bytes
    },
  }
}

export async function textOf(file: StreamedFile | undefined): Promise<string> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  for await (const chunk of file?.chunks() ?? []) parts.push(chunk)
  return new Blob(parts).text()
}

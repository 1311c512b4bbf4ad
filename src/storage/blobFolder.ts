// Files that a person chose or dropped, as a folder. The browser reads them from disk only as far as they are asked for.
// Must not know: what the bytes mean.

import { type Folder, missing, tooShort } from './folder.ts'

export type BlobFile = { path: string; file: Blob }

export function blobFolder(name: string, files: readonly BlobFile[]): Folder {
  const byPath = new Map(files.map(({ path, file }) => [path, file]))
  return {
    name,
    list: async () => [...byPath].map(([path, file]) => ({ path, bytes: file.size })),
    read: async (path, from, to) => {
      const file = byPath.get(path)
      if (!file) throw missing(path)
      if (to > file.size) throw tooShort(path, to, file.size)
      return new Uint8Array(await file.slice(from, to).arrayBuffer())
    },
  }
}

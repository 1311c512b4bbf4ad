// Files below an address, as a folder: the model that ships with the page. A static server cannot list its files, so the list is given.
// Each file is fetched once, when it is first read, and kept; a fetch that failed is tried again at the next read.
// Must not know: what the bytes mean.

import { type FileEntry, type Folder, missing, tooShort } from './folder.ts'

export type HttpFolderOptions = {
  signal?: AbortSignal
  /** Bytes that have arrived of all files, and the bytes of all files in the list. */
  tell?: (done: number, total: number) => void
}

/** `address` ends with a slash or is taken as if it did; `files` has every file with its size, which is checked. */
export function httpFolder(name: string, address: string, files: readonly FileEntry[], options: HttpFolderOptions = {}): Folder {
  const base = address.endsWith('/') ? address : `${address}/`
  const sizes = new Map(files.map(({ path, bytes }) => [path, bytes]))
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  const fetched = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()
  let arrived = 0

  const arrive = (bytes: number) => {
    arrived += bytes
    options.tell?.(arrived, total)
  }

  function whole(path: string, bytes: number): Promise<Uint8Array<ArrayBuffer>> {
    const known = fetched.get(path)
    if (known) return known
    const address = base + path.split('/').map(encodeURIComponent).join('/')
    const download = fetchWhole(address, bytes, options.signal, arrive).catch((error: unknown) => {
      fetched.delete(path)
      throw error
    })
    fetched.set(path, download)
    return download
  }

  return {
    name,
    list: async () => files,
    read: async (path, from, to) => {
      const bytes = sizes.get(path)
      if (bytes === undefined) throw missing(path)
      if (to > bytes) throw tooShort(path, to, bytes)
      return (await whole(path, bytes)).slice(from, to)
    },
  }
}

/** Throws a plain Error when the server answers with a fault or another number of bytes; what had arrived is then taken back from the count. */
async function fetchWhole(
  address: string,
  expected: number,
  signal: AbortSignal | undefined,
  arrive: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(address, signal ? { signal } : {})
  if (!response.ok || !response.body) throw new Error(`${address} answered ${response.status} ${response.statusText}`.trim())
  const bytes = new Uint8Array(expected)
  let done = 0
  try {
    const reader = response.body.getReader()
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (done + part.value.length > expected) throw new Error(`${address} is longer than ${expected} bytes`)
      bytes.set(part.value, done)
      done += part.value.length
      arrive(part.value.length)
    }
    if (done < expected) throw new Error(`${address} ended after ${done} of ${expected} bytes`)
    return bytes
  } catch (error) {
    arrive(-done)
    throw error
  }
}

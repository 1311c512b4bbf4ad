// A folder on disk, in Node. A file is written under a name of its own first and then renamed, so that what was there
// stays whole until the new file is.
// The only file of this folder that a page cannot load.

import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { missing, tooShort, type WritableFolder } from './folder.ts'

/** `root` need not exist before something is written; it then lists no files. */
export function nodeFolder(root: string): WritableFolder {
  const top = resolve(root)
  return {
    name: basename(top),
    list: () => listFiles(top),
    read: (path, from, to) => readRange(join(top, path), path, from, to),
    write: (path, chunks) => writeWhole(join(top, path), chunks),
  }
}

async function listFiles(top: string) {
  const names = await readdir(top, { withFileTypes: true, recursive: true }).catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return []
    throw error
  })
  const files = await Promise.all(
    names.map(async (entry) => {
      const path = join(entry.parentPath, entry.name)
      // stat and not the entry's own type: the Hub's cache holds its files as links.
      const info = await stat(path).catch(() => null)
      return info?.isFile() ? { path: relative(top, path).split(sep).join('/'), bytes: info.size } : null
    }),
  )
  return files.filter((file) => file !== null)
}

async function readRange(file: string, path: string, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await open(file).catch((error: unknown) => {
    throw isCode(error, 'ENOENT') ? missing(path) : error
  })
  try {
    const { size } = await handle.stat()
    if (to > size) throw tooShort(path, to, size)
    const bytes = new Uint8Array(to - from)
    let done = 0
    while (done < bytes.length) {
      const { bytesRead } = await handle.read(bytes, done, Math.min(bytes.length - done, 1 << 30), from + done)
      if (bytesRead === 0) throw tooShort(path, to, from + done)
      done += bytesRead
    }
    return bytes
  } finally {
    await handle.close()
  }
}

async function writeWhole(file: string, chunks: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const unfinished = join(dirname(file), `.${basename(file)}.${randomUUID()}.part`)
  const handle = await open(unfinished, 'wx')
  try {
    for await (const chunk of chunks) await handle.appendFile(chunk)
    await handle.sync()
    await handle.close()
    await rename(unfinished, file)
  } catch (error) {
    await handle.close().catch(() => undefined)
    await rm(unfinished, { force: true })
    throw error
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

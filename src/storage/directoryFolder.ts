// A folder that a person gave the page leave to use (showDirectoryPicker, or the origin's private file system).
// The browser writes into a copy and swaps it in on close, so a file is there whole or as it was before.
// Must not know: what the bytes mean.

import { type FileEntry, missing, tooShort, type WritableFolder } from './folder.ts'

export function directoryFolder(root: FileSystemDirectoryHandle): WritableFolder {
  return {
    name: root.name,
    list: () => listFiles(root, ''),
    read: async (path, from, to) => {
      const file = await fileAt(root, path)
      if (to > file.size) throw tooShort(path, to, file.size)
      return new Uint8Array(await file.slice(from, to).arrayBuffer())
    },
    write: async (path, chunks) => {
      const { directory, name } = await parentOf(root, path, true)
      const handle = await directory.getFileHandle(name, { create: true })
      const stream = await handle.createWritable()
      try {
        for await (const chunk of chunks) await stream.write(chunk)
        await stream.close()
      } catch (error) {
        await stream.abort().catch(() => undefined)
        throw error
      }
    },
  }
}

async function listFiles(directory: FileSystemDirectoryHandle, prefix: string): Promise<FileEntry[]> {
  const files: FileEntry[] = []
  for await (const [name, handle] of directory.entries()) {
    const path = `${prefix}${name}`
    if (isDirectory(handle)) files.push(...(await listFiles(handle, `${path}/`)))
    else if (isFile(handle)) files.push({ path, bytes: (await handle.getFile()).size })
  }
  return files
}

async function fileAt(root: FileSystemDirectoryHandle, path: string): Promise<File> {
  try {
    const { directory, name } = await parentOf(root, path, false)
    const handle = await directory.getFileHandle(name)
    return await handle.getFile()
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') throw missing(path)
    throw error
  }
}

async function parentOf(root: FileSystemDirectoryHandle, path: string, create: boolean) {
  const parts = path.split('/')
  const name = parts.pop() ?? ''
  let directory = root
  for (const part of parts) directory = await directory.getDirectoryHandle(part, { create })
  return { directory, name }
}

function isDirectory(handle: FileSystemHandle): handle is FileSystemDirectoryHandle {
  return handle.kind === 'directory'
}

function isFile(handle: FileSystemHandle): handle is FileSystemFileHandle {
  return handle.kind === 'file'
}

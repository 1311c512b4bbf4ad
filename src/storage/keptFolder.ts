// A folder whose files are read once and then kept in memory: what comes of it later needs nobody any more, neither disk nor server.
// For small files alone.

import type { Folder } from './folder.ts'

/** @param isKept of a path; the others are read where they are */
export function keptFolder(folder: Folder, isKept: (path: string) => boolean): Folder {
  const kept = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()
  const whole = async (path: string): Promise<Uint8Array<ArrayBuffer>> => {
    const file = (await folder.list()).find((entry) => entry.path === path)
    return folder.read(path, 0, file?.bytes ?? 0)
  }
  const keep = (path: string) => {
    const bytes = whole(path).catch((error: unknown) => {
      kept.delete(path)
      throw error
    })
    kept.set(path, bytes)
    return bytes
  }
  return {
    ...folder,
    read: async (path, from, to) => {
      if (!isKept(path)) return folder.read(path, from, to)
      const bytes = await (kept.get(path) ?? keep(path))
      // A file that is shorter says so itself.
      return to > bytes.length ? folder.read(path, from, to) : bytes.slice(from, to)
    },
  }
}

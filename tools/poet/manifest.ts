// What files.json beside the embedded model says: its files with their sizes, because a static server cannot list a folder.

import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

export const modelFolder = 'public/models/tabtune-poet'

/** What files.json must say. */
export async function manifestOf(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name !== 'files.json').sort()
  const files = await Promise.all(names.map(async (path) => ({ path, bytes: (await stat(join(folder, path))).size })))
  return `${JSON.stringify(files, null, 2)}\n`
}

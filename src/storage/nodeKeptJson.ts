// Small JSON values in the person's cache folder: $XDG_CACHE_HOME/tabtune, or ~/.cache/tabtune.

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { KeptJson } from './keptJson.ts'

export function nodeKeptJson(name: string): KeptJson {
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tabtune')
  const file = join(folder, `${name}.json`)
  return {
    read: async () => {
      try {
        return JSON.parse(await readFile(file, 'utf8'))
      } catch {
        return null
      }
    },
    write: async (value) => {
      try {
        await mkdir(folder, { recursive: true })
        // Whole at once: another process may be reading it.
        const own = `${file}.${process.pid}`
        await writeFile(own, JSON.stringify(value))
        await rename(own, file)
      } catch {
        // A folder that cannot be written to: it is measured again the next time.
      }
    },
  }
}

// Small JSON values in a browser's cache storage, which workers have too. Not there in some private windows.

import type { KeptJson } from './keptJson.ts'

const CACHE = 'tabtune'

/** @param base any address of the page: what is kept belongs to its origin */
export function browserKeptJson(base: string, name: string): KeptJson {
  const address = new URL(`kept/${name}.json`, base).href
  return {
    read: async () => {
      try {
        const found = await (await caches.open(CACHE)).match(address)
        return found ? await found.json() : null
      } catch {
        return null
      }
    },
    write: async (value) => {
      try {
        await (await caches.open(CACHE)).put(address, Response.json(value))
      } catch {
        // No storage: it is measured again the next time.
      }
    },
  }
}

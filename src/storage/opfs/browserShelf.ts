// The shelf in a browser: its own directory in the origin's private file system, Web Locks among tabs, the browser's estimate.
// Must not know: what is kept.

import { ProblemError } from '../../problem/problem.ts'
import { ownLocks, webLocks } from './locks.ts'
import { openShelf, type Shelf } from './shelf.ts'

const directoryName = 'tabtune-shelf'

/** Opens it. Rejects with `shelf.missing` where the browser has no private file system, or keeps the page from it (private windows). */
export async function openBrowserShelf(): Promise<Shelf> {
  const { locks, storage } = navigator
  if (storage?.getDirectory === undefined) throw shelfMissing('no private file system')
  try {
    const root = await (await storage.getDirectory()).getDirectoryHandle(directoryName, { create: true })
    return await openShelf({
      root,
      locks: locks === undefined ? ownLocks() : webLocks(locks),
      estimate: () => storage.estimate(),
      now: () => new Date(),
    })
  } catch (error) {
    throw shelfMissing(error instanceof Error ? error.message : String(error))
  }
}

function shelfMissing(reason: string): ProblemError {
  return new ProblemError({ code: 'shelf.missing', values: { reason: reason.replace(/\.$/, '') }, where: '' })
}

// How much may still be written, known before anything is: by the browser's estimate first, and then by asking for a file of the whole size,
// because Chromium's estimate always promises 10 GiB more than is used. Such a file is all hole: it takes a moment and no place on the disk.
// Must not know: what is kept.

import { ProblemError } from '../../problem/problem.ts'
import { isFull, type OpfsDirectory, remove, type SyncAccess } from './directory.ts'

/** Bytes that the page holds (all of its storage), and that it may still write; null where the browser does not say. */
export type Room = { used: number; free: number } | null

/** The browser's own estimate (navigator.storage.estimate). */
export type Estimate = () => Promise<{ usage?: number; quota?: number }>

/** Left free beside what is written: directories and notes take room as well. */
const reserve = 256 * 1024
const trialFile = 'trial-of-room'

export async function roomOf(estimate: Estimate): Promise<Room> {
  const { usage, quota } = await estimate()
  return usage === undefined || quota === undefined ? null : { used: usage, free: Math.max(0, quota - usage) }
}

/** How many of so many bytes, and of the reserve beside them, can be had by the browser's estimate. */
export async function estimatedRoom(estimate: Estimate, bytes: number): Promise<number> {
  const room = await roomOf(estimate)
  return Math.min(bytes + reserve, room?.free ?? Number.POSITIVE_INFINITY)
}

/** The same, tried out in a directory of the caller's own; all of them where that cannot be tried. */
export async function triedRoom(directory: OpfsDirectory, bytes: number): Promise<number> {
  const wanted = bytes + reserve
  try {
    const file = await directory.getFileHandle(trialFile, { create: true })
    const access = await file.createSyncAccessHandle?.()
    if (access === undefined) return wanted
    try {
      return largestThatFits(access, wanted)
    } finally {
      access.close()
    }
  } finally {
    await remove(directory, trialFile)
  }
}

/** `shelf.full` where fewer bytes can be had than so many with the reserve. */
export function expectRoom(bytes: number, had: number, name: string): void {
  if (had < bytes + reserve) throw shelfFull(bytes + reserve, had, name)
}

export function shelfFull(needed: number, free: number, name: string): ProblemError {
  return new ProblemError({ code: 'shelf.full', values: { needed, free }, where: name })
}

/** By halving, to a thousandth of what is wanted. */
function largestThatFits(access: SyncAccess, wanted: number): number {
  if (fits(access, wanted)) return wanted
  let [low, high] = [0, wanted]
  while (high - low > wanted / 1000) {
    const middle = Math.floor((low + high) / 2)
    if (fits(access, middle)) low = middle
    else high = middle
  }
  return low
}

/** A file in memory (a private window) may stay as long as it was, without a word. */
function fits(access: SyncAccess, bytes: number): boolean {
  try {
    access.truncate(bytes)
    return access.getSize() === bytes
  } catch (error) {
    if (isFull(error)) return false
    throw error
  }
}

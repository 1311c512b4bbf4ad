// How much may still be written: what the browser says of its private file system, asked before anything is written.
// Must not know: what is kept.

import { ProblemError } from '../../problem/problem.ts'

/** Bytes that the page holds (all of its storage), and that it may still write; null where the browser does not say. */
export type Room = { used: number; free: number } | null

/** The browser's own estimate (navigator.storage.estimate). */
export type Estimate = () => Promise<{ usage?: number; quota?: number }>

/** Left free beside what is written: directories and notes take room as well. */
const reserve = 256 * 1024

export async function roomOf(estimate: Estimate): Promise<Room> {
  const { usage, quota } = await estimate()
  return usage === undefined || quota === undefined ? null : { used: usage, free: Math.max(0, quota - usage) }
}

/** Rejects with `shelf.full`, which says how much is missing, when `bytes` cannot be written. */
export async function expectRoom(estimate: Estimate, bytes: number, name: string): Promise<void> {
  const room = await roomOf(estimate)
  if (room !== null && bytes + reserve > room.free) throw shelfFull(bytes + reserve, room.free, name)
}

export function shelfFull(needed: number, free: number, name: string): ProblemError {
  return new ProblemError({ code: 'shelf.full', values: { needed, free }, where: name })
}

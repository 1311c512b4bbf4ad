// What the shelf stands on: a directory, locks, the browser's word on the room left, and a clock. A test gives its own.

import type { OpfsDirectory } from './directory.ts'
import type { Locks } from './locks.ts'
import type { Estimate } from './room.ts'

export type ShelfHost = {
  /** The directory that is the shelf's alone. */
  root: OpfsDirectory
  locks: Locks
  estimate: Estimate
  now: () => Date
}

/** The lock of one entry's writer. */
export const lockOf = (id: string) => `tabtune-shelf-${id}`

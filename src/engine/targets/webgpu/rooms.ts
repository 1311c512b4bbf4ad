// A call's workspace, handed out piece by piece.

import { OFFSET_BYTES, type Place } from './dispatch.ts'

export type Rooms = {
  /** The next piece that is free. */
  take: (bytes: number) => Place
  /** Bytes of all pieces: what a layout's rule says of a call whose dispatches were made for no place in particular. */
  taken: () => number
}

export function roomsOf({ buffer, offset }: Place): Rooms {
  let taken = 0
  return {
    take: (bytes) => {
      const place = { buffer, offset: offset + taken, bytes }
      taken += Math.ceil(bytes / OFFSET_BYTES) * OFFSET_BYTES
      return place
    },
    taken: () => taken,
  }
}

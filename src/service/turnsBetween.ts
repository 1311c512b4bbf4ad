// A reader whose passes end at once keeps the event loop to itself: every wait in it is over before a message is looked at.
// This one lets messages in while it writes, so that scoring and sampling hear that they are to stop.

import type { OpenReader } from '../sft/reader.ts'
import { nextTurn } from './turn.ts'

/** Milliseconds of reading before the event loop has its turn: about a frame, because a turn costs something too. */
const LONGEST_MS = 16

/** The same reader, with turns of the event loop between its passes. */
export function turnsBetween(open: OpenReader): OpenReader {
  return async (model, shape) => {
    const reader = await open(model, shape)
    let turnedMs = performance.now()
    return {
      read: async (ids) => {
        const logits = await reader.read(ids)
        if (performance.now() - turnedMs >= LONGEST_MS) {
          await nextTurn()
          turnedMs = performance.now()
        }
        return logits
      },
      dispose: () => reader.dispose(),
    }
  }
}

// Lets long reading share its thread: about every 20 ms it steps back, so that messages are answered, progress is told and a cancel is heard.
// Must not know: what is being read.

import { ProblemError } from '../../problem/problem.ts'

export type Pacer = {
  /** Called often, with the fraction of this part of the work that is done. null while there is time; otherwise to be awaited. */
  due: (fraction: number) => Promise<void> | null
  /** A part of this work, from one fraction of it to another. */
  part: (from: number, to: number) => Pacer
}

/** Milliseconds at a stretch: a little more than one frame. */
const stretchMs = 20

/** `tell` hears bytes of `bytes`, never fewer than before. Cancelling makes `due` reject with the ProblemError run.cancelled. */
export function createPacer(
  bytes: number,
  { tell, signal }: { tell?: (done: number, total: number) => void; signal?: AbortSignal },
): Pacer {
  let rested = performance.now()
  let told = 0

  const rest = async (fraction: number) => {
    stopIfCancelled(signal)
    told = Math.max(told, Math.round(fraction * bytes))
    tell?.(told, bytes)
    await new Promise((resolve) => setTimeout(resolve))
    stopIfCancelled(signal)
    rested = performance.now()
  }
  const part = (from: number, to: number): Pacer => ({
    due: (fraction) => (performance.now() - rested < stretchMs ? null : rest(from + (to - from) * fraction)),
    part: (innerFrom, innerTo) => part(from + (to - from) * innerFrom, from + (to - from) * innerTo),
  })
  return part(0, 1)
}

export function stopIfCancelled(signal: AbortSignal | undefined) {
  if (signal?.aborted) throw new ProblemError({ code: 'run.cancelled', values: { what: 'reading' }, where: '' })
}

// How fast bytes come, and how long the rest takes: over the last seconds, because a connection's first ones say little of its later ones.
// Must not know: what the bytes are of.

const windowMs = 10_000
const leastMs = 1000

export type Pace = { bytesPerSecond: number | null; secondsLeft: number | null }

/** `now` in milliseconds. Bytes that were held before the first call are not counted as fast. */
export function startPace(now: () => number) {
  let samples: { atMs: number; done: number }[] = []
  return (done: number, total: number): Pace => {
    const atMs = now()
    // What was dropped and is fetched anew would count as slower than nothing.
    if (samples.some((sample) => sample.done > done)) samples = []
    const isFresh = (_: unknown, i: number) => atMs - (samples[i + 1]?.atMs ?? atMs) < windowMs
    samples = [...samples.filter(isFresh), { atMs, done }]
    const [from] = samples
    if (from === undefined || atMs - from.atMs < leastMs) return { bytesPerSecond: null, secondsLeft: null }
    const bytesPerSecond = ((done - from.done) * 1000) / (atMs - from.atMs)
    return { bytesPerSecond, secondsLeft: bytesPerSecond > 0 ? (total - done) / bytesPerSecond : null }
  }
}

// Pseudo-random numbers from a seed, the same on every machine: the order of the records, sampling, fresh weights.
// The generator is Mulberry32 (Tommy Ettinger 2017, public domain), small and good enough for all three.

/** Uniform numbers in [0, 1), 32 bits each. */
export function uniformNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Normal numbers of mean 0 and deviation 1 (Box & Muller 1958). */
export function normalNumbers(seed: number): () => number {
  const uniform = uniformNumbers(seed)
  let spare: number | null = null
  return () => {
    if (spare !== null) {
      const value = spare
      spare = null
      return value
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()))
    const angle = 2 * Math.PI * uniform()
    spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
}

/** So many normal numbers are drawn from. */
const DRAWN = 65_536
let drawn: Float32Array<ArrayBuffer> | null = null

/**
 * Numbers of about mean 0 and deviation 1 for models of half a billion of them, which `normalNumbers` would take a minute for:
 * drawn from a table of normal ones by Marsaglia's xorshift (2003).
 */
export function drawnNumbers(seed: number): () => number {
  const normal = normalNumbers(1)
  const table = drawn ?? Float32Array.from({ length: DRAWN }, () => normal())
  drawn = table
  let state = 1 + Math.floor(uniformNumbers(seed)() * 0x7fff_fffe)
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return table[state & (DRAWN - 1)] ?? 0
  }
}

/** The numbers 0 … count − 1 in a random order (Fisher & Yates). */
export function shuffledIndices(count: number, seed: number): number[] {
  const uniform = uniformNumbers(seed)
  const order = Array.from({ length: count }, (_, at) => at)
  for (let at = count - 1; at > 0; at--) {
    const other = Math.floor(uniform() * (at + 1))
    const here = order[at] ?? 0
    order[at] = order[other] ?? 0
    order[other] = here
  }
  return order
}

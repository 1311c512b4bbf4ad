// A seeded source of chance, so that the corpus can be made again byte for byte.
// Nothing here is fit for secrets; it only has to be even, small and the same on every machine.

export type Random = {
  /** A number in [0, 1). */
  next: () => number
  /** One of the items, each equally likely. Throws on an empty list. */
  pick: <T>(items: readonly T[]) => T
  /** True with the given probability. */
  chance: (probability: number) => boolean
}

/** Mulberry32 (Tommy Ettinger's public-domain generator): 32 bits of state, integer arithmetic only. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }

  function pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(next() * items.length)]
    if (item === undefined) throw new Error('pick needs at least one item')
    return item
  }

  return { next, pick, chance: (probability) => next() < probability }
}

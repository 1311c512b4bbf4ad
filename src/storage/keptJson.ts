// A small JSON value that outlives a visit: what was measured once and need not be measured again.
// It is worth little, so where it cannot be kept it is simply not there the next time.

export type KeptJson = {
  /** Null where nothing is kept, or what is there cannot be read. */
  read: () => Promise<unknown>
  write: (value: unknown) => Promise<void>
}

/** Kept as long as this process lives. */
export function keptInMemory(): KeptJson {
  let kept: unknown = null
  return {
    read: async () => kept,
    write: async (value) => {
      kept = value
    },
  }
}

// One writer at a time for each entry of the shelf, also among tabs: over Web Locks, which end with the tab that holds them,
// so that what a closed tab left half-written can be told from what another tab is writing.
// Must not know: what is locked.

export type Locks = {
  /** Waits for a lock. Returns what gives it back. */
  hold: (name: string) => Promise<() => void>
  /** Takes a lock if nobody holds it; null otherwise. */
  holdIfFree: (name: string) => Promise<(() => void) | null>
}

/** Over Web Locks. */
export function webLocks(manager: LockManager): Locks {
  const hold = (name: string, ifAvailable: boolean) =>
    new Promise<(() => void) | null>((granted, refused) => {
      manager
        .request(name, { ifAvailable }, (lock) => {
          if (lock === null) return granted(null)
          return new Promise<void>((release) => granted(release))
        })
        .catch(refused)
    })
  return {
    hold: async (name) => (await hold(name, false)) ?? (() => undefined),
    holdIfFree: (name) => hold(name, true),
  }
}

/** Within one process, where there are no Web Locks. */
export function ownLocks(): Locks {
  const held = new Map<string, Promise<void>>()
  const take = (name: string) => {
    const { promise, resolve } = deferred()
    held.set(name, promise)
    return () => {
      held.delete(name)
      resolve()
    }
  }
  return {
    hold: async (name) => {
      for (let holder = held.get(name); holder !== undefined; holder = held.get(name)) await holder
      return take(name)
    },
    holdIfFree: async (name) => (held.has(name) ? null : take(name)),
  }
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

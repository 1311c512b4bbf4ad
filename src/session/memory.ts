// What is remembered: from visit to visit in the browser's storage, or through a reload in the tab's.
// Storage may be blocked or full; then nothing is remembered, and nothing else happens.

/** Keeps `value` (anything JSON can say) under `key` for the next visits. */
export function remember(key: string, value: unknown) {
  attempt(() => localStorage.setItem(key, JSON.stringify(value)))
}

/** What was kept under `key`; undefined if nothing was. To be checked before use: it may be of an older version. */
export function recall(key: string): unknown {
  return attempt(() => parsed(localStorage.getItem(key)))
}

/** Keeps `value` under `key` as long as the tab is there; what cannot be kept (too large) leaves nothing older behind. */
export function rememberInTab(key: string, value: unknown) {
  forgetInTab(key)
  attempt(() => sessionStorage.setItem(key, JSON.stringify(value)))
}

export function recallInTab(key: string): unknown {
  return attempt(() => parsed(sessionStorage.getItem(key)))
}

export function forgetInTab(key: string) {
  attempt(() => sessionStorage.removeItem(key))
}

function parsed(text: string | null): unknown {
  return text === null ? undefined : JSON.parse(text)
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

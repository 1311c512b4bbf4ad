// What is remembered from visit to visit: small JSON values in the browser's own storage.
// Storage may be blocked or full; then nothing is remembered, and nothing else happens.

/** Keeps `value` (anything JSON can say) under `key`. */
export function remember(key: string, value: unknown) {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // Blocked, full, or not there: the visit goes on without.
  }
}

/** What was kept under `key`; undefined if nothing was. To be checked before use: it may be of an older version. */
export function recall(key: string): unknown {
  try {
    const text = localStorage.getItem(key)
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

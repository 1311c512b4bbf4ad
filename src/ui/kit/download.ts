// Hands a file to the person as a download. Does nothing if it was written into their folder already.

import type { SavedFile } from '../../protocol/model.ts'

export function download({ name, content }: SavedFile) {
  if (content === null) return
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has begun reading by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

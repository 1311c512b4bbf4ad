// Hands a file to the person as a download of the browser.

/** `name` is what the browser proposes; it replaces what file systems do not take. */
export function downloadFile(name: string, content: Blob) {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser reads the address after the click; it is given a while before the memory is let go.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** Text as a download, in UTF-8. */
export function downloadText(name: string, text: string, type: 'application/json' | 'text/csv' | 'text/plain') {
  downloadFile(name, new Blob([text], { type: `${type};charset=utf-8` }))
}

// Whether this Node can run the project. Written in the oldest words of the language, and imported before anything
// else, so that an old Node says one sentence instead of a syntax error.

/** What is wrong with a Node version such as "18.20.4", as one sentence; null when nothing is. @param {string} version */
export function nodeFault(version) {
  const parts = version.split('.').map(Number)
  const major = parts[0] || 0
  const minor = parts[1] || 0
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22) return null
  return (
    'Tabtune needs Node.js 20.19 or newer (of 22: 22.12 or newer), and this is ' +
    version +
    ': install it from nodejs.org and run the command again.'
  )
}

/** Ends the process with one sentence if this Node cannot run the project. */
export function requireNode() {
  const fault = nodeFault(process.versions.node)
  if (fault === null) return
  console.error(fault)
  process.exit(1)
}

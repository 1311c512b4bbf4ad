// `npm test`: sets up what the tests need, runs all of them in order, and ends with `N passed, N failed`.
// One failure does not stop the rest. Types, lint, house and dead code count as one check each; the others by their tests.
// Works on a fresh checkout: imports nothing but Node's own modules before the packages are there.

import { requireNode } from './setup/node.mjs'

requireNode()
import('./test/all.mjs')
  .then(({ runAll }) => runAll())
  .then((failed) => process.exit(failed === 0 ? 0 : 1))
  .catch((error) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  })

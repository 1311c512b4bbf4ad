// Finds the reference numbers that tests compare with. They lie beside the checkout, not in it, because of their size and their licences.
// Where CI is set they must be there; on a lone clone the tests that need them are skipped, and say so.

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'shared', 'golden')

/**
 * The folder of reference numbers, or null where there is none: `describe.skipIf(goldenFolder() === null)`.
 * Throws where CI is set and the folder is missing, so that no test is skipped there unseen.
 */
export function goldenFolder(): string | null {
  if (existsSync(folder)) return folder
  if (process.env.CI) throw new Error(`The reference numbers are missing: ${folder}`)
  console.warn(`Skipped: the reference numbers are not beside this checkout (${folder}).`)
  return null
}

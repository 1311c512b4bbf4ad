// Installs the packages that package-lock.json names, when they are not there as it names them.
// Compares what npm wrote down when it installed, not dates: a fresh checkout makes every file look new.

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockedPackage
 * @typedef {Readonly<Record<string, LockedPackage>>} LockedPackages
 */

/** The packages of a lock file, or null if it cannot be read. @param {string} path @returns {LockedPackages | null} */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return null
  }
}

/**
 * How many packages are missing or of another version than wanted. Optional ones (for other systems) may be missing.
 * @param {LockedPackages} wanted from package-lock.json
 * @param {LockedPackages | null} installed from what npm keeps in node_modules
 */
export function packagesMissing(wanted, installed) {
  let missing = 0
  for (const [path, { version, optional }] of Object.entries(wanted)) {
    if (path === '') continue
    const found = installed === null ? undefined : installed[path]
    if (found === undefined ? !optional : found.version !== version) missing += 1
  }
  return missing
}

/** Runs `npm ci` when packages are missing. Says so on standard error, which is not a command's result; throws an Error with a sentence when it fails. */
export function installPackages() {
  const wanted = readLock(join(root, 'package-lock.json'))
  if (wanted === null) throw new Error('package-lock.json is missing or damaged: get it from the repository again.')
  const missing = packagesMissing(wanted, readLock(join(root, 'node_modules', '.package-lock.json')))
  if (missing === 0) return
  console.error(`Packages: installing ${missing} with npm; this happens once and takes about a minute.`)
  const started = Date.now()
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['inherit', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    throw new Error('The packages could not be installed: npm says why above. Is the network there? Then run the command again.')
  }
  console.error(`Packages: installed in ${Math.round((Date.now() - started) / 1000)} s.`)
}

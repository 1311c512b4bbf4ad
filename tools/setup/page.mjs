// Builds the page into dist/page when a source has changed since the last build, and only then.
// Remembers the sources it built from by name, size and date in .cache/, so that a deleted file counts as a change too.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const sources = ['index.html', 'vite.config.ts', 'tools/vite', 'tools/kernels', 'package-lock.json', 'src', 'public']
const stampFile = join(root, '.cache', 'page.stamp')

/** Where the built page is: a plain static folder. */
export const pageFolder = join(root, 'dist', 'page')

/** One line a file: name, size, date. @param {string} path below the root @returns {string[]} */
function describe(path) {
  const full = join(root, path)
  if (!existsSync(full)) return []
  const info = statSync(full)
  if (info.isDirectory())
    return readdirSync(full)
      .sort()
      .flatMap((name) => describe(join(path, name)))
  return /\.test\.tsx?$/.test(path) ? [] : [`${path} ${info.size} ${info.mtimeMs}`]
}

function stampOfSources() {
  return createHash('sha256').update(sources.flatMap(describe).join('\n')).digest('hex')
}

/** Builds the page if need be. Packages must be installed. Throws an Error with what the bundler said. */
export function buildPage() {
  const stamp = stampOfSources()
  const built = existsSync(join(pageFolder, 'index.html')) && existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : ''
  if (built === stamp) return
  console.log('Page: building …')
  const started = Date.now()
  // A process of its own: under a test runner NODE_ENV is not production, and the page would be built for development.
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const environment = { ...process.env, NODE_ENV: 'production' }
  const options = { cwd: root, env: environment, encoding: /** @type {const} */ ('utf8') }
  const { status, stdout, stderr } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], options)
  if (status !== 0) throw new Error(`The page could not be built:\n${stdout}${stderr}`)
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, stamp)
  console.log(`Page: built in ${((Date.now() - started) / 1000).toFixed(1)} s.`)
}

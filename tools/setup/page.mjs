// Builds the page into dist/page when a source has changed since the last build, and only then.
// Remembers the sources it built from by name, size and date in .cache/, so that a deleted file counts as a change too.

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const sources = ['index.html', 'vite.config.ts', 'tools/vite', 'package-lock.json', 'src', 'public']
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

/** Builds the page if need be. Packages must be installed. Rejects with the bundler's Error. */
export async function buildPage() {
  const stamp = stampOfSources()
  const built = existsSync(join(pageFolder, 'index.html')) && existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : ''
  if (built === stamp) return
  console.log('Page: building …')
  const started = Date.now()
  const { build } = await import('vite')
  await build({ root, logLevel: 'warn' })
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, stamp)
  console.log(`Page: built in ${((Date.now() - started) / 1000).toFixed(1)} s.`)
}

// Whether what was made from sources is still what they make, told by their content; and files that are there whole or not at all,
// because several processes may want the same ones at the same time.
// Must not know: what is made.

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
export const outFolder = join(root, 'dist', 'kernels')

/** Every file below a folder whose name matches, in order. @param {string} folder @param {RegExp} name @returns {string[]} */
export function sourcesIn(folder, name) {
  const files = readdirSync(folder, { withFileTypes: true }).flatMap((file) => {
    const path = join(folder, file.name)
    if (file.isDirectory()) return sourcesIn(path, name)
    return name.test(path) ? [path] : []
  })
  return files.sort()
}

/** Changes with each of the files. @param {readonly string[]} files */
export function stampOf(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

/** @param {readonly string[]} files what was made @param {string} stampFile @param {string} stamp of the sources now */
export function isFresh(files, stampFile, stamp) {
  return [...files, stampFile].every((file) => existsSync(file)) && readFileSync(stampFile, 'utf8') === stamp
}

/** @param {string} file @param {string | Uint8Array} content */
export function writeWhole(file, content) {
  mkdirSync(dirname(file), { recursive: true })
  const ownFile = `${file}.${process.pid}`
  writeFileSync(ownFile, content)
  renameSync(ownFile, file)
}

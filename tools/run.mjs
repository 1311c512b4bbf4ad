// Runs a TypeScript file of this project in Node: `node tools/run.mjs tools/poet/pretrain.ts --seed 1`.
// The bundler that makes the page also makes this, so shaders and styles come in alike everywhere.
// The bundle is kept in .cache/ and made again only when a source is newer than it.

import { existsSync, readdirSync, renameSync, statSync, utimesSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildKernels } from './kernels/build.mjs'
import { requireNode } from './setup/node.mjs'
import { installPackages } from './setup/packages.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Milliseconds of the newest change below a folder. @param {string} folder @returns {number} */
function newestChange(folder) {
  let newest = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    const changed = entry.isDirectory() ? newestChange(path) : statSync(path).mtimeMs
    if (changed > newest) newest = changed
  }
  return newest
}

/** Bundles `entry` (a path below the root) and returns the path of the module that Node can import. @param {string} entry */
export async function bundle(entry) {
  const name = entry.replace(/\.tsx?$/, '').replaceAll(/[\\/]/g, '-')
  const outFile = join(root, '.cache', 'run', `${name}.mjs`)
  const folders = ['src', 'tools/kernels', dirname(entry)].map((folder) => join(root, folder)).filter(existsSync)
  const newest = Math.max(statSync(join(root, 'package.json')).mtimeMs, ...folders.map(newestChange))
  if (existsSync(outFile) && statSync(outFile).mtimeMs > newest) return outFile
  await buildKernels()
  const startedAt = new Date()
  const ownFile = join(dirname(outFile), `${name}.${process.pid}.mjs`)
  const { build } = await import('vite')
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: join(root, entry),
      outDir: dirname(outFile),
      emptyOutDir: false,
      target: 'node20',
      sourcemap: 'inline',
      rollupOptions: { output: { entryFileNames: basename(ownFile), codeSplitting: false } },
    },
  })
  // Whole at once, because another run may be reading it; as old as its sources, because one may have changed meanwhile.
  utimesSync(ownFile, startedAt, startedAt)
  renameSync(ownFile, outFile)
  return outFile
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [entry, ...rest] = process.argv.slice(2)
  if (!entry) {
    console.error('usage: node tools/run.mjs FILE.ts [arguments]')
    process.exit(2)
  }
  requireNode()
  installPackages()
  const file = await bundle(entry)
  process.argv = [process.execPath, file, ...rest]
  await import(pathToFileURL(file).href)
}

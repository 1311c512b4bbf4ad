// Compiles the CPU kernels, AssemblyScript beside each op, into dist/kernels: one binary for plain SIMD, one for relaxed SIMD,
// and beside them the script that runs them in a thread.
// Does so only when a source has changed since the last time, told by content: asking costs a few milliseconds, compiling some seconds.
// Must not know: what a kernel computes.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isFresh, outFolder, root, sourcesIn, stampOf, writeWhole } from './stamp.mjs'
import { buildThread } from './thread.mjs'

const entry = 'src/engine/targets/cpu/kernels.as.ts'
const stampFile = join(outFolder, 'sources.sha256')

/** What the kernels ask of an engine. Memory is imported and shared, for the threads; its first 64 KiB are the module's own. */
const flags = [
  ['--enable', 'simd', '--enable', 'threads'],
  [
    '--importMemory',
    '--noExportMemory',
    '--sharedMemory',
    '--initialMemory',
    '1',
    '--maximumMemory',
    '65536',
    '--memoryBase',
    '1024',
  ],
  ['--runtime', 'stub', '--noAssert', '--use', 'abort='],
  ['-O3', '--converge', '--disableWarning', '112'],
].flat()

/** @type {Readonly<Record<string, readonly string[]>>} */
const binaries = { plain: [], relaxed: ['--enable', 'relaxed-simd'] }

/** @param {string} name */
const binaryFile = (name) => join(outFolder, `${name}.wasm`)

/** Compiles one binary; throws an Error with what the compiler said. @param {string} name @param {readonly string[]} ownFlags */
async function compile(name, ownFlags) {
  const { main } = await import('assemblyscript/asc')
  /** @type {Uint8Array | null} */
  let binary = null
  const { error, stderr } = await main([entry, '--outFile', name, ...flags, ...ownFlags], {
    readFile: (file) => {
      const path = join(root, file)
      return existsSync(path) ? readFileSync(path, 'utf8') : null
    },
    writeFile: (_, contents) => {
      if (typeof contents !== 'string') binary = contents
    },
    listFiles: () => null,
  })
  if (error || binary === null) throw new Error(`The kernels could not be compiled:\n${stderr.toString()}`)
  writeWhole(binaryFile(name), binary)
}

async function buildBinaries() {
  const compiler = join(root, 'node_modules', 'assemblyscript', 'package.json')
  const stamp = stampOf([...sourcesIn(join(root, 'src', 'engine'), /\.as\.ts$/), compiler, import.meta.filename])
  if (isFresh(Object.keys(binaries).map(binaryFile), stampFile, stamp)) return
  for (const [name, ownFlags] of Object.entries(binaries)) await compile(name, ownFlags)
  writeWhole(stampFile, stamp)
}

/** Makes what is missing or older than its sources. Packages must be installed. */
export async function buildKernels() {
  await buildBinaries()
  await buildThread()
}

if (process.argv[1] === import.meta.filename) await buildKernels()

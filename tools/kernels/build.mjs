// Compiles the CPU kernels, AssemblyScript beside each op, into dist/kernels: one binary for plain SIMD, one for relaxed SIMD.
// Does so only when a source has changed since the last time, told by content: asking costs a few milliseconds, compiling some seconds.
// Must not know: what a kernel computes.

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const entry = 'src/engine/targets/cpu/kernels.as.ts'
const outFolder = join(root, 'dist', 'kernels')
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

/** Every AssemblyScript source below a folder. @param {string} folder @returns {string[]} */
function sourcesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((file) => {
    const path = join(folder, file.name)
    if (file.isDirectory()) return sourcesIn(path)
    return path.endsWith('.as.ts') ? [path] : []
  })
}

/** Changes with each source, with this file and with the compiler. */
function stampOfSources() {
  const compiler = join(root, 'node_modules', 'assemblyscript', 'package.json')
  const files = [...sourcesIn(join(root, 'src', 'engine')).sort(), fileURLToPath(import.meta.url), compiler]
  const hash = createHash('sha256')
  for (const file of files) hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

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
  // Whole at once, because another process may be reading it.
  const ownFile = `${binaryFile(name)}.${process.pid}`
  writeFileSync(ownFile, binary)
  renameSync(ownFile, binaryFile(name))
}

/** Makes the binaries if they are missing or older than their sources. Packages must be installed. */
export async function buildKernels() {
  const stamp = stampOfSources()
  const built = Object.keys(binaries).every((name) => existsSync(binaryFile(name)))
  if (built && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  mkdirSync(outFolder, { recursive: true })
  for (const [name, ownFlags] of Object.entries(binaries)) await compile(name, ownFlags)
  writeFileSync(stampFile, stamp)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildKernels()

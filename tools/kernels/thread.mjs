// Bundles what a thread of the CPU target runs into one script, dist/kernels/thread.js, which lies beside the kernels' binaries:
// a worker wants an address, and page, tests and command line each load it the way they load those.
// Must not know: what a thread does.

import { join } from 'node:path'
import { isFresh, outFolder, root, sourcesIn, stampOf, writeWhole } from './stamp.mjs'

const entry = 'src/engine/targets/cpu/thread.ts'
const file = join(outFolder, 'thread.js')
const stampFile = join(outFolder, 'thread.sha256')

/** Makes the script if it is missing or older than the engine's sources. Packages must be installed. */
export async function buildThread() {
  const sources = sourcesIn(join(root, 'src', 'engine'), /(?<!\.(as|test))\.ts$/)
  const stamp = stampOf([...sources, join(root, 'node_modules', 'vite', 'package.json'), import.meta.filename])
  if (isFresh([file], stampFile, stamp)) return
  const { build } = await import('vite')
  const bundles = await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: { write: false, target: 'es2023', minify: true, rollupOptions: { input: join(root, entry) }, modulePreload: false },
  })
  const outputs = [bundles].flat().flatMap((bundle) => ('output' in bundle ? bundle.output : []))
  const [chunk, ...others] = outputs
  if (chunk?.type !== 'chunk' || others.length > 0) throw new Error(`${entry} is more than one script`)
  writeWhole(file, chunk.code)
  writeWhole(stampFile, stamp)
}

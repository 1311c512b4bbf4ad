// Measures what a person waits for, in one run on one machine, and writes docs/benchmarks.md, but what that says of GPUs:
//   npm run bench [-- --skip-cpu]
// The page in a real browser (opening, first step, from Train to the verdict), tokens a second on each backend, and the size of the page.
// The figures are of this machine at this moment: compare those of one run with one another, never with another run's.

import { readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { type BackendSpeed, measureBackends } from './backends.ts'
import { processor } from './machine.ts'
import { measurePage, type PageTimes } from './page.ts'
import { measureSizes, type PageSizes } from './sizes.ts'

const { values: options } = parseArgs({ options: { 'skip-cpu': { type: 'boolean', default: false } } })

const GPU_HEADING = '## On a GPU'

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`

async function report(sizes: PageSizes, page: PageTimes, backends: readonly BackendSpeed[]): Promise<string> {
  const model = await processor()
  return `# Benchmarks

Made by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${model}, ${cpus().length} cores, Node ${process.versions.node}, no GPU.
Times drift from run to run on a shared machine; the figures of one table belong together. The plan beside other engines, by shape: [engines.md](engines.md) on the CPU, [engines-webgpu.md](engines-webgpu.md) on WebGPU.

## What a person waits for

The built page in headless Chromium ${page.browser}, served on this machine with cross-origin isolation; the backend is ${page.backend}.

| from | to | time |
| --- | --- | --- |
| opening the page, browser cache warm | the embedded model is ready | ${seconds(page.readyMs)} |
| opening the page, browser cache warm | the first training step, pressing "Try the demo" and Train at once (${seconds(page.baseScoreMs)} of it is the base model answering every record first) | ${seconds(page.firstStepMs)} |
| pressing Train (preset "First minute", Chinese poems) | the verdict over all records | ${seconds(page.verdictMs)} |

## Size of the page, gzip

| what | size |
| --- | --- |
| JavaScript and styles up to the first paint | ${kilobytes(sizes.firstPaint)} |
| the engine's worker, loaded after | ${kilobytes(sizes.worker)} |
| the wasm binary that is taken (SIMD, threads) | ${kilobytes(sizes.wasm)} |

## Tokens a second by backend

The embedded model on the Chinese demo poems: full fine-tuning in batches of 8 (real tokens, without padding), and greedy decoding of 28 prompts in one batch over the key/value cache. On the command line, one thread.

| backend | adapter | training, tokens/s | decoding, tokens/s |
| --- | --- | --- | --- |
${backends.map(({ backend, adapter, training, decoding }) => `| ${backend} | ${adapter === '' ? 'none' : adapter} | ${training.toFixed(0)} | ${decoding.toFixed(0)} |`).join('\n')}
`
}

const sizes = await measureSizes()
const page = await measurePage()
const backends = await measureBackends(options['skip-cpu'] ? ['wasm', 'webgpu'] : ['wasm', 'cpu', 'webgpu'])
// Measured on another machine, and kept.
const [, onGpus = ''] = (await readFile('docs/benchmarks.md', 'utf8')).split(`\n${GPU_HEADING}\n`)
await writeFile('docs/benchmarks.md', `${await report(sizes, page, backends)}\n${GPU_HEADING}\n${onGpus}`)
console.log(JSON.stringify({ sizes, page, backends }, null, 2))
process.exit(0)

// The real shape, here: makes a checkpoint of exactly Qwen2.5-0.5B's shape with random weights and has this project load it, probe it, train it
// with LoRA, write with it, save its adapter and merge it, on the CPU's kernels and where there is one on the GPU's. Writes docs/large-models.md.
//   npm run test:large [-- --clean] [--no-gpu]
// Each check is a process of its own, so that its memory is its own. --clean takes the checkpoint away at the end (1 GB, below .cache).

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { findBrowser } from '../setup/browser.mjs'
import { nameVulkanDriver, vulkanDrivers } from '../setup/vulkan.mjs'
import { makeCheckpoint } from './checkpoint.ts'
import { run, tabtune } from './child.ts'
import { differencesOf } from './differences.ts'
import { type Check, failuresOf, largePage } from './page.ts'
import { writeTokens } from './tokens.ts'

const { values: options } = parseArgs({
  options: {
    clean: { type: 'boolean', default: false },
    'no-gpu': { type: 'boolean', default: false },
    tokenizer: { type: 'string', default: '../shared/golden/qwen2-tokenizer' },
  },
})

const FOLDER = '.cache/large'
const MODEL = join(FOLDER, 'qwen2.5-0.5b-random')
const at = (name: string) => join(FOLDER, name)

const loadingSchema = v.object({ growth: v.number(), machine: v.number(), seconds: v.number() })
const browserSchema = v.object({ growth: v.number(), openedSeconds: v.number(), seconds: v.number() })
const stepSchema = v.object({ step: v.number(), loss: v.number(), tokensPerSecond: v.number() })
const writtenSchema = v.object({ ids: v.array(v.number()), tokensPerSecond: v.number() })

const checks: Check[] = []
function said(check: Check) {
  checks.push(check)
  console.log(`${check.place.padEnd(8)} ${check.what}: ${check.came}${check.holds ? '' : `   NOT ${check.wanted}`}`)
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`
const peak = (place: string, what: string, bytes: number, most: number) =>
  said({
    place,
    what: `peak resident memory, ${what}`,
    wanted: `below ${megabytes(most)}`,
    came: megabytes(bytes),
    holds: bytes < most,
  })

type Place = { name: string; device: readonly string[]; isGpu: boolean }
const cpu: Place = { name: 'wasm', device: ['--backend', 'wasm', '--threads', '2'], isGpu: false }
const gpu: Place = { name: 'webgpu', device: ['--backend', 'webgpu', '--engine', 'plan'], isGpu: true }

async function loads({ name, isGpu }: Place): Promise<void> {
  const { lines } = await run('tools/large/loading.ts', ['--model', MODEL, '--backend', isGpu ? 'webgpu' : 'wasm'])
  const { growth, seconds } = v.parse(loadingSchema, lines[0])
  const came = `${megabytes(growth)}, in ${seconds.toFixed(1)} s`
  said({ place: name, what: 'heap growth while loading', wanted: 'below 200 MB', came, holds: growth < 200e6 })
}

/** The page, in Chromium: dropped on it, opened, and the first tokens written. */
async function loadsInBrowser(): Promise<void> {
  if (findBrowser() === null) return console.log('chromium is not there, and loading is not measured in it')
  const { lines } = await run('tools/large/browser.ts', ['--model', MODEL])
  const { growth, openedSeconds, seconds } = v.parse(browserSchema, lines[0])
  const came = `${megabytes(growth)}; open after ${openedSeconds.toFixed(1)} s, four tokens written after ${seconds.toFixed(1)} s`
  said({ place: 'page', what: 'heap growth while loading', wanted: 'below 200 MB', came, holds: growth < 200e6 })
}

/** @returns where its adapter is */
async function trains({ name, device, isGpu }: Place): Promise<string> {
  const [tokens, steps] = isGpu ? [32, 4] : [128, 8]
  const [data, config, out] = [at('tokens.jsonl'), at('settings.json'), at(`adapter-${name}`)]
  await writeTokens({ data, config, tokens, steps })
  await rm(out, { recursive: true, force: true })
  const files = ['--model', MODEL, '--data', data, '--config', config, '--out', out]
  const { lines, peakBytes, cpuSeconds } = await tabtune(['train', ...files, ...device])
  const own = lines.flatMap((line) => (v.is(stepSchema, line) ? [line] : []))
  const losses = own.map(({ loss }) => loss)
  const [first = 0, last = 0] = [losses[0], losses.at(-1)]
  const falls = `${first.toFixed(3)} → ${last.toFixed(3)}`
  said({
    place: name,
    what: `loss over ${own.length} LoRA steps of 1 × ${tokens}`,
    wanted: 'falling',
    came: falls,
    holds: last < first,
  })
  const rates = own.slice(1).map(({ tokensPerSecond }) => tokensPerSecond)
  const rate = rates.sort((a, b) => a - b)[Math.floor(rates.length / 2)] ?? 0
  const wanted = isGpu ? 'any' : 'at least 20'
  said({ place: name, what: 'tokens a second in LoRA training', wanted, came: rate.toFixed(1), holds: isGpu || rate >= 20 })
  if (!isGpu) {
    // Of the whole process, its start included: what the kernels would do if other programs left them both cores.
    const alone = (2 * tokens * own.length) / cpuSeconds
    said({
      place: name,
      what: 'the same, by its processor time on two cores',
      wanted: 'at least 20',
      came: alone.toFixed(1),
      holds: alone >= 20,
    })
  }
  peak(name, 'training', peakBytes, 2.5e9)
  return out
}

async function probes({ name, device }: Place, adapter: string): Promise<string> {
  const batch = at('batch.json')
  const ids = [785, 9606, 374, 264, 12884, 13]
  await writeFile(batch, JSON.stringify({ input_ids: [ids], attention_mask: [ids.map(() => 1)], labels: [ids] }))
  const out = at(`probe-${name}.safetensors`)
  await tabtune(['probe', '--model', MODEL, '--adapter', adapter, '--batch', batch, '--out', out, ...device])
  return out
}

async function writes({ name, device, isGpu }: Place, adapter: string): Promise<readonly number[]> {
  const count = isGpu ? 4 : 32
  const asked = ['--ids', '785,9606,374', '--max-new-tokens', String(count)]
  const { lines, peakBytes } = await tabtune(['generate', '--model', MODEL, '--adapter', adapter, ...asked, ...device])
  const { ids, tokensPerSecond } = v.parse(writtenSchema, lines[0])
  const wanted = isGpu ? 'any' : 'at least 8'
  const came = tokensPerSecond.toFixed(1)
  said({ place: name, what: 'tokens a second in decoding', wanted, came, holds: isGpu || tokensPerSecond >= 8 })
  peak(name, 'decoding', peakBytes, 2.5e9)
  return ids
}

/** The adapter merged into the model, opened again, writes what the two write together. */
async function merges({ name, device }: Place, adapter: string, written: readonly number[]): Promise<void> {
  const out = at('merged')
  await rm(out, { recursive: true, force: true })
  const to = ['--format', 'hf', '--dtype', 'f32', '--out', out]
  const { peakBytes } = await tabtune(['export', '--model', MODEL, '--adapter', adapter, ...to, ...device])
  peak(name, 'merging', peakBytes, 2.5e9)
  const asked = ['--ids', '785,9606,374', '--max-new-tokens', '4']
  const { lines } = await tabtune(['generate', '--model', out, ...asked, ...device])
  const { ids } = v.parse(writtenSchema, lines[0])
  const same = ids.join() === written.slice(0, ids.length).join()
  said({ place: name, what: 'the merged model writes the same', wanted: 'the same tokens', came: ids.join(', '), holds: same })
  await rm(out, { recursive: true, force: true })
}

async function main(): Promise<void> {
  await mkdir(FOLDER, { recursive: true })
  const startedMs = performance.now()
  await makeCheckpoint(MODEL, options.tokenizer)
  console.log(`${MODEL} is there, after ${((performance.now() - startedMs) / 1000).toFixed(0)} s`)

  await loads(cpu)
  await loadsInBrowser()
  const adapter = await trains(cpu)
  const written = await writes(cpu, adapter)
  await merges(cpu, adapter, written)
  const numbers = await probes(cpu, adapter)
  const driver = options['no-gpu'] ? undefined : vulkanDrivers()[0]
  if (driver !== undefined) {
    nameVulkanDriver(driver)
    await loads(gpu)
    const differences = differencesOf(await readFile(numbers), await readFile(await probes(gpu, adapter)))
    for (const { what, most, allowed } of differences) {
      const wanted = `within ${allowed.toExponential(0)} of the largest`
      said({ place: 'both', what, wanted, came: most.toExponential(1), holds: most <= allowed })
    }
    const own = await writes(gpu, adapter)
    const same = own.join() === written.slice(0, own.length).join()
    said({ place: 'both', what: 'both write the same', wanted: 'the same tokens', came: own.join(', '), holds: same })
    await trains(gpu)
  }
  await writeFile('docs/large-models.md', await largePage(checks))
  if (options.clean) await rm(FOLDER, { recursive: true, force: true })
  const failures = failuresOf(checks)
  console.log(failures === 0 ? 'All of it holds.' : `${failures} of ${checks.length} do not hold.`)
  process.exitCode = failures === 0 ? 0 : 1
}

await main()

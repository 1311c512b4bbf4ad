// What each way to compute a product reaches on this machine's WebGPU adapter, at the shapes of training and writing, in GFLOP/s, beside
// TensorFlow.js on the same device: npm run bench:products [-- words that a line must contain] [--rounds N] [--only WORD,WORD] [--cpu]
// All take turns, and the best of the rounds counts, so that what else the machine does costs least. --only: candidates with one of these
// words in their name, instead of those that are worth a trial. --cpu, for a software adapter on a busy machine: instead of the time that has
// gone by, the time that this process was given, as if all cores had shared it.

import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import * as tf from '@tensorflow/tfjs-core'
import { startBackend } from '../src/engine/backends/start.ts'
import { openDevice, throwIfDeviceFailed } from '../src/engine/backends/webgpu.ts'
import { candidates, runsOn } from '../src/engine/ops/linear/products/candidates.ts'
import { classOf, traitsOf, worthTrying } from '../src/engine/ops/linear/products/choices.ts'
import type { Shape } from '../src/engine/ops/linear/products/piece.ts'
import { openTrial } from '../src/engine/ops/linear/products/trial.ts'
import { nodeGpu } from '../test/setup/webgpu.ts'

const { values: options, positionals: words } = parseArgs({
  options: {
    rounds: { type: 'string', default: '4' },
    only: { type: 'string', default: '' },
    cpu: { type: 'boolean', default: false },
  },
  allowPositionals: true,
})
const rounds = Number(options.rounds)
/** A submit of repeated products takes about so long. */
const SUBMIT_MS = 25

/** Outputs and inputs of the layers, and how many tokens they see. */
const layers: readonly (readonly [number, number])[] = [
  [256, 256],
  [128, 256],
  [704, 256],
  [256, 704],
  [4096, 256],
  [50_000, 128],
  [2048, 192],
  [192, 192],
  [512, 192],
  [64, 192],
]
/** Of Qwen2.5-0.5B, where there is a GPU. */
const largeLayers: readonly (readonly [number, number])[] = [
  [896, 896],
  [128, 896],
  [4864, 896],
  [896, 4864],
  [151_936, 896],
]
const tokensTrained = [64, 128, 512]
const tokensWritten = [1, 4, 32]

function shapes(isSoftware: boolean): Shape[] {
  const cubes = (['a·bᵀ', 'a·b', 'aᵀ·b'] as const).map((layout): Shape => ({ layout, isBf16: false, m: 1024, n: 1024, k: 1024 }))
  const all = isSoftware ? layers : [...layers, ...largeLayers]
  const trained = all.flatMap(([n, k]) =>
    tokensTrained.flatMap((m): Shape[] => [
      { layout: 'a·bᵀ', isBf16: false, m, n, k },
      { layout: 'a·b', isBf16: false, m, n: k, k: n },
      { layout: 'aᵀ·b', isBf16: false, m: n, n: k, k: m },
    ]),
  )
  const written = all.flatMap(([n, k]) => tokensWritten.map((m): Shape => ({ layout: 'a·bᵀ', isBf16: false, m, n, k })))
  const frozen = [...trained, ...written].filter(({ layout, n }) => layout === 'a·bᵀ' && [704, 4096, 4864, 151_936].includes(n))
  return [...cubes, ...trained, ...written, ...frozen.map((shape) => ({ ...shape, isBf16: true }))]
}

const titleOf = ({ layout, isBf16, m, n, k }: Shape) => `${layout} ${m} × ${n} × ${k}${isBf16 ? ' bf16' : ''}`

if (nodeGpu === null) throw new Error('no Vulkan driver gives an adapter')
const { adapter } = await startBackend('webgpu', { wasmFiles: null, isolated: false })
const device = openDevice()
if (!device) throw new Error('the device is open')
const traits = traitsOf(device)
console.log(`${adapter}, ${rounds} rounds, best${options.cpu ? ", by the CPU's time" : ''}`)
console.log(`${'GFLOP/s'.padEnd(30)}${'TensorFlow.js'.padStart(15)}  candidates, the best first`)

function candidatesFor(shape: Shape) {
  if (options.only === '') return worthTrying(classOf(shape), traits)
  return candidates.filter((each) => runsOn(each, traits) && options.only.split(',').some((word) => each.name.includes(word)))
}

/** What `run` measures, or the milliseconds of the CPU that it took, shared by all cores. */
async function measured(run: () => Promise<number>, repeats: number): Promise<number> {
  const before = process.cpuUsage()
  const ms = await run()
  const { user, system } = process.cpuUsage(before)
  return options.cpu ? (user + system) / 1000 / availableParallelism() / repeats : ms
}

/** TensorFlow.js' product of the same shape; the device is waited for. */
function library({ layout, m, n, k }: Shape) {
  const [a, b] = [tf.randomUniform(layout === 'aᵀ·b' ? [k, m] : [m, k]), tf.randomUniform(layout === 'a·bᵀ' ? [n, k] : [k, n])]
  return async (repeats: number, gpu: GPUDevice) => {
    await gpu.queue.onSubmittedWorkDone()
    const startedMs = performance.now()
    for (let at = 0; at < repeats; at++) tf.matMul(a, b, layout === 'aᵀ·b', layout === 'a·bᵀ').dispose()
    const last = tf.matMul(a, b, layout === 'aᵀ·b', layout === 'a·bᵀ')
    const corner = tf.slice(last, [0, 0], [1, 1])
    await corner.data()
    tf.dispose([last, corner])
    return (performance.now() - startedMs) / (repeats + 1)
  }
}

async function line(shape: Shape, gpu: GPUDevice): Promise<string> {
  const trial = openTrial(gpu, shape)
  const theirs = library(shape)
  const ways = [
    { name: 'TensorFlow.js', run: (repeats: number) => theirs(repeats, gpu), repeats: 1, best: Number.POSITIVE_INFINITY },
    ...candidatesFor(shape).map((candidate) => ({
      name: candidate.name,
      run: (repeats: number) => trial.ms(candidate, repeats),
      ...{ repeats: 1, best: Number.POSITIVE_INFINITY },
    })),
  ]
  for (const way of ways) {
    // The first run may still compile.
    await way.run(1)
    way.repeats = Math.max(1, Math.min(100, Math.round(SUBMIT_MS / (await way.run(1)))))
  }
  for (let round = 0; round < rounds; round++)
    for (const way of ways) way.best = Math.min(way.best, await measured(() => way.run(way.repeats), way.repeats))
  throwIfDeviceFailed()
  trial.dispose()
  const gflops = (ms = Number.NaN) => ((2 * shape.m * shape.n * shape.k) / ms / 1e6).toFixed(1)
  const [tfjs, ...own] = ways
  const listed = own.sort((one, other) => one.best - other.best).map(({ name, best }) => `${gflops(best)} ${name}`)
  return `${titleOf(shape).padEnd(30)}${gflops(tfjs?.best).padStart(15)}  ${listed.join(', ')}`
}

for (const shape of shapes(traits.isSoftware))
  if (words.every((word) => titleOf(shape).includes(word))) console.log(await line(shape, device))
process.exit(0)

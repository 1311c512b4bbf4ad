// What each way to compute a product reaches on this machine's WebGPU adapter, at the shapes of training and writing, in GFLOP/s, beside
// TensorFlow.js on the same device: npm run bench:products [-- words that a line must contain] [--rounds N] [--only WORD,WORD of candidates]
// All take turns, and the best of the rounds counts, so that what else the machine does costs least.

import { parseArgs } from 'node:util'
import * as tf from '@tensorflow/tfjs-core'
import { startBackend } from '../src/engine/backends/start.ts'
import { openDevice, throwIfDeviceFailed } from '../src/engine/backends/webgpu.ts'
import { type Candidate, candidates, runsOn } from '../src/engine/ops/linear/products/candidates.ts'
import { traitsOf } from '../src/engine/ops/linear/products/choices.ts'
import type { Shape } from '../src/engine/ops/linear/products/piece.ts'
import { openTrial } from '../src/engine/ops/linear/products/trial.ts'
import { nodeGpu } from '../test/setup/webgpu.ts'

const { values: options, positionals: words } = parseArgs({
  options: {
    rounds: { type: 'string', default: '4' },
    only: { type: 'string', default: '' },
    first: { type: 'boolean', default: false },
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
const tokensTrained = [64, 128, 512]
const tokensWritten = [1, 4, 32]

function shapes(): Shape[] {
  const cubes = (['a·bᵀ', 'a·b', 'aᵀ·b'] as const).map((layout): Shape => ({ layout, isBf16: false, m: 1024, n: 1024, k: 1024 }))
  const trained = layers.flatMap(([n, k]) =>
    tokensTrained.flatMap((m): Shape[] => [
      { layout: 'a·bᵀ', isBf16: false, m, n, k },
      { layout: 'a·b', isBf16: false, m, n: k, k: n },
      { layout: 'aᵀ·b', isBf16: false, m: n, n: k, k: m },
    ]),
  )
  const written = layers.flatMap(([n, k]) => tokensWritten.map((m): Shape => ({ layout: 'a·bᵀ', isBf16: false, m, n, k })))
  const frozen = [...trained, ...written].filter(({ layout, n }) => layout === 'a·bᵀ' && (n === 704 || n === 4096))
  return [...cubes, ...trained, ...written, ...frozen.map((shape) => ({ ...shape, isBf16: true }))]
}

const titleOf = ({ layout, isBf16, m, n, k }: Shape) => `${layout} ${m} × ${n} × ${k}${isBf16 ? ' bf16' : ''}`

if (nodeGpu === null) throw new Error('no Vulkan driver gives an adapter')
const { adapter } = await startBackend('webgpu', { wasmFiles: null, isolated: false })
const device = openDevice()
if (!device) throw new Error('the device is open')
const own = candidates.filter(
  (each) => runsOn(each, traitsOf(device)) && options.only.split(',').some((word) => each.name.includes(word)),
)
console.log(
  `${adapter}, ${rounds} rounds, best\n${'GFLOP/s'.padEnd(30)}${'TensorFlow.js'.padStart(15)}  candidates, the best first`,
)

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

for (const shape of shapes()) {
  if (!words.every((word) => titleOf(shape).includes(word))) continue
  const trial = openTrial(device, shape)
  const theirs = library(shape)
  const ways: { name: string; run: (repeats: number) => Promise<number>; repeats: number; best: number }[] = [
    ...own.map((candidate: Candidate) => ({
      name: candidate.name,
      run: (repeats: number) => trial.ms(candidate, repeats),
      ...{ repeats: 1, best: Number.POSITIVE_INFINITY },
    })),
    { name: 'TensorFlow.js', run: (repeats) => theirs(repeats, device), repeats: 1, best: Number.POSITIVE_INFINITY },
  ]
  for (const way of ways) {
    const before = process.cpuUsage()
    await way.run(1)
    const { user, system } = process.cpuUsage(before)
    if (options.first) console.log(`  ${way.name}: the first run took ${((user + system) / 1000).toFixed(0)} ms of the CPU`)
    way.repeats = Math.max(1, Math.min(100, Math.round(SUBMIT_MS / (await way.run(1)))))
  }
  for (let round = 0; round < rounds; round++) for (const way of ways) way.best = Math.min(way.best, await way.run(way.repeats))
  throwIfDeviceFailed()
  const gflops = (ms: number) => ((2 * shape.m * shape.n * shape.k) / ms / 1e6).toFixed(1)
  const [tfjs] = ways.splice(-1)
  const sorted = [...ways].sort((one, other) => one.best - other.best)
  const listed = sorted.map(({ name, best }) => `${gflops(best)} ${name}`).join(', ')
  console.log(`${titleOf(shape).padEnd(30)}${gflops(tfjs?.best ?? Number.NaN).padStart(15)}  ${listed}`)
  trial.dispose()
}
process.exit(0)

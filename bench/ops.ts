// What each op costs at a shape that people train at, and in a step of writing: milliseconds and GFLOP/s, forward and backward.
// node tools/run.mjs bench/ops.ts [cpu|wasm|webgpu] [repeats]
// Figures of one run are comparable with each other; those of two runs only as ratios of runs that took turns.
// Must not know: models, files.

import { startBackend } from '../src/engine/backends/start.ts'
import { eagerOps as ops } from '../src/engine/eager.ts'
import { differentiable } from '../src/engine/ops/differentiable.ts'
import type { AttentionShape } from '../src/engine/ops.ts'
import { copyOf, disposeAll, fromValues, scoped, type Tensor, toValues } from '../src/engine/tensor.ts'
import { lossAndGradients, type Parameters } from '../src/engine/training/gradients.ts'
import type { BackendChoice } from '../src/protocol/backend.ts'

const [backend = 'wasm', repeats = '15'] = process.argv.slice(2)
const choices: readonly BackendChoice[] = ['cpu', 'wasm', 'webgpu']
const choice = choices.find((name) => name === backend)
if (!choice) throw new Error(`There is no backend called ${backend}.`)

const hidden = 192
const headDim = 32
const heads = 6
const keyHeads = 2
const ffn = 512
const vocabulary = 4096
const rows = 8
const length = 48
const tokens = rows * length

/** An op with its inputs, and the multiply-adds ×2 of its forward pass; a backward pass of products costs twice that. */
type Measured = {
  name: string
  inputs: Parameters
  run: (inputs: (name: string) => Tensor) => Tensor
  forwardFlops: number
}

let state = 1
function filled(...shape: number[]): Tensor {
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1))
  for (let at = 0; at < values.length; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    values[at] = state / 2 ** 32 - 0.5
  }
  return fromValues(values, shape)
}

const upTo = (count: number, limit: number) => Array.from({ length: count }, (_, at) => (at * 7919 + 13) % limit)

function linear(name: string, count: number, from: number, to: number, biased = false): Measured {
  const inputs = { x: filled(count, from), weight: filled(to, from), ...(biased ? { bias: filled(to) } : {}) }
  return {
    name: `linear ${name} ${count}×${from}→${to}${biased ? ' + bias' : ''}`,
    inputs,
    run: (input) => ops.linear(input('x'), input('weight'), biased ? input('bias') : null, null),
    forwardFlops: 2 * count * from * to,
  }
}

function attentionOf(name: string, batch: number, queries: number, keys: number): Measured {
  const shape: AttentionShape = { batch, heads, keyHeads, headDim }
  const mask = ops.attentionMask({
    batch,
    queries,
    keys,
    paddedKeys: queries === 1 ? upTo(batch, 10) : null,
    slidingWindow: null,
  })
  const held = [batch, keyHeads, keys, headDim]
  return {
    name: `attention ${name} ${batch}×${queries}×${keys}`,
    inputs: { q: filled(batch * queries, heads * headDim), k: filled(...held), v: filled(...held) },
    run: (input) => ops.attention(input('q'), input('k'), input('v'), mask, shape),
    forwardFlops: 4 * batch * heads * queries * keys * headDim,
  }
}

function appendOf(name: string, batch: number, keys: number, fresh: number): Measured {
  const inputs = {
    x: filled(batch * fresh, keyHeads * headDim),
    ...(keys ? { held: filled(batch, keyHeads, keys, headDim) } : {}),
  }
  return {
    name: `appendKeys ${name} ${batch}×(${keys}+${fresh})`,
    inputs,
    run: (input) => ops.appendKeys(keys ? input('held') : null, input('x'), { batch, heads, keyHeads, headDim }),
    forwardFlops: 0,
  }
}

function aroundTheProducts(count: number): Measured[] {
  const positions = upTo(count, length)
  const tables = ops.rotaryTables(
    positions,
    Array.from({ length: headDim / 2 }, (_, pair) => 10_000 ** ((-2 * pair) / headDim)),
  )
  const plain = { forwardFlops: 0 }
  return [
    {
      ...plain,
      name: `embedding ${count} of ${vocabulary}×${hidden}`,
      inputs: { weight: filled(vocabulary, hidden) },
      run: (input) => ops.embedding(input('weight'), upTo(count, vocabulary), null),
    },
    {
      ...plain,
      name: `rmsNorm ${count}×${hidden}`,
      inputs: { x: filled(count, hidden), weight: filled(hidden) },
      run: (input) => ops.rmsNorm(input('x'), input('weight'), 1e-6),
    },
    {
      ...plain,
      name: `rotary ${count}×${heads}×${headDim}`,
      inputs: { x: filled(count, heads * headDim) },
      run: (input) => ops.rotary(input('x'), tables, heads),
    },
    {
      ...plain,
      name: `swiGlu ${count}×${ffn}`,
      inputs: { gate: filled(count, ffn), up: filled(count, ffn) },
      run: (input) => ops.swiGlu(input('gate'), input('up')),
    },
    {
      ...plain,
      name: `add ${count}×${hidden}`,
      inputs: { a: filled(count, hidden), b: filled(count, hidden) },
      run: (input) => ops.add(input('a'), input('b')),
    },
  ]
}

function trainingOps(): Measured[] {
  const learned = Array.from({ length: tokens / 2 }, (_, at) => 2 * at + 1)
  return [
    ...aroundTheProducts(tokens),
    linear('q', tokens, hidden, heads * headDim, true),
    linear('k', tokens, hidden, keyHeads * headDim, true),
    linear('up', tokens, hidden, ffn),
    linear('down', tokens, ffn, hidden),
    attentionOf('train', rows, length, length),
    appendOf('train', rows, 0, length),
    {
      name: `takeRows ${learned.length} of ${tokens}×${hidden}`,
      inputs: { x: filled(tokens, hidden) },
      run: (input) => ops.takeRows(input('x'), learned),
      forwardFlops: 0,
    },
    {
      name: `headLoss ${learned.length}×${hidden}→${vocabulary}`,
      inputs: { x: filled(learned.length, hidden), weight: filled(vocabulary, hidden) },
      run: (input) => ops.headLoss(input('x'), input('weight'), upTo(learned.length, vocabulary)),
      forwardFlops: 2 * learned.length * hidden * vocabulary,
    },
  ]
}

/** One token a row for 24 rows of 60 keys. */
function decodeOps(): Measured[] {
  return [
    ...aroundTheProducts(24),
    linear('q', 24, hidden, heads * headDim, true),
    linear('up', 24, hidden, ffn),
    linear('head', 24, hidden, vocabulary),
    attentionOf('decode', 24, 1, 60),
    appendOf('decode', 24, 59, 1),
  ]
}

/** A loss whose gradient is a given tensor, so that what is timed is the op alone. */
function lossOf(x: Tensor, cotangent: Tensor): Tensor {
  return differentiable([x], () => ({
    value: fromValues(new Float32Array(1), []),
    saved: [cotangent],
    gradients: (_, saved) => saved.map(copyOf),
  }))
}

/** Milliseconds of `work`: the median of the repeats, after two that warm up. The device is waited for each time. */
async function medianMs(work: () => readonly Tensor[]): Promise<number> {
  const times: number[] = []
  for (let at = -2; at < Number(repeats); at++) {
    const start = performance.now()
    const made = work()
    const [first] = made
    if (first && choice === 'webgpu') await toValues(first)
    if (at >= 0) times.push(performance.now() - start)
    disposeAll(made)
  }
  times.sort((a, b) => a - b)
  return times[Math.floor(times.length / 2)] ?? 0
}

async function measure({ name, inputs, run, forwardFlops }: Measured, trains: boolean): Promise<number> {
  const take = (from: Parameters) => (input: string) => {
    const tensor = from[input]
    if (!tensor) throw new Error(`${name} has no input called ${input}`)
    return tensor
  }
  const forward = await medianMs(() => [scoped(() => run(take(inputs)))])
  const both = trains ? await backwardMs(inputs, (from) => run(take(from))) : null
  disposeAll(inputs)
  const gflops = (flops: number, ms: number) => (flops ? (flops / ms / 1e6).toFixed(1) : '').padStart(8)
  const backward = both === null ? '' : `${both.toFixed(2).padStart(11)}${gflops(3 * forwardFlops, both)}`
  console.log(`${name.padEnd(42)}${forward.toFixed(2).padStart(9)}${gflops(forwardFlops, forward)}${backward}`)
  return both ?? forward
}

/** Forward and backward under the tape. */
async function backwardMs(inputs: Parameters, run: (inputs: Parameters) => Tensor): Promise<number> {
  const output = scoped(() => run(inputs))
  const cotangent = filled(...output.shape)
  const ms = await medianMs(() => {
    const { loss, gradients } = lossAndGradients(inputs, (parameters) => lossOf(run(parameters), cotangent))
    return [loss, ...Object.values(gradients)]
  })
  disposeAll([output, cotangent])
  return ms
}

async function table(title: string, rowsOfTable: readonly Measured[], trains: boolean): Promise<void> {
  console.log(`\n${title.padEnd(42)}  forward GFLOP/s${trains ? '  + backward GFLOP/s' : ''}   (ms)`)
  let total = 0
  for (const row of rowsOfTable) total += await measure(row, trains)
  console.log(`${'each once'.padEnd(42)}${total.toFixed(2).padStart(trains ? 28 : 9)}`)
}

const report = await startBackend(choice, { wasmFiles: null, isolated: false })
console.log(`${report.backend} ${report.adapter} ${repeats} repeats, medians`)
await table(`training, ${rows} × ${length} tokens`, trainingOps(), true)
await table('writing, 24 rows, 60 keys', decodeOps(), false)

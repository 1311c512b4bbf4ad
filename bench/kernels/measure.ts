// How the kernels' benchmark times a row of its table: on one thread, in both binaries and, where TensorFlow.js has the same, on its wasm backend.
// They take turns, and the best of many short runs counts, so that what else the machine does costs least.
// Must not know: which kernels there are.

import '../../test/setup/relaxedSimd.ts'
import { setFlagsFromString } from 'node:v8'
import { startBackend } from '../../src/engine/backends/start.ts'
import type { KernelCall } from '../../src/engine/targets/cpu/call.ts'
import { inlinedKernels } from '../../src/engine/targets/cpu/inlinedKernels.ts'
import {
  compileKernels,
  hasRelaxedSimd,
  type Kernels,
  loadKernels,
  RESERVED_BYTES,
  SCRATCH_BYTES,
  sharedMemory,
} from '../../src/engine/targets/cpu/kernels.ts'
import { scoped, type Tensor } from '../../src/engine/tensor.ts'

/** One line of the table. */
export type Row = {
  name: string
  calls: readonly KernelCall[]
  /** Multiply-adds × 2, where products count; else bytes read and written. */
  work: { flops: number } | { bytes: number }
  /** The same on TensorFlow.js. */
  tfjs?: () => Tensor
}

// The optimising compiler at once: a kernel's first hundreds of calls would time the baseline compiler's code.
setFlagsFromString('--no-liftoff')

const MB = 2 ** 20
const memory = sharedMemory(640 * MB, 640 * MB)
const scratch = RESERVED_BYTES
let end = RESERVED_BYTES + SCRATCH_BYTES

/** The address of so many bytes of numbers in [−0.5, 0.5). */
export function room(bytes: number): number {
  // Odd multiples of a cache line apart, as tensors in an arena are.
  const address = Math.ceil(end / 64) * 64 + 64
  end = address + bytes + 64
  const values = new Float32Array(memory.buffer, address, Math.floor(bytes / 4))
  for (let at = 0; at < values.length; at++) values[at] = ((at * 2_654_435_761) % 4096) / 4096 - 0.5
  return address
}

/** Forgets every room. */
export function clearRooms(): void {
  end = RESERVED_BYTES + SCRATCH_BYTES
}

/** 32-bit integers. */
export function integers(values: readonly number[]): number {
  const address = room(4 * values.length)
  new Int32Array(memory.buffer, address, values.length).set(values)
  return address
}

const TURNS = 5
const TURN_MS = 40

/** Milliseconds of one run, the best of a turn. */
function turnMs(run: () => void): number {
  const first = performance.now()
  run()
  const repeats = Math.max(1, Math.ceil(1 / (performance.now() - first)))
  let best = Number.POSITIVE_INFINITY
  for (const until = performance.now() + TURN_MS; performance.now() < until; ) {
    const start = performance.now()
    for (let at = 0; at < repeats; at++) run()
    best = Math.min(best, (performance.now() - start) / repeats)
  }
  return best
}

const kernelsOf = async (relaxed: boolean) => loadKernels(memory, await compileKernels(inlinedKernels, relaxed))
const binaries: readonly { name: string; kernels: Kernels }[] = [
  { name: 'plain', kernels: await kernelsOf(false) },
  ...(hasRelaxedSimd() ? [{ name: 'relaxed', kernels: await kernelsOf(true) }] : []),
]
await startBackend('wasm', { wasmFiles: null, isolated: false })

/** Times a row and prints it. */
export function measure({ name, calls, work, tfjs }: Row): void {
  const runs = binaries.map(({ kernels }) => () => {
    for (const { kernel, units, args } of calls) kernels[kernel](0, units, scratch, ...args)
  })
  if (tfjs) runs.push(() => scoped(() => void tfjs()))
  const best = runs.map(() => Number.POSITIVE_INFINITY)
  for (let turn = 0; turn < TURNS; turn++) for (const [at, run] of runs.entries()) best[at] = Math.min(best[at] ?? 0, turnMs(run))
  const amount = 'flops' in work ? work.flops : work.bytes
  const columns = best.map((ms) => `${ms.toFixed(3).padStart(9)} ms${(amount / ms / 1e6).toFixed(1).padStart(7)}`)
  console.log(`${name.padEnd(34)}${'flops' in work ? 'GFLOP/s' : 'GB/s   '}${columns.join('')}`)
}

/** What the columns are. */
export const heading = [...binaries.map(({ name }) => name), 'TensorFlow.js']
  .map((name) => name.padStart(19))
  .join('')
  .padStart(34 + 7 + 19 * (binaries.length + 1))

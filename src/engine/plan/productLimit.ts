// What a target's products reach at a shape that suits them: what the products of a step can be held against.
// Must not know: the target that runs them.

import { planBuilder } from './builder.ts'
import type { Call, ProductLayout } from './calls.ts'
import type { Observe, PlanTarget } from './target.ts'

/** Rows and columns of both operands: large enough to leave no kernel idle. The next size is tried where one was quick. */
const SIZES: readonly number[] = [512, 1024, 2048, 4096]
const QUICK_MS = 4

const layouts: readonly ProductLayout[] = ['a·bᵀ', 'a·b', 'aᵀ·b']

/** Of each size: long enough that a compiler which optimises what is called often has done so well before the end. */
const MEASURED_MS = 1500

/** Products of a run. */
const REPEATS = 8

const settings = { adam_beta1: 0.9, adam_beta2: 0.999, adam_epsilon: 1e-8, weight_decay: 0 }

export type ProductLimit = {
  /** Multiplications and additions a second, 10⁹. */
  gflops: number
  /** Of the quickest product: rows and columns of both operands. */
  size: number
}

/** Of a square product in f32: the quickest of many, in the layout and the size that suit the target best. */
export async function productLimit(target: PlanTarget): Promise<ProductLimit> {
  let best: ProductLimit = { gflops: 0, size: 0 }
  for (const size of SIZES) {
    const ms = await quickestMs(target, size)
    const gflops = (2 * size ** 3) / ms / 1e6
    if (gflops > best.gflops) best = { gflops, size }
    if (ms > QUICK_MS) break
  }
  return best
}

/** Milliseconds of a product in the quickest run of several: a clock may count in steps that are longer than one product. */
async function quickestMs(target: PlanTarget, size: number): Promise<number> {
  const build = planBuilder()
  const [a, b, out] = [build.state('a', [size, size]), build.state('b', [size, size]), build.state('out', [size, size])]
  const machine = await target.open([a, b, out], settings)
  for (const operand of [a, b]) machine.write(operand, numbersFor(size * size))
  let best = Number.POSITIVE_INFINITY
  for (const layout of layouts) {
    const numbers = { m: size, n: size, k: size, scale: 1, accumulate: false, layout }
    const call: Call = { kernel: 'matMul', reads: { a, b }, writes: { out }, numbers }
    let sum = 0
    const observe: Observe = (_, ms) => {
      sum += ms
    }
    const plan = { calls: Array<Call>(REPEATS).fill(call), derived: [], feeds: {}, results: {} }
    const run = machine.program(plan, observe)
    for (const until = performance.now() + MEASURED_MS / layouts.length; performance.now() < until; ) {
      sum = 0
      await run({}, {})
      best = Math.min(best, sum / REPEATS)
    }
  }
  machine.dispose()
  return best
}

/** Within [−0.5, 0.5), so that no product is slowed by subnormal numbers. */
function numbersFor(count: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: count }, (_, at) => ((at * 7919) % 4096) / 4096 - 0.5)
}

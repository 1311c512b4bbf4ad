// What a profile makes of calls that were timed: sums by kernel, and the step in the middle.

import { describe, expect, it } from 'vitest'
import { planBuilder } from './builder.ts'
import type { Call, ProductLayout } from './calls.ts'
import { startProfiler } from './profile.ts'

const build = planBuilder()
const [a, b, out] = [build.state('a', [4, 4]), build.state('b', [4, 4]), build.state('out', [4, 4])]

function product(layout: ProductLayout): Call {
  const numbers = { m: 4, n: 4, k: 4, scale: 1, accumulate: false, layout }
  return { kernel: 'matMul', reads: { a, b }, writes: { out }, numbers }
}
const sum: Call = { kernel: 'add', reads: { a, b }, writes: { out }, numbers: { size: 16 } }

describe('a profile', () => {
  it('sums the calls of a kernel, products by how their operands lie, what takes longest first', () => {
    const { observe, endStep, median } = startProfiler()
    observe(product('a·b'), 1)
    observe(product('aᵀ·b'), 8)
    observe(product('a·b'), 2)
    observe(sum, 4)
    endStep(20)
    expect(median()).toEqual({
      stepMs: 20,
      kernels: [
        { kernel: 'matMul aᵀ·b', calls: 1, ms: 8, flops: 128, bytes: 192 },
        { kernel: 'add', calls: 1, ms: 4, flops: 0, bytes: 192 },
        { kernel: 'matMul a·b', calls: 2, ms: 3, flops: 256, bytes: 384 },
      ],
    })
  })

  it('is of the step in the middle, of those that did not warm up', () => {
    const { observe, endStep, median } = startProfiler()
    for (const [ms, counts] of [
      [100, false],
      [7, true],
      [5, true],
      [90, true],
    ] as const) {
      observe(sum, ms - 1)
      endStep(counts ? ms : null)
    }
    expect(median().stepMs).toBe(7)
    expect(median().kernels[0]?.ms).toBe(6)
  })

  it('needs a step', () => {
    expect(() => startProfiler().median()).toThrow('no step was profiled')
  })
})

// The kernels' exponential over its whole range, in units in the last place, in both binaries; and where it ends.

import '../../../../test/setup/relaxedSimd.ts'
import { describe, expect, it } from 'vitest'
import { range } from '../../opTable/float64.ts'
import { exponential } from './elements.ts'
import { inlinedKernels } from './inlinedKernels.ts'
import { compileKernels, hasRelaxedSimd, loadKernels, RESERVED_BYTES, sharedMemory } from './kernels.ts'

/** A step that no power of two divides, so that remainders of all sizes come up. */
const STEP = 0.000_731
const LOWEST = -87.33654
const HIGHEST = 88.72283

async function expOf(values: readonly number[], relaxed: boolean): Promise<Float32Array> {
  const size = values.length
  const memory = sharedMemory(RESERVED_BYTES + 4 * size + 64, 2 ** 24)
  const kernels = await loadKernels(memory, await compileKernels(inlinedKernels, relaxed))
  const places = new Float32Array(memory.buffer, RESERVED_BYTES, size)
  places.set(values)
  const { kernel, units, args } = exponential(RESERVED_BYTES, RESERVED_BYTES, size)
  kernels[kernel](0, units, 0, ...args)
  return places.slice()
}

/** The distance of float32 numbers around a positive value. */
const unitAt = (value: number) => 2 ** (Math.max(-126, Math.floor(Math.log2(value))) - 23)

describe.each([false, true])('exp, relaxed: %s', (relaxed) => {
  it.skipIf(relaxed && !hasRelaxedSimd())(
    'is within 1.1 units in the last place from the lowest number to the highest',
    async () => {
      const values = range(Math.floor((HIGHEST - LOWEST) / STEP)).map((at) => Math.fround(LOWEST + at * STEP))
      const small = range(4000).map((at) => Math.fround((at - 2000) * 1e-7))
      const all = [...values.filter((value) => value >= LOWEST), ...small]
      const got = await expOf(all, relaxed)
      const errors = all.map((value, at) => Math.abs((got[at] ?? 0) - Math.exp(value)) / unitAt(Math.exp(value)))
      expect(errors.reduce((worst, error) => Math.max(worst, error), 0)).toBeLessThan(1.1)
    },
  )

  it.skipIf(relaxed && !hasRelaxedSimd())('ends in 0, in the largest numbers and in NaN', async () => {
    const got = await expOf([-87.5, -1e30, Number.NEGATIVE_INFINITY, 89, Number.POSITIVE_INFINITY, Number.NaN, 0, -0], relaxed)
    expect([...got.slice(0, 3)]).toEqual([0, 0, 0])
    for (const value of got.slice(3, 5)) expect(value / 3.4028234e38).toBeCloseTo(1, 4)
    expect([...got.slice(5)]).toEqual([Number.NaN, 1, 1])
  })
})

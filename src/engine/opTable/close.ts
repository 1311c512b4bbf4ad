// How tests of the engine compare what a device computed with what it should be.

import { expect } from 'vitest'
import { range } from './float64.ts'

/** Every element within tolerance × the largest expected magnitude (0.1 at the least, for tensors that are zero). */
export function expectClose(got: readonly number[], want: readonly number[], tolerance: number, what: string): void {
  expect(got.length, `${what}: elements`).toBe(want.length)
  const allowed = tolerance * want.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0.1)
  const wrong = range(want.length).filter((at) => !(Math.abs((got[at] ?? Number.NaN) - (want[at] ?? 0)) <= allowed))
  const worst = wrong.slice(0, 5).map((at) => `[${at}] ${got[at]} for ${want[at]}`)
  expect(worst, `${what}: ${wrong.length} of ${want.length} elements are off by more than ${allowed}`).toEqual([])
}

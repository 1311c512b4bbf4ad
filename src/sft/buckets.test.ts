// Few sizes, little waste, and nothing that counts is added.

import { expect, it } from 'vitest'
import { bucketed, filledUp } from './buckets.ts'

it('never makes a size smaller, adds at most an eighth or 7, and has few sizes', () => {
  const sizes = Array.from({ length: 4096 }, (_, at) => at + 1)
  for (const size of sizes) {
    expect(bucketed(size)).toBeGreaterThanOrEqual(size)
    expect(bucketed(size)).toBeLessThanOrEqual(Math.max(size + 7, size * 1.125))
    expect(bucketed(bucketed(size))).toBe(bucketed(size))
  }
  expect(new Set(sizes.map(bucketed)).size).toBeLessThan(60)
  expect([64, 192, 256].map(bucketed)).toEqual([64, 192, 256])
})

it('fills up with positions that have no target', () => {
  expect(filledUp({ rows: [3, 4, 9], targets: [1, 2, 3] })).toEqual({
    rows: [3, 4, 9, 0, 0, 0, 0, 0],
    targets: [1, 2, 3, -1, -1, -1, -1, -1],
  })
})

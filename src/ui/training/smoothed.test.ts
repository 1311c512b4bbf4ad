// The smoothed line must be right from its first point, and a fault in the values must not spread.

import { expect, test } from 'vitest'
import { smoothed, smoothingOver } from './smoothed.ts'

test('a constant stays that constant from the first value on', () => {
  for (const value of smoothed([2, 2, 2, 2], 0.9)) expect(value).toBeCloseTo(2, 12)
})

test('the first value is itself, the second is weighted and corrected', () => {
  const [first, second] = smoothed([4, 2], 0.9)
  expect(first).toBeCloseTo(4, 12)
  expect(second).toBeCloseTo((4 * 0.9 * 0.1 + 2 * 0.1) / (1 - 0.9 ** 2), 12)
})

test('no smoothing gives the values back', () => {
  expect(smoothed([3, 1, 2], 0)).toEqual([3, 1, 2])
})

test('a value that is not a number leaves the line where it was', () => {
  const [first, gap, third] = smoothed([1, Number.NaN, 1], 0.9)
  expect(gap).toBe(first)
  expect(third).toBeCloseTo(1, 12)
})

test('the line reaches back over an epoch, and no further than TensorBoard’s', () => {
  expect(smoothingOver(1)).toBe(0)
  expect(smoothingOver(4)).toBeCloseTo(0.6, 12)
  expect(smoothingOver(500)).toBe(0.9)
  // Before the plan is known.
  expect(smoothingOver(0)).toBe(0)
})

test('in a short run that falls the line ends near its points', () => {
  const losses = Array.from({ length: 16 }, (_, step) => 6 * 0.8 ** step)
  expect(smoothed(losses, smoothingOver(4)).at(-1)).toBeLessThan(2 * (losses.at(-1) ?? 0))
})

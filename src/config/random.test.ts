// The project's random numbers: the same from the same seed, and what they claim to be.

import { describe, expect, it } from 'vitest'
import { normalNumbers, shuffledIndices, uniformNumbers } from './random.ts'

const take = (next: () => number, count: number) => Array.from({ length: count }, next)

/** Mean and variance of a sample. */
function momentsOf(values: readonly number[]): [number, number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length]
}

it.each([
  ['uniform', uniformNumbers],
  ['normal', normalNumbers],
])('%s numbers are the same from the same seed, others from another', (_kind, numbers) => {
  expect(take(numbers(9), 50)).toEqual(take(numbers(9), 50))
  expect(take(numbers(9), 50)).not.toEqual(take(numbers(10), 50))
})

// Bounds are five deviations of the mean of 20,000 numbers and more.
it('uniform numbers lie in [0, 1) around a half', () => {
  const values = take(uniformNumbers(1), 20_000)
  expect(values.every((value) => value >= 0 && value < 1)).toBe(true)
  const [mean, variance] = momentsOf(values)
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.011)
  expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.003)
})

it('normal numbers have mean 0 and deviation 1', () => {
  const [mean, variance] = momentsOf(take(normalNumbers(2), 20_000))
  expect(Math.abs(mean)).toBeLessThan(0.036)
  expect(Math.abs(variance - 1)).toBeLessThan(0.051)
})

describe('a shuffle', () => {
  it.each([0, 1, 2, 100])('of %d is every index once', (count) => {
    expect([...shuffledIndices(count, 3)].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, at) => at))
  })

  it('puts each index in each place about equally often', () => {
    const counts = new Array<number>(16).fill(0)
    for (let seed = 0; seed < 4000; seed++) {
      for (const [place, index] of shuffledIndices(4, seed).entries())
        counts[4 * place + index] = (counts[4 * place + index] ?? 0) + 1
    }
    // 1000 each, with a deviation of 27.
    expect(Math.min(...counts)).toBeGreaterThan(850)
    expect(Math.max(...counts)).toBeLessThan(1150)
  })
})

// Every record is in one row, no row is too long, and there are about as few rows as there can be.

import { describe, expect, it } from 'vitest'
import { packedLength, packedRows } from './packing.ts'
import { uniformNumbers } from './random.ts'

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

describe('rows', () => {
  it.each([1, 2, 3, 4, 5])('hold each record once, and no more than they may (seed %i)', (seed) => {
    const uniform = uniformNumbers(seed)
    const lengths = Array.from({ length: 300 }, () => 1 + Math.floor(uniform() ** 2 * 64))
    const rows = packedRows(lengths, 64)
    expect(rows.flat().sort((a, b) => a - b)).toEqual(lengths.map((_, place) => place))
    const filled = rows.map((row) => sum(row.map((place) => lengths[place] ?? Number.NaN)))
    expect(Math.max(...filled)).toBeLessThanOrEqual(64)
    expect(rows.length).toBeLessThanOrEqual(Math.ceil((11 / 9) * Math.ceil(sum(lengths) / 64)) + 1)
    // No two rows could have been one.
    const [emptiest = 0, next = 0] = [...filled].sort((a, b) => a - b)
    expect(emptiest + next).toBeGreaterThan(64)
  })

  it('fit best: a record goes where the least room is left', () => {
    expect(packedRows([4, 6, 5, 3], 10)).toEqual([
      [1, 0],
      [2, 3],
    ])
  })

  it('of the longest length hold one record each', () => {
    expect(packedRows([7, 7, 7], 7)).toEqual([[0], [1], [2]])
    expect(packedRows([], 7)).toEqual([])
  })
})

it('are as long as the limit, or as the longest record where there is none', () => {
  expect(packedLength(null, 33, 1000)).toBe(33)
  expect(packedLength(512, 33, 1000)).toBe(512)
  expect(packedLength(512, 33, 100)).toBe(100)
})

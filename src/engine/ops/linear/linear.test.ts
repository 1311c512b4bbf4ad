// The linear layer in the op table, x·Wᵀ + b, and the sum of two tensors.

import { describe, expect, it } from 'vitest'
import { bodyTable, type OpCase, opTable } from '../../opTable/opTable.ts'
import { DROPOUT_SEED } from '../../opTable/planned.ts'
import { scaled } from './composed.ts'
import { linear } from './definition.ts'
import { keepMask } from './dropout.ts'

const rows = (name: string, tokens: number, inputs: number, outputs: number): OpCase[] => [
  {
    name: `${name}, ${tokens} × ${inputs} → ${outputs}`,
    inputs: { x: [tokens, inputs], weight: [outputs, inputs] },
    apply: (ops, input) => ops.linear(input('x'), input('weight'), null, null),
    definition: (input) => linear(input('x'), input('weight'), []),
  },
  {
    name: `${name}, ${tokens} × ${inputs} → ${outputs}, with bias`,
    inputs: { x: [tokens, inputs], weight: [outputs, inputs], bias: [outputs] },
    apply: (ops, input) => ops.linear(input('x'), input('weight'), input('bias'), null),
    definition: (input) => linear(input('x'), input('weight'), input('bias')[0] ?? []),
  },
]

/** x·Wᵀ + scale · (x·aᵀ)·bᵀ */
const adapted = (name: string, tokens: number, inputs: number, outputs: number, rank: number, scale: number): OpCase => ({
  name: `${name}, ${tokens} × ${inputs} → ${outputs}, adapter of rank ${rank}`,
  inputs: { x: [tokens, inputs], weight: [outputs, inputs], a: [rank, inputs], b: [outputs, rank] },
  apply: (ops, input) => ops.linear(input('x'), input('weight'), null, { a: input('a'), b: input('b'), scale, dropout: null }),
  definition: (input) => {
    const update = linear(linear(input('x'), input('a'), []), input('b'), [])
    return linear(input('x'), input('weight'), []).map((row, at) =>
      row.map((value, column) => value + scale * (update[at]?.[column] ?? 0)),
    )
  },
})

opTable('linear', [
  ...rows('the smallest', 1, 1, 1),
  ...rows('a single row', 1, 24, 10),
  ...rows('nothing a multiple of 4', 5, 7, 3),
  ...rows('one past a power of two', 9, 65, 33),
  ...rows('long sums', 3, 300, 2),
  adapted('the smallest', 1, 1, 1, 1, 2),
  adapted('odd', 5, 7, 3, 2, 0.5),
  adapted('a rank above the width', 4, 3, 5, 8, 16),
])

/** What is dropped depends on seed and place only, so the definition may ask the same function; its shares are tested below. */
const dropout = { rate: 0.4, seed: DROPOUT_SEED, part: 'q' }
opTable('linear', [
  {
    name: 'dropout before the adapter, and nowhere else',
    inputs: { x: [6, 5], weight: [3, 5], a: [2, 5], b: [3, 2] },
    apply: (ops, input) => ops.linear(input('x'), input('weight'), null, { a: input('a'), b: input('b'), scale: 3, dropout }),
    definition: (input) => {
      const mask = keepMask(30, dropout)
      const kept = input('x').map((row, at) => row.map((value, column) => value * (mask[at * 5 + column] ?? 0)))
      const update = linear(linear(kept, input('a'), []), input('b'), [])
      return linear(input('x'), input('weight'), []).map((row, at) =>
        row.map((value, column) => value + 3 * (update[at]?.[column] ?? 0)),
      )
    },
  },
])

describe('keepMask', () => {
  const rates = [0.05, 0.5, 0.9]
  it.each(rates)('drops a share of %d, keeps the mean, and no two seeds alike', (rate) => {
    const size = 40_000
    const mask = keepMask(size, { rate, seed: 1, part: 'q' })
    const dropped = mask.filter((value) => value === 0).length / size
    // Four deviations of a binomial share.
    expect(Math.abs(dropped - rate)).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / size))
    expect(new Set(mask)).toEqual(new Set([0, Math.fround(1 / (1 - rate))]))
    const other = keepMask(size, { rate, seed: 2, part: 'q' })
    const both = mask.filter((value, at) => value === 0 && other[at] === 0).length / size
    expect(Math.abs(both - rate * rate)).toBeLessThan(4 * Math.sqrt((rate * rate * (1 - rate * rate)) / size))
  })

  it('is the same for the same seed, and for a part of the same places', () => {
    const whole = keepMask(100, { rate: 0.3, seed: 5, part: 'q' })
    expect(keepMask(100, { rate: 0.3, seed: 5, part: 'q' })).toEqual(whole)
    expect(keepMask(60, { rate: 0.3, seed: 5, part: 'q' })).toEqual(whole.slice(0, 60))
  })
})

const sumOf = (name: string, shape: readonly number[]): OpCase => ({
  name: `${name}, [${shape}]`,
  inputs: { a: shape, b: shape },
  apply: (ops, input) => ops.add(input('a'), input('b')),
  definition: (input) => input('a').map((row, at) => row.map((value, column) => value + (input('b')[at]?.[column] ?? 0))),
})

opTable('add', [
  sumOf('the smallest', [1, 1]),
  sumOf('odd', [3, 7]),
  {
    name: 'a tensor and itself, as a residual of nothing would',
    inputs: { a: [3, 5] },
    apply: (ops, input) => ops.add(input('a'), input('a')),
    definition: (input) => input('a').map((row) => row.map((value) => 2 * value)),
  },
])

bodyTable('scaled', [
  {
    name: 'by a window of 7 labels',
    inputs: { x: [1] },
    run: (input) => scaled(input('x'), 1 / 7),
    definition: (input) => input('x').map((row) => row.map((value) => value / 7)),
  },
])

// The kernels that belong to no op, in the kernel table; sizes around a vector and around a unit of 4,096 elements.

import { sum } from '../../opTable/float64.ts'
import { add, blocksOf, copy, fill, scale, sumOfSquares, sumRows, total } from './elements.ts'
import { type KernelCase, kernelTable } from './kernelTable.ts'

const sizes = [1, 3, 4, 7, 4095, 4096, 4097, 13_001]

const elementwise = (size: number): KernelCase[] => [
  {
    name: `add, ${size} elements`,
    inputs: { a: [size], b: [size] },
    outputs: { out: [size] },
    calls: (at) => [add(at('out'), at('a'), at('b'), size)],
    want: (input) => ({ out: input('a').map((row, at) => row.map((value, column) => value + (input('b')[at]?.[column] ?? 0))) }),
  },
  {
    name: `scale in place, ${size} elements`,
    inputs: { x: [size] },
    calls: (at) => [scale(at('x'), at('x'), size, -0.3)],
    want: (input) => ({ x: input('x').map((row) => row.map((value) => value * -0.3)) }),
  },
  {
    name: `copy, ${size} elements`,
    inputs: { x: [size] },
    outputs: { out: [size] },
    calls: (at) => [copy(at('out'), at('x'), size)],
    want: (input) => ({ out: input('x') }),
    tolerance: 0,
  },
  ...[0, 2.5].map(
    (value): KernelCase => ({
      name: `fill with ${value}, ${size} elements`,
      inputs: {},
      outputs: { out: [size] },
      calls: (at) => [fill(at('out'), size, value)],
      want: () => ({ out: [Array.from({ length: size }, () => value)] }),
    }),
  ),
  {
    name: `sum of squares, ${size} elements`,
    inputs: { x: [size] },
    outputs: { partials: [blocksOf(size)], out: [1] },
    calls: (at) => [sumOfSquares(at('partials'), at('x'), size), total(at('out'), at('partials'), blocksOf(size))],
    want: (input) => ({ out: [[sum(input('x').flatMap((row) => row.map((value) => value ** 2)))]] }),
  },
]

const rows = (count: number, columns: number, beta: number): KernelCase => ({
  name: `rows summed, ${count} of ${columns}, beta ${beta}`,
  inputs: beta === 0 ? { x: [count, columns] } : { x: [count, columns], out: [columns] },
  outputs: beta === 0 ? { out: [columns] } : {},
  calls: (at) => [sumRows(at('out'), at('x'), count, columns, beta)],
  want: (input) => {
    const before = beta === 0 ? [] : (input('out')[0] ?? [])
    const sums = input('x')[0]?.map((_, column) => (before[column] ?? 0) * beta + sum(input('x').map((row) => row[column] ?? 0)))
    return { out: [sums ?? []] }
  },
})

kernelTable('elements', sizes.flatMap(elementwise))
kernelTable('elements', [rows(1, 1, 0), rows(5, 7, 0), rows(9, 33, 1), rows(130, 16, 0.5), rows(3, 65, 0)])

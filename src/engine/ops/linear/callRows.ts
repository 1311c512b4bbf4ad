// The products' rows of the call table: each layout in odd sizes, b in both dtypes, with bias, scale and accumulation.

import type { ProductLayout } from '../../plan/calls.ts'
import type { Dtype } from '../../plan/values.ts'
import type { CallRow } from '../../targets/callRow.ts'

const layouts: readonly ProductLayout[] = ['a·bᵀ', 'a·b', 'aᵀ·b']

type Product = {
  /** [m, n, k] */
  sizes: readonly [number, number, number]
  layout: ProductLayout
  dtype?: Dtype
  bias?: boolean
  scale?: number
  accumulate?: boolean
}

/** One product as a row; all that it reads and writes are states. */
export function productRow({ sizes, layout, dtype = 'f32', bias = false, scale = 1, accumulate = false }: Product): CallRow {
  const [m, n, k] = sizes
  const words = [bias ? 'bias' : '', accumulate ? 'accumulating' : '', scale === 1 ? '' : `scale ${scale}`, dtype]
  return {
    name: `matMul ${layout}, ${sizes.join(' × ')}, ${words.filter((word) => word !== '').join(', ')}`,
    calls: ({ state }) => [
      {
        kernel: 'matMul',
        reads: {
          a: state(layout === 'aᵀ·b' ? [k, m] : [m, k]),
          b: state(layout === 'a·bᵀ' ? [n, k] : [k, n], dtype),
          ...(bias ? { bias: state([n]) } : {}),
        },
        writes: { out: state([m, n]) },
        numbers: { m, n, k, scale, accumulate, layout },
      },
    ],
  }
}

/** [m, n, k]: the smallest, around the tiles' edges, multiples of 4 and none, few rows as in writing, real widths. */
const sizes: readonly (readonly [number, number, number])[] = [
  [1, 1, 1],
  [1, 3, 65],
  [3, 1, 127],
  [1, 300, 896],
  [4, 129, 64],
  [7, 65, 33],
  [30, 132, 68],
  [65, 127, 3],
  [127, 66, 65],
  [64, 128, 256],
  [130, 260, 36],
  [12, 20, 1500],
]

const wholeRows: readonly CallRow[] = layouts.flatMap((layout) => [
  ...sizes.map((each) => productRow({ sizes: each, layout })),
  ...(layout === 'aᵀ·b' ? [] : sizes.map((each) => productRow({ sizes: each, layout, dtype: 'bf16' }))),
  productRow({ sizes: [65, 70, 37], layout, bias: true }),
  productRow({ sizes: [65, 70, 37], layout, accumulate: true, scale: 0.25 }),
  productRow({ sizes: [5, 72, 64], layout, bias: true, accumulate: true, scale: -2 }),
  productRow({ sizes: [64, 64, 640], layout, bias: true, accumulate: true, scale: 3 }),
])

/** Where a binding is small, b, the result, or both are held in parts of an even number of rows. */
const rowsInParts: readonly CallRow[] = [
  productRow({ sizes: [3, 300, 33], layout: 'a·bᵀ', bias: true }),
  productRow({ sizes: [3, 300, 36], layout: 'a·bᵀ', dtype: 'bf16', accumulate: true }),
  productRow({ sizes: [40, 200, 20], layout: 'a·bᵀ' }),
  productRow({ sizes: [3, 20, 300], layout: 'a·b', bias: true, scale: 0.5 }),
  productRow({ sizes: [3, 21, 300], layout: 'a·b', dtype: 'bf16', accumulate: true }),
  productRow({ sizes: [100, 30, 9], layout: 'aᵀ·b' }),
  productRow({ sizes: [100, 32, 9], layout: 'aᵀ·b', accumulate: true, scale: 2 }),
  productRow({ sizes: [9, 90, 90], layout: 'aᵀ·b', bias: true }),
]

export const productRows: readonly CallRow[] = [...wholeRows, ...rowsInParts.map((row) => ({ ...row, inParts: true }))]

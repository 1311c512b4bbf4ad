// The matrix products in the kernel table: three layouts, weights of two kinds, everything that may be added, and sizes around
// each edge: 4 rows that are streamed, 16 columns of a panel, 8 of a narrow one, 256 rows of depth, 128 and 256 rows of a unit.

import type { Rows } from '../../opTable/float64.ts'
import { type KernelCase, kernelTable } from '../../targets/cpu/kernelTable.ts'
import { dropout, type ProductArguments, product, productWithTransposed, transposedProduct } from './calls.ts'
import { linear } from './definition.ts'
import { keepMask } from './dropout.ts'

type Sizes = readonly [m: number, n: number, k: number]
type Extras = { beta?: number; scale?: number; bias?: boolean; residual?: boolean; bf16?: boolean }

const transposed = (rows: Rows): Rows => (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? 0))

/** A layout: the shapes of its operands, its call, and what is multiplied. */
const layouts = {
  x·Wᵀ: {
    shapes: ([m, n, k]: Sizes) => ({ a: [m, k], b: [n, k] }),
    call: productWithTransposed,
    meaning: (a: Rows, b: Rows) => linear(a, b, []),
  },
  dY·W: {
    shapes: ([m, n, k]: Sizes) => ({ a: [m, k], b: [k, n] }),
    call: product,
    meaning: (a: Rows, b: Rows) => linear(a, transposed(b), []),
  },
  dYᵀ·X: {
    shapes: ([m, n, k]: Sizes) => ({ a: [k, m], b: [k, n] }),
    call: (product: ProductArguments) => transposedProduct(product),
    meaning: (a: Rows, b: Rows) => linear(transposed(a), transposed(b), []),
  },
} as const

function productCase(layout: keyof typeof layouts, sizes: Sizes, extras: Extras = {}): KernelCase {
  const [m, n, k] = sizes
  const { beta = 0, scale = 1, bias = false, residual = false, bf16 = false } = extras
  const { shapes, call, meaning } = layouts[layout]
  const extraShapes = {
    ...(beta ? { c: [m, n] } : {}),
    ...(bias ? { bias: [n] } : {}),
    ...(residual ? { residual: [m, n] } : {}),
  }
  return {
    name: `${layout}, ${sizes.join(' × ')} ${JSON.stringify(extras)}`,
    inputs: { ...shapes(sizes), ...extraShapes },
    outputs: beta ? {} : { c: [m, n] },
    bf16: bf16 ? ['b'] : [],
    calls: (at) => [
      call(
        {
          c: at('c'),
          a: at('a'),
          b: at('b'),
          m,
          n,
          k,
          beta,
          scale,
          ...(bias ? { bias: at('bias') } : {}),
          ...(residual ? { residual: at('residual') } : {}),
        },
        bf16 ? 'bf16' : 'f32',
      ),
    ],
    want: (input) => {
      const before = beta ? input('c') : []
      const added = residual ? input('residual') : []
      const biasRow = bias ? (input('bias')[0] ?? []) : []
      return {
        c: meaning(input('a'), input('b')).map((row, r) =>
          row.map((sum, at) => scale * sum + beta * (before[r]?.[at] ?? 0) + (added[r]?.[at] ?? 0) + (biasRow[at] ?? 0)),
        ),
      }
    },
  }
}

const sizes: readonly Sizes[] = [
  [1, 1, 1],
  [1, 33, 70],
  [2, 5, 17],
  [3, 18, 23],
  [4, 4, 8],
  [5, 7, 3],
  [5, 16, 16],
  [9, 8, 65],
  [17, 20, 259],
  [33, 9, 31],
  [130, 70, 12],
  [257, 17, 5],
]
const extras: readonly Extras[] = [
  { beta: 1 },
  { beta: 0.5, scale: 0.25 },
  { bias: true },
  { bias: true, residual: true, scale: -2 },
  { beta: 1, bias: true },
]
/** One that is streamed, one that is not, both deeper than a panel. */
const adorned: readonly Sizes[] = [
  [3, 10, 21],
  [7, 19, 261],
]

const names = ['x·Wᵀ', 'dY·W', 'dYᵀ·X'] as const
kernelTable('products', [
  ...names.flatMap((layout) => sizes.map((size) => productCase(layout, size))),
  ...names.flatMap((layout) => adorned.flatMap((size) => extras.map((extra) => productCase(layout, size, extra)))),
])
kernelTable('products of bf16', [
  ...(['x·Wᵀ', 'dY·W'] as const).flatMap((layout) => sizes.map((size) => productCase(layout, size, { bf16: true }))),
  ...adorned.map((size) => productCase('x·Wᵀ', size, { bf16: true, beta: 1, bias: true })),
])

/** A product over k that is far longer than what a level-2 cache holds is cut into wider units. */
const long: Sizes = [70, 70, 4001]
kernelTable('long products', [
  {
    ...productCase('dY·W', long),
    // Sums of 4,001 terms.
    tolerance: 4e-6,
  },
])

const choice = { seed: 77, part: 'model.layers.0.mlp.up_proj' }

const dropped = (size: number, rate: number): KernelCase => {
  const mask = keepMask(size, { ...choice, rate })
  return {
    name: `${size} elements, rate ${rate}`,
    inputs: { x: [size] },
    outputs: { out: [size] },
    calls: (at) => [dropout(at('out'), at('x'), size, { ...choice, rate })],
    want: (input) => ({ out: input('x').map((row) => row.map((value, at) => Math.fround(value * (mask[at] ?? 0)))) }),
    tolerance: 0,
  }
}

/** A rate that the number of the first element meets exactly, found by halving: it is kept, and dropped by any higher rate. */
function rateOnTheEdge(): number {
  let [kept, lost] = [0, 2 ** 32]
  while (lost - kept > 1) {
    const middle = Math.floor((kept + lost) / 2)
    if ((keepMask(1, { ...choice, rate: middle / 2 ** 32 })[0] ?? 0) > 0) kept = middle
    else lost = middle
  }
  return kept / 2 ** 32
}

const rates: readonly [size: number, rate: number][] = [
  [1, 0.5],
  [7, 0],
  [4099, 0.1],
  [9000, 0.95],
  [5, rateOnTheEdge()],
]
kernelTable(
  'dropout',
  rates.map(([size, rate]) => dropped(size, rate)),
)

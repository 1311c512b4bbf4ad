// The linear layer in a plan: one product forward, one for each operand backward, and the same for the adapter beside it.

import type { Dropout, LowRank } from '../../ops.ts'
import type { Builder } from '../../plan/builder.ts'
import type { CallOf } from '../../plan/calls.ts'
import { elementsOf, layerName, type Value } from '../../plan/values.ts'

/** x [N, in], weight [out, in], bias [out] or null → [N, out]. */
export function linear(build: Builder, x: Value, weight: Value, bias: Value | null, adapter: LowRank<Value> | null): Value {
  const [rows = 0, inputs = 0] = x.shape
  const [outputs = 0] = weight.shape
  const out = build.scratch(layerName(weight), [rows, outputs])
  build.call({
    kernel: 'matMul',
    reads: { a: x, b: weight, ...(bias ? { bias } : {}) },
    writes: { out },
    numbers: { m: rows, n: outputs, k: inputs, scale: 1, accumulate: false, layout: 'a·bᵀ' },
  })
  build.onBackward(out, [x, weight, bias], (dOut) => {
    productGradients(build, { x, weight, dOut, scale: 1 })
    const dBias = bias && build.gradientOf(bias)
    if (dBias)
      build.call({
        kernel: 'sumRows',
        reads: { x: dOut },
        writes: { out: dBias.into },
        numbers: { rows, width: outputs, accumulate: dBias.accumulate },
      })
  })
  return adapter ? withAdapter(build, x, out, adapter) : out
}

/** out + scale · dropout(x)·aᵀ·bᵀ; the sum is made in the place of `out`. */
function withAdapter(build: Builder, x: Value, out: Value, { a, b, scale, dropout }: LowRank<Value>): Value {
  const [rows = 0] = x.shape
  const [rank = 0] = a.shape
  const input = dropout === null ? x : dropped(build, x, dropout)
  const narrow = build.scratch(layerName(a), [rows, rank])
  build.call(product(input, a, narrow, 1))
  build.onBackward(narrow, [input, a], (dNarrow) => productGradients(build, { x: input, weight: a, dOut: dNarrow, scale: 1 }))

  const sum = build.scratch(`${out.name} + adapter`, out.shape)
  const size = elementsOf(out)
  build.call({ kernel: 'copy', reads: { x: out }, writes: { out: sum }, numbers: { size } })
  build.call(product(narrow, b, sum, scale, true))
  build.onBackward(sum, [out, narrow, b], (dSum) => {
    productGradients(build, { x: narrow, weight: b, dOut: dSum, scale })
    build.passGradient(out, dSum)
  })
  return sum
}

function dropped(build: Builder, x: Value, { rate, part }: Dropout): Value {
  const out = build.scratch(`${x.name} dropped`, x.shape)
  const numbers = { size: elementsOf(x), rate, seed: { scalar: 'dropoutSeed' }, part }
  build.call({ kernel: 'dropout', reads: { x }, writes: { out }, numbers })
  build.onBackward(out, [x], (dOut) => {
    const masked = build.scratch(`d ${x.name} dropped`, x.shape)
    build.call({ kernel: 'dropout', reads: { x: dOut }, writes: { out: masked }, numbers })
    build.passGradient(x, masked)
  })
  return out
}

/** out [N, out] = scale · x [N, in] · weightᵀ [out, in], or added to what is there. */
function product(x: Value, weight: Value, out: Value, scale: number, accumulate = false): CallOf<'matMul'> {
  const [m = 0, k = 0] = x.shape
  const [n = 0] = weight.shape
  return {
    kernel: 'matMul',
    reads: { a: x, b: weight },
    writes: { out },
    numbers: { m, n, k, scale, accumulate, layout: 'a·bᵀ' },
  }
}

type ProductGradients = { x: Value; weight: Value; dOut: Value; scale: number }

/** Of out = scale · x·weightᵀ: dx = scale · dOut·weight, dWeight = scale · dOutᵀ·x. */
export function productGradients(build: Builder, { x, weight, dOut, scale }: ProductGradients): void {
  const [rows = 0, inputs = 0] = x.shape
  const [outputs = 0] = weight.shape
  const dWeight = build.gradientOf(weight)
  if (dWeight)
    build.call({
      kernel: 'matMul',
      reads: { a: dOut, b: x },
      writes: { out: dWeight.into },
      numbers: { m: outputs, n: inputs, k: rows, scale, accumulate: dWeight.accumulate, layout: 'aᵀ·b' },
    })
  const dx = build.gradientOf(x)
  if (dx)
    build.call({
      kernel: 'matMul',
      reads: { a: dOut, b: weight },
      writes: { out: dx.into },
      numbers: { m: rows, n: inputs, k: outputs, scale, accumulate: dx.accumulate, layout: 'a·b' },
    })
}

/** a + b of one shape. */
export function add(build: Builder, a: Value, b: Value): Value {
  const out = build.scratch('sum', a.shape)
  build.call({ kernel: 'add', reads: { a, b }, writes: { out }, numbers: { size: elementsOf(a) } })
  build.onBackward(out, [a, b], (dOut) => {
    build.passGradient(a, dOut)
    build.passGradient(b, dOut)
  })
  return out
}

// The matrix products of the kernels' benchmark: a training step's at several shapes, and those of writing, with few rows.

import { product, productWithTransposed, transposedProduct } from '../../src/engine/ops/linear/calls.ts'
import * as tfjs from '../../src/engine/ops/matMul.ts'
import { fromValues, type Tensor } from '../../src/engine/tensor.ts'
import { type Row, room } from './measure.ts'

const tensor = (rows: number, columns: number): Tensor =>
  fromValues(
    Float32Array.from({ length: rows * columns }, (_, at) => ((at * 7919) % 4096) / 4096 - 0.5),
    [rows, columns],
  )

/** A linear layer [out, in] on so many tokens: forward, the gradients of its input and of its weight, and forward with weights in bf16. */
function layer(name: string, tokens: number, inputs: number, outputs: number): () => Row[] {
  return () => {
    const [a, b, c] = [tokens * inputs, outputs * inputs, tokens * outputs].map((size) => room(4 * size))
    if (a === undefined || b === undefined || c === undefined) return []
    const [x, weight, y] = [tensor(tokens, inputs), tensor(outputs, inputs), tensor(tokens, outputs)]
    const work = { flops: 2 * tokens * inputs * outputs }
    const shape = `${name} ${tokens} × ${inputs} → ${outputs}`
    const forward = { c, a, b, m: tokens, n: outputs, k: inputs }
    return [
      {
        name: shape,
        calls: [productWithTransposed(forward)],
        work,
        tfjs: () => tfjs.productWithTransposed(x, weight),
      },
      { name: `${shape} bf16`, calls: [productWithTransposed(forward, 'bf16')], work },
      {
        name: `${shape} d input`,
        calls: [product({ c: a, a: c, b, m: tokens, n: inputs, k: outputs })],
        work,
        tfjs: () => tfjs.product(y, weight),
      },
      { name: `${shape} d input bf16`, calls: [product({ c: a, a: c, b, m: tokens, n: inputs, k: outputs }, 'bf16')], work },
      {
        name: `${shape} d weight`,
        calls: [transposedProduct({ c: b, a: c, b: a, m: outputs, n: inputs, k: tokens })],
        work,
        tfjs: () => tfjs.transposedProduct(y, x),
      },
    ]
  }
}

/** Few rows: what counts is how fast the weights come from memory. */
function written(rows: number, inputs: number, outputs: number): () => Row[] {
  return () => {
    const [a, b, c] = [rows * inputs, outputs * inputs, rows * outputs].map((size) => room(4 * size))
    if (a === undefined || b === undefined || c === undefined) return []
    const [x, weight] = [tensor(rows, inputs), tensor(outputs, inputs)]
    const forward = { c, a, b, m: rows, n: outputs, k: inputs }
    const shape = `written ${rows} × ${inputs} → ${outputs}`
    return [
      {
        name: shape,
        calls: [productWithTransposed(forward)],
        work: { bytes: 4 * inputs * outputs },
        tfjs: () => tfjs.productWithTransposed(x, weight),
      },
      { name: `${shape} bf16`, calls: [productWithTransposed(forward, 'bf16')], work: { bytes: 2 * inputs * outputs } },
    ]
  }
}

export const products: readonly (() => Row[])[] = [
  layer('q', 128, 256, 256),
  layer('k', 128, 256, 128),
  layer('up', 128, 256, 704),
  layer('down', 128, 704, 256),
  layer('up', 512, 192, 512),
  layer('up', 64, 896, 4864),
  layer('head', 64, 192, 4096),
  layer('head', 64, 128, 50_000),
  layer('LoRA a', 128, 256, 8),
  layer('LoRA b', 128, 8, 256),
  ...[1, 2, 4, 8, 24].map((rows) => written(rows, 256, 704)),
  ...[1, 4, 24].map((rows) => written(rows, 896, 16_384)),
]

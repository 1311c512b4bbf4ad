// The entry of the kernels' binary: every kernel of the CPU target. Its rules hold for all of them:
// a kernel is (from, to, scratch, …): it does the work units [from, to), and `scratch` is memory that is this thread's own meanwhile.
// What a unit is, each kernel says; every element of a result is computed by one unit in one order, so it does not depend on the cut.
// Addresses in bytes, tensors row-major float32 from multiples of 16. Up to 64 bytes behind a tensor may be read, never written.

import { attentionBackward, attentionKeyGradients } from '../../ops/attention/backward.as.ts'
import { appendKeys, attentionOverCache } from '../../ops/attention/cache.as.ts'
import { attention } from '../../ops/attention/kernel.as.ts'
import { gather, gatherBf16, scatterAdd } from '../../ops/embedding/kernel.as.ts'
import { crossEntropy } from '../../ops/headLoss/kernel.as.ts'
import { dropout } from '../../ops/linear/dropout.as.ts'
import {
  product,
  productBf16,
  productWithTransposed,
  productWithTransposedBf16,
  transposedProduct,
} from '../../ops/linear/kernel.as.ts'
import { rmsNorm, rmsNormBackward, rmsNormWeightGradient } from '../../ops/rmsNorm/kernel.as.ts'
import { rotary } from '../../ops/rotary/kernel.as.ts'
import { swiGlu, swiGluBackward } from '../../ops/swiGlu/kernel.as.ts'
import { adamW } from '../../training/adamW.as.ts'
import { add, copy, fill, scale, sumOfSquares, sumRows, total } from './elements.as.ts'
import { exponential } from './exp.as.ts'

// Imported first, because the compiler takes the file of an `export … from` for another one than that of an import.
export {
  adamW,
  add,
  appendKeys,
  attention,
  attentionBackward,
  attentionKeyGradients,
  attentionOverCache,
  copy,
  crossEntropy,
  dropout,
  exponential,
  fill,
  gather,
  gatherBf16,
  product,
  productBf16,
  productWithTransposed,
  productWithTransposedBf16,
  rmsNorm,
  rmsNormBackward,
  rmsNormWeightGradient,
  rotary,
  scale,
  scatterAdd,
  sumOfSquares,
  sumRows,
  swiGlu,
  swiGluBackward,
  total,
  transposedProduct,
}

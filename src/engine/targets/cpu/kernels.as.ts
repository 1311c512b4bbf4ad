// The entry of the kernels' binary: every kernel of the CPU target. Its rules hold for all of them:
// a kernel is (from, to, scratch, …): it does the work units [from, to), and `scratch` is memory that is this thread's own meanwhile.
// What a unit is, each kernel says; every element of a result is computed by one unit in one order, so it does not depend on the cut.
// Addresses in bytes, tensors row-major float32 from multiples of 16. Up to 64 bytes behind a tensor may be read, never written.

export { gather, gatherBf16, scatterAdd } from '../../ops/embedding/kernel.as.ts'
export { crossEntropy } from '../../ops/headLoss/kernel.as.ts'
export { dropout } from '../../ops/linear/dropout.as.ts'
export {
  product,
  productBf16,
  productWithTransposed,
  productWithTransposedBf16,
  transposedProduct,
} from '../../ops/linear/kernel.as.ts'
export { rmsNorm, rmsNormBackward, rmsNormWeightGradient } from '../../ops/rmsNorm/kernel.as.ts'
export { rotary } from '../../ops/rotary/kernel.as.ts'
export { swiGlu, swiGluBackward } from '../../ops/swiGlu/kernel.as.ts'
export { adamW } from '../../training/adamW.as.ts'
export { add, copy, fill, scale, sumOfSquares, sumRows, total } from './elements.as.ts'
export { exponential } from './exp.as.ts'

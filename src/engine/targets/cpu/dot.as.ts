// Sums of products of two rows that lie in one piece, for work that reads one of them only once. b is f32 or u16, the bits of bf16.
// Several sums side by side, because one alone would wait for each addition.

import { laneSum, multiplyAdd } from './lanes.as.ts'
import { highOf, loadElement, lowOf } from './pack.as.ts'

/** The sum of the products of k elements of a and of b, sixteen at a time. */
export function dot<W>(a: usize, b: usize, k: usize): f32 {
  let sum0 = f32x4.splat(0)
  let sum1 = sum0
  let sum2 = sum0
  let sum3 = sum0
  for (let left = k >> 4; left > 0; left--) {
    if (sizeof<W>() === 4) {
      sum0 = multiplyAdd(v128.load(a), v128.load(b), sum0)
      sum1 = multiplyAdd(v128.load(a, 16), v128.load(b, 16), sum1)
      sum2 = multiplyAdd(v128.load(a, 32), v128.load(b, 32), sum2)
      sum3 = multiplyAdd(v128.load(a, 48), v128.load(b, 48), sum3)
    } else {
      const first = v128.load(b)
      const second = v128.load(b, 16)
      sum0 = multiplyAdd(v128.load(a), lowOf(first), sum0)
      sum1 = multiplyAdd(v128.load(a, 16), highOf(first), sum1)
      sum2 = multiplyAdd(v128.load(a, 32), lowOf(second), sum2)
      sum3 = multiplyAdd(v128.load(a, 48), highOf(second), sum3)
    }
    a += 64
    b += 16 * sizeof<W>()
  }
  let sum = laneSum(f32x4.add(f32x4.add(sum0, sum1), f32x4.add(sum2, sum3)))
  for (let left = k & 15; left > 0; left--) {
    sum += load<f32>(a) * loadElement<W>(b)
    a += 4
    b += sizeof<W>()
  }
  return sum
}

/** The same with two rows of a: the first sum to `out`, the second behind it, 16 bytes on. b is widened once. */
export function dotPair<W>(out: usize, a0: usize, a1: usize, b: usize, k: usize): void {
  let low0 = f32x4.splat(0)
  let high0 = low0
  let low1 = low0
  let high1 = low0
  for (let left = k >> 3; left > 0; left--) {
    const eight = v128.load(b)
    const low = sizeof<W>() === 4 ? eight : lowOf(eight)
    low0 = multiplyAdd(v128.load(a0), low, low0)
    low1 = multiplyAdd(v128.load(a1), low, low1)
    const high = sizeof<W>() === 4 ? v128.load(b, 16) : highOf(eight)
    high0 = multiplyAdd(v128.load(a0, 16), high, high0)
    high1 = multiplyAdd(v128.load(a1, 16), high, high1)
    a0 += 32
    a1 += 32
    b += 8 * sizeof<W>()
  }
  let sum0 = laneSum(f32x4.add(low0, high0))
  let sum1 = laneSum(f32x4.add(low1, high1))
  for (let left = k & 7; left > 0; left--) {
    const weight = loadElement<W>(b)
    sum0 += load<f32>(a0) * weight
    sum1 += load<f32>(a1) * weight
    a0 += 4
    a1 += 4
    b += sizeof<W>()
  }
  store<f32>(out, sum0)
  store<f32>(out, sum1, 16)
}

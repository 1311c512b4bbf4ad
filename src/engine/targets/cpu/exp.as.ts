// Exponential and logarithm for the kernels. The exponential is a polynomial on four floats at once, within 1.1 units in the last place;
// its test goes over the whole range. The logarithm is asked for once a row, so it is scalar, and of float64's precision in float32.
// Loops around the exponential are written with their test at the end: V8 takes what does not change, its constants here, out of such loops only.

import { BLOCK, blockEnd } from './elements.as.ts'
import { multiplyAdd, storeLanes } from './lanes.as.ts'

/** The exponential of what is below is 0: less than the smallest normal float32. */
const LOWEST: f32 = -87.33654

/** What is above counts as this: its exponential is the largest float32 but a few. */
const HIGHEST: f32 = 88.72283

/** 1.5 · 2²³: a small number that is added to it is rounded, and stands in its lowest bits. */
const ROUNDING: f32 = 12_582_912

/** log 2 in two parts; a product of the first with a number up to 2⁸ is exact. */
const LOG2_HIGH: f32 = 0.693359375
const LOG2_LOW: f32 = -2.1219444e-4

/** e^x, lane by lane: x = n·log 2 + r with |r| ≤ log 2 ÷ 2, so e^x = 2ⁿ·e^r. NaN stays NaN, −∞ gives 0, above 88.72 the largest number. */
export function exp(x: v128): v128 {
  const limited = f32x4.pmin(x, f32x4.splat(HIGHEST))
  const shifted = multiplyAdd(limited, f32x4.splat(f32(Math.LOG2E)), f32x4.splat(ROUNDING))
  const n = f32x4.sub(shifted, f32x4.splat(ROUNDING))
  const r = multiplyAdd(n, f32x4.splat(-LOG2_LOW), multiplyAdd(n, f32x4.splat(-LOG2_HIGH), limited))
  // e^r = 1 + r + r²·(…), the minimax polynomial of the relative error: 3e-9 before rounding.
  const r2 = f32x4.mul(r, r)
  const low = multiplyAdd(f32x4.splat(0.16666521), r, f32x4.splat(0.49999994))
  const middle = multiplyAdd(f32x4.splat(0.008368745), r, f32x4.splat(0.04166839))
  const high = multiplyAdd(f32x4.splat(0.0013814541), r2, middle)
  const p = f32x4.add(multiplyAdd(multiplyAdd(high, r2, low), r2, r), f32x4.splat(1))
  // p · 2ⁿ: n goes into the exponent's bits.
  const power = i32x4.add(p, i32x4.shl(shifted, 23))
  return v128.andnot(power, f32x4.lt(x, f32x4.splat(LOWEST)))
}

/** 1 ÷ (1 + e⁻ˣ) */
export function sigmoid(x: v128): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exp(f32x4.neg(x))))
}

/** out = e^x, element by element; out may be x. A unit is 4,096 of them. */
export function exponential(from: usize, to: usize, _scratch: usize, out: usize, x: usize, size: usize): void {
  const end = blockEnd(to, size)
  let at = (from * BLOCK) << 2
  if (at < end)
    do {
      storeLanes(out + at, exp(v128.load(x + at)), (end - at) >> 2)
      at += 16
    } while (at < end)
}

/** log x of a positive normal float32: x = 2ⁿ·m with m around 1, log m = 2·artanh((m − 1) ÷ (m + 1)), whose series ends below 1e-9. */
export function log(x: f32): f32 {
  const bits = reinterpret<u32>(x)
  // So cut that m lies in [√½, √2).
  const n = i32(bits - 0x3f3504f3) >> 23
  const m = f64(reinterpret<f32>(bits - (n << 23)))
  const s = (m - 1) / (m + 1)
  const s2 = s * s
  const series = 1 + s2 * (1 / 3.0 + s2 * (1 / 5.0 + s2 * (1 / 7.0 + s2 * (1 / 9.0 + s2 / 11))))
  return f32(f64(n) * Math.LN2 + 2 * s * series)
}

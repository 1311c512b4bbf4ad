// AdamW on the CPU: weight and both moments in place, and the weight as it was beside them, in one pass over memory. Defined by adamW.ts.

import { BLOCK, blockEnd } from '../targets/cpu/elements.as.ts'
import { multiplyAdd, storeLanes } from '../targets/cpu/lanes.as.ts'

/**
 * With g = gradient · gradientFactor, which is read from memory (clipping computes it just before):
 * first = beta1·first + (1 − beta1)·g, second = beta2·second + (1 − beta2)·g²,
 * before = weight unless that is 0, weight = decayFactor·weight − stepSize · first ÷ (√second + epsilon), with the numbers that adamWNumbers gives.
 * A factor that is no finite number says that the gradients are none: nothing is changed.
 * Sizes in elements; a unit is 4,096 of them.
 */
export function adamW(
  from: usize,
  to: usize,
  scratch: usize,
  weight: usize,
  first: usize,
  second: usize,
  before: usize,
  gradient: usize,
  size: usize,
  gradientFactor: usize,
  beta1: f64,
  beta2: f64,
  stepSize: f32,
  epsilon: f32,
  decayFactor: f32,
): void {
  const at = (from * BLOCK) << 2
  const end = blockEnd(to, size)
  if (at >= end) return
  const factor = f64(load<f32>(gradientFactor))
  if (!(abs(factor) < Infinity)) return
  const addFirst = f32(factor * (1 - beta1))
  const addSecond = f32(factor * factor * (1 - beta2))
  const keepFirst = f32(beta1)
  const keepSecond = f32(beta2)
  const last = at + ((end - at) & ~15)
  if (at < last) {
    const bytes = last - at
    step(
      weight + at,
      first + at,
      second + at,
      before === 0 ? 0 : before + at,
      gradient + at,
      bytes,
      keepFirst,
      addFirst,
      keepSecond,
      addSecond,
      stepSize,
      epsilon,
      decayFactor,
    )
  }
  if (last < end) {
    // The loop takes whole vectors, so the rest goes through a copy.
    const count = (end - last) >> 2
    v128.store(scratch, v128.load(weight + last))
    v128.store(scratch, v128.load(first + last), 16)
    v128.store(scratch, v128.load(second + last), 32)
    step(
      scratch,
      scratch + 16,
      scratch + 32,
      scratch + 48,
      gradient + last,
      16,
      keepFirst,
      addFirst,
      keepSecond,
      addSecond,
      stepSize,
      epsilon,
      decayFactor,
    )
    storeLanes(weight + last, v128.load(scratch), count)
    storeLanes(first + last, v128.load(scratch, 16), count)
    storeLanes(second + last, v128.load(scratch, 32), count)
    if (before !== 0) storeLanes(before + last, v128.load(scratch, 48), count)
  }
}

/** Of so many bytes, at least 16. */
function step(
  weight: usize,
  first: usize,
  second: usize,
  before: usize,
  gradient: usize,
  bytes: usize,
  keepFirst: f32,
  addFirst: f32,
  keepSecond: f32,
  addSecond: f32,
  stepSize: f32,
  epsilon: f32,
  decayFactor: f32,
): void {
  let at: usize = 0
  do {
    const g = v128.load(gradient + at)
    const kept = f32x4.mul(v128.load(first + at), f32x4.splat(keepFirst))
    const m = withoutTiny(multiplyAdd(g, f32x4.splat(addFirst), kept))
    const keptSquares = f32x4.mul(v128.load(second + at), f32x4.splat(keepSecond))
    const v = multiplyAdd(f32x4.mul(g, g), f32x4.splat(addSecond), keptSquares)
    const direction = f32x4.div(m, f32x4.add(f32x4.sqrt(v), f32x4.splat(epsilon)))
    const w = v128.load(weight + at)
    const decayed = f32x4.mul(w, f32x4.splat(decayFactor))
    if (before !== 0) v128.store(before + at, w)
    v128.store(first + at, m)
    v128.store(second + at, v)
    v128.store(weight + at, multiplyAdd(direction, f32x4.splat(-stepSize), decayed))
    at += 16
  } while (at < bytes)
}

/** What lies below 2⁻¹²⁰ becomes 0: some hundred steps without a gradient would leave denormal numbers, with which some processors are very slow. */
function withoutTiny(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), f32x4.splat(7.52316385e-37)))
}

// AdamW on the CPU: weight and both moments in place, in one pass over memory. Defined by adamW.ts.

import { BLOCK, blockEnd } from '../targets/cpu/elements.as.ts'
import { multiplyAdd, storeLanes } from '../targets/cpu/lanes.as.ts'

/**
 * With g = gradient · gradientFactor, which is read from memory (clipping computes it just before):
 * first = beta1·first + (1 − beta1)·g, second = beta2·second + (1 − beta2)·g²,
 * weight = decayFactor·weight − stepSize · first ÷ (√second + epsilon), with the numbers that adamWNumbers gives.
 * Sizes in elements; a unit is 4,096 of them.
 */
export function adamW(
  from: usize,
  to: usize,
  _scratch: usize,
  weight: usize,
  first: usize,
  second: usize,
  gradient: usize,
  size: usize,
  gradientFactor: usize,
  beta1: f64,
  beta2: f64,
  stepSize: f32,
  epsilon: f32,
  decayFactor: f32,
): void {
  const factor = f64(load<f32>(gradientFactor))
  const keepFirst = f32x4.splat(f32(beta1))
  const keepSecond = f32x4.splat(f32(beta2))
  const addFirst = f32x4.splat(f32(factor * (1 - beta1)))
  const addSecond = f32x4.splat(f32(factor * factor * (1 - beta2)))
  const back = f32x4.splat(-stepSize)
  const beside = f32x4.splat(epsilon)
  const decay = f32x4.splat(decayFactor)
  const end = blockEnd(to, size)
  for (let at = (from * BLOCK) << 2; at < end; at += 16) {
    const count = (end - at) >> 2
    const g = v128.load(gradient + at)
    const m = multiplyAdd(g, addFirst, f32x4.mul(v128.load(first + at), keepFirst))
    const v = multiplyAdd(f32x4.mul(g, g), addSecond, f32x4.mul(v128.load(second + at), keepSecond))
    const direction = f32x4.div(m, f32x4.add(f32x4.sqrt(v), beside))
    storeLanes(first + at, m, count)
    storeLanes(second + at, v, count)
    storeLanes(weight + at, multiplyAdd(direction, back, f32x4.mul(v128.load(weight + at), decay)), count)
  }
}

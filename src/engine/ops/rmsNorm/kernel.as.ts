// RMSNorm and its gradients: rows [rows, width], each divided by its root mean square and multiplied by weight [width].
// Backward reads x and the inverse root mean squares that forward left, so that nothing as wide as x is kept beside x.

import { dot } from '../../targets/cpu/dot.as.ts'
import { laneSum, loadLanes, multiplyAdd, storeLanes } from '../../targets/cpu/lanes.as.ts'

/** out = x · inverseRms · weight, inverseRms [rows] = 1 ÷ √(mean of a row's squares + eps). A unit is a row. */
export function rmsNorm(
  from: usize,
  to: usize,
  _scratch: usize,
  out: usize,
  inverseRms: usize,
  x: usize,
  weight: usize,
  width: usize,
  eps: f32,
): void {
  const bytes = width << 2
  const whole = bytes & ~15
  for (let row = from; row < to; row++) {
    const source = x + row * bytes
    const inverse = f32(1) / sqrt<f32>(dot<f32>(source, source, width) / f32(width) + eps)
    store<f32>(inverseRms + (row << 2), inverse)
    const factor = f32x4.splat(inverse)
    const place = out + row * bytes
    for (let at: usize = 0; at < whole; at += 16)
      v128.store(place + at, f32x4.mul(f32x4.mul(v128.load(source + at), factor), v128.load(weight + at)))
    const last = f32x4.mul(f32x4.mul(v128.load(source + whole), factor), v128.load(weight + whole))
    storeLanes(place + whole, last, (bytes - whole) >> 2)
  }
}

/** dx = inverseRms · (dOut · weight − n · mean(dOut · weight · n)) with n = x · inverseRms, or added to dx. A unit is a row. */
export function rmsNormBackward(
  from: usize,
  to: usize,
  _scratch: usize,
  dx: usize,
  x: usize,
  weight: usize,
  inverseRms: usize,
  dOut: usize,
  width: usize,
  accumulates: bool,
): void {
  const bytes = width << 2
  for (let row = from; row < to; row++) {
    const source = x + row * bytes
    const cotangent = dOut + row * bytes
    const inverse = load<f32>(inverseRms + (row << 2))
    let along0 = f32x4.splat(0)
    let along1 = along0
    let at: usize = 0
    for (; at + 32 <= bytes; at += 32) {
      const scaled0 = f32x4.mul(v128.load(cotangent + at), v128.load(weight + at))
      const scaled1 = f32x4.mul(v128.load(cotangent + at, 16), v128.load(weight + at, 16))
      along0 = multiplyAdd(scaled0, v128.load(source + at), along0)
      along1 = multiplyAdd(scaled1, v128.load(source + at, 16), along1)
    }
    for (; at < bytes; at += 16) {
      const rest = (bytes - at) >> 2
      const scaled = f32x4.mul(loadLanes(cotangent + at, rest), loadLanes(weight + at, rest))
      along0 = multiplyAdd(scaled, loadLanes(source + at, rest), along0)
    }
    const along = laneSum(f32x4.add(along0, along1))
    const factor = f32x4.splat(inverse)
    const back = f32x4.splat((-along * inverse * inverse * inverse) / f32(width))
    const place = dx + row * bytes
    for (at = 0; at < bytes; at += 16) {
      const scaled = f32x4.mul(f32x4.mul(v128.load(cotangent + at), v128.load(weight + at)), factor)
      const gradient = multiplyAdd(v128.load(source + at), back, scaled)
      storeLanes(place + at, accumulates ? f32x4.add(gradient, v128.load(place + at)) : gradient, (bytes - at) >> 2)
    }
  }
}

/** dWeight [width] = Σ over rows of dOut · x · inverseRms, from the first row to the last, or added to dWeight. A unit is 16 columns. */
export function rmsNormWeightGradient(
  from: usize,
  to: usize,
  _scratch: usize,
  dWeight: usize,
  x: usize,
  inverseRms: usize,
  dOut: usize,
  rows: usize,
  width: usize,
  accumulates: bool,
): void {
  const bytes = width << 2
  const last = min(to << 6, bytes)
  for (let at = from << 6; at < last; at += 16) {
    const place = dWeight + at
    let sum = accumulates ? v128.load(place) : f32x4.splat(0)
    let source = x + at
    let cotangent = dOut + at
    for (let row: usize = 0; row < rows; row++, source += bytes, cotangent += bytes) {
      const normed = f32x4.mul(v128.load(source), v128.load32_splat(inverseRms + (row << 2)))
      sum = multiplyAdd(v128.load(cotangent), normed, sum)
    }
    storeLanes(place, sum, (last - at) >> 2)
  }
}

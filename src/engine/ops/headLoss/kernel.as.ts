// Softmax cross-entropy of a chunk of logits on the CPU: the logits become their gradient in place. Defined by composed.ts.

import { exp, log } from '../../targets/cpu/exp.as.ts'
import { firstLanes, laneMax, laneSum, storeLanes } from '../../targets/cpu/lanes.as.ts'

/** Bytes of logits that are summed in float32 before the sum goes into a float64. */
const STRETCH: usize = 16_384

/**
 * logits [rows, vocabulary] become the gradient of factor · Σ losses: factor · (softmax − one-hot of the target), and losses [rows] are
 * log Σ eˣ − x of the target, in nats. targets [rows] are 32-bit integers; −1 is a row that does not count: no loss, a gradient of zeros.
 * A unit is a row.
 */
export function crossEntropy(
  from: usize,
  to: usize,
  _scratch: usize,
  losses: usize,
  logits: usize,
  targets: usize,
  vocabulary: usize,
  factor: f32,
): void {
  const bytes = vocabulary << 2
  for (let row = from; row < to; row++) {
    const begin = logits + row * bytes
    const target = load<i32>(targets + (row << 2))
    let loss: f32 = 0
    if (target < 0) memory.fill(begin, 0, bytes)
    else {
      const place = begin + (usize(target) << 2)
      const largest = largestOf(begin, begin + bytes)
      const ofTarget = load<f32>(place)
      const sum = exponentials(begin, begin + bytes, largest)
      loss = log(sum) + (largest - ofTarget)
      multiply(begin, begin + bytes, factor / sum)
      store<f32>(place, load<f32>(place) - factor)
    }
    store<f32>(losses + (row << 2), loss)
  }
}

function largestOf(begin: usize, end: usize): f32 {
  let largest0 = v128.load32_splat(begin)
  let largest1 = largest0
  let at = begin
  for (; at + 32 <= end; at += 32) {
    largest0 = f32x4.pmax(largest0, v128.load(at))
    largest1 = f32x4.pmax(largest1, v128.load(at, 16))
  }
  for (; at < end; at += 4) largest0 = f32x4.pmax(largest0, v128.load32_splat(at))
  return laneMax(f32x4.pmax(largest0, largest1))
}

/** x becomes e^(x − largest); returns their sum. */
function exponentials(begin: usize, end: usize, largest: f32): f32 {
  const shift = f32x4.splat(largest)
  let total: f64 = 0
  let at = begin
  for (let stretch = begin; stretch + 16 <= end; stretch += STRETCH) {
    const stretchEnd = min(stretch + STRETCH, end)
    let sum = f32x4.splat(0)
    do {
      const power = exp(f32x4.sub(v128.load(at), shift))
      v128.store(at, power)
      sum = f32x4.add(sum, power)
      at += 16
    } while (at + 16 <= stretchEnd)
    total += f64(laneSum(sum))
  }
  if (at < end) {
    const count = (end - at) >> 2
    const power = exp(f32x4.sub(v128.load(at), shift))
    storeLanes(at, power, count)
    total += f64(laneSum(v128.and(power, firstLanes(count))))
  }
  return f32(total)
}

function multiply(begin: usize, end: usize, factor: f32): void {
  const by = f32x4.splat(factor)
  let at = begin
  if (at + 16 <= end)
    do {
      v128.store(at, f32x4.mul(v128.load(at), by))
      at += 16
    } while (at + 16 <= end)
  if (at < end) storeLanes(at, f32x4.mul(v128.load(at), by), (end - at) >> 2)
}

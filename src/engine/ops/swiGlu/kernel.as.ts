// silu(gate) · up on the CPU, and its gradients, which compute silu again: reading it back would cost as much. Defined by composed.ts.
// Sizes in elements; a unit is 4,096 of them. Whole vectors go through a loop that is as short as can be; what remains at the end
// goes through the same loop into scratch.

import { BLOCK, blockEnd } from '../../targets/cpu/elements.as.ts'
import { sigmoid } from '../../targets/cpu/exp.as.ts'
import { multiplyAdd, storeLanes } from '../../targets/cpu/lanes.as.ts'

/** out = silu(gate) · up; out may be one of them. */
export function swiGlu(from: usize, to: usize, scratch: usize, out: usize, gate: usize, up: usize, size: usize): void {
  const at = (from * BLOCK) << 2
  const end = blockEnd(to, size)
  if (at >= end) return
  const last = at + ((end - at) & ~15)
  if (at < last) products(out + at, gate + at, up + at, last - at)
  if (last < end) {
    products(scratch, gate + last, up + last, 16)
    storeLanes(out + last, v128.load(scratch), (end - last) >> 2)
  }
}

/** silu(gate) · up of so many bytes, at least 16. */
function products(out: usize, gate: usize, up: usize, bytes: usize): void {
  let at: usize = 0
  do {
    const g = v128.load(gate + at)
    v128.store(out + at, f32x4.mul(f32x4.mul(g, sigmoid(g)), v128.load(up + at)))
    at += 16
  } while (at < bytes)
}

/** dGate = dOut · up · (σ + silu·(1 − σ)), dUp = dOut · silu. Each may take the place of one of the inputs. */
export function swiGluBackward(
  from: usize,
  to: usize,
  scratch: usize,
  dGate: usize,
  dUp: usize,
  dOut: usize,
  gate: usize,
  up: usize,
  size: usize,
): void {
  const at = (from * BLOCK) << 2
  const end = blockEnd(to, size)
  if (at >= end) return
  const last = at + ((end - at) & ~15)
  if (at < last) gradients(dGate + at, dUp + at, dOut + at, gate + at, up + at, last - at)
  if (last < end) {
    gradients(scratch, scratch + 16, dOut + last, gate + last, up + last, 16)
    storeLanes(dGate + last, v128.load(scratch), (end - last) >> 2)
    storeLanes(dUp + last, v128.load(scratch, 16), (end - last) >> 2)
  }
}

/** Both gradients of so many bytes, at least 16. */
function gradients(dGate: usize, dUp: usize, dOut: usize, gate: usize, up: usize, bytes: usize): void {
  let at: usize = 0
  do {
    const g = v128.load(gate + at)
    const d = v128.load(dOut + at)
    const throughGate = f32x4.mul(d, v128.load(up + at))
    const sigma = sigmoid(g)
    const silu = f32x4.mul(g, sigma)
    const slope = multiplyAdd(silu, f32x4.sub(f32x4.splat(1), sigma), sigma)
    v128.store(dGate + at, f32x4.mul(throughGate, slope))
    v128.store(dUp + at, f32x4.mul(d, silu))
    at += 16
  } while (at < bytes)
}

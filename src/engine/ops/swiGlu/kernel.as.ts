// silu(gate) · up on the CPU, and its gradients, which compute silu again: reading it back would cost as much. Defined by composed.ts.
// Sizes in elements; a unit is 4,096 of them.

import { BLOCK, blockEnd } from '../../targets/cpu/elements.as.ts'
import { exp } from '../../targets/cpu/exp.as.ts'
import { multiplyAdd, storeLanes } from '../../targets/cpu/lanes.as.ts'

/** 1 ÷ (1 + e⁻ˣ) */
function sigmoid(x: v128): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exp(f32x4.neg(x))))
}

/** out = silu(gate) · up; out may be one of them. */
export function swiGlu(from: usize, to: usize, _scratch: usize, out: usize, gate: usize, up: usize, size: usize): void {
  const end = blockEnd(to, size)
  for (let at = (from * BLOCK) << 2; at < end; at += 16) {
    const g = v128.load(gate + at)
    const silu = f32x4.mul(g, sigmoid(g))
    storeLanes(out + at, f32x4.mul(silu, v128.load(up + at)), (end - at) >> 2)
  }
}

/** dGate = dOut · up · (σ + silu·(1 − σ)), dUp = dOut · silu. Each may take the place of one of the inputs. */
export function swiGluBackward(
  from: usize,
  to: usize,
  _scratch: usize,
  dGate: usize,
  dUp: usize,
  dOut: usize,
  gate: usize,
  up: usize,
  size: usize,
): void {
  const end = blockEnd(to, size)
  for (let at = (from * BLOCK) << 2; at < end; at += 16) {
    const g = v128.load(gate + at)
    const d = v128.load(dOut + at)
    const throughGate = f32x4.mul(d, v128.load(up + at))
    const sigma = sigmoid(g)
    const silu = f32x4.mul(g, sigma)
    const slope = multiplyAdd(silu, f32x4.sub(f32x4.splat(1), sigma), sigma)
    storeLanes(dGate + at, f32x4.mul(throughGate, slope), (end - at) >> 2)
    storeLanes(dUp + at, f32x4.mul(d, silu), (end - at) >> 2)
  }
}

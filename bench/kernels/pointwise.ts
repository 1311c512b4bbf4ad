// The kernels of the benchmark that go over elements or rows with exponentials, roots and rotations: bytes read and written a second.

import { crossEntropy } from '../../src/engine/ops/headLoss/calls.ts'
import { rotary } from '../../src/engine/ops/rotary/calls.ts'
import { swiGlu, swiGluBackward } from '../../src/engine/ops/swiGlu/calls.ts'
import { adamWCall } from '../../src/engine/training/adamWCalls.ts'
import { integers, type Row, room } from './measure.ts'

function gated(tokens: number, ffn: number): Row[] {
  const size = tokens * ffn
  const inputs = { gate: room(4 * size), up: room(4 * size) }
  const gradients = { dGate: room(4 * size), dUp: room(4 * size), dOut: room(4 * size) }
  return [
    { name: `swiGlu ${size}`, calls: [swiGlu({ out: room(4 * size), ...inputs }, size)], work: { bytes: 12 * size } },
    { name: `swiGlu d ${size}`, calls: [swiGluBackward({ ...inputs, ...gradients }, size)], work: { bytes: 20 * size } },
  ]
}

function turned(rows: number, heads: number, headDim: number): Row[] {
  const size = rows * heads * headDim
  const [out, x, cos, sin] = [room(4 * size), room(4 * size), room(2 * rows * headDim), room(2 * rows * headDim)]
  const call = rotary({ out, x, cos, sin }, { rows, heads, headDim }, false)
  return [{ name: `rotary ${rows} × ${heads} × ${headDim}`, calls: [call], work: { bytes: 8 * size } }]
}

/** The bits of 0.01: what is summed of squares is not negative. */
const SMALL = 0x3c23d70a

function updated(size: number): Row[] {
  const places = {
    weight: room(4 * size),
    first: room(4 * size),
    before: room(4 * size),
    gradient: room(4 * size),
    gradientFactor: integers([SMALL]),
  }
  const second = integers(Array.from({ length: size }, () => SMALL))
  const settings = { adam_beta1: 0.9, adam_beta2: 0.999, adam_epsilon: 1e-8, weight_decay: 0 }
  const call = adamWCall({ ...places, second }, size, settings, { stepSize: 0, epsilon: 1e-8, decayFactor: 1 })
  return [{ name: `adamW ${size}`, calls: [call], work: { bytes: 32 * size } }]
}

function losses(rows: number, vocabulary: number): Row[] {
  const size = rows * vocabulary
  const places = { losses: room(4 * rows), logits: room(4 * size), targets: integers(Array.from({ length: rows }, () => 7)) }
  const call = crossEntropy(places, { rows, vocabulary }, 1)
  return [{ name: `cross-entropy ${rows} × ${vocabulary}`, calls: [call], work: { bytes: 8 * size } }]
}

export const pointwise: readonly (() => Row[])[] = [
  () => gated(128, 704),
  () => gated(384, 512),
  () => turned(128, 4, 64),
  () => turned(384, 6, 32),
  () => updated(256 * 704),
  () => updated(4096 * 256),
  () => losses(64, 4096),
  () => losses(64, 50_000),
]

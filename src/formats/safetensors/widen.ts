// Stored numbers into float32: F32 as it is, F16 and BF16 exactly (every one of them is also a float32).
// Both the file and every machine this runs on are little-endian, so bytes are looked at in place.
// Must not know: files, tensors.

import type { FloatDtype } from './dtype.ts'

/** Fills `into` from `bytes`, which may start anywhere in their buffer and hold as many numbers as `into` has places. */
export function widen(bytes: Uint8Array<ArrayBuffer>, dtype: FloatDtype, into: Float32Array<ArrayBuffer>): void {
  if (dtype === 'F32') {
    new Uint8Array(into.buffer, into.byteOffset, into.byteLength).set(bytes)
    return
  }
  const whole = bytes.byteOffset % 2 === 0 ? bytes : bytes.slice()
  const halves = new Uint16Array(whole.buffer, whole.byteOffset, whole.byteLength / 2)
  if (dtype === 'BF16') widenBfloat16(halves, into)
  else widenFloat16(halves, into)
}

/** A bfloat16 is the upper half of a float32. */
function widenBfloat16(halves: Uint16Array<ArrayBuffer>, into: Float32Array<ArrayBuffer>): void {
  const bits = new Uint32Array(into.buffer, into.byteOffset, into.length)
  for (let i = 0; i < halves.length; i++) bits[i] = (halves[i] ?? 0) << 16
}

function widenFloat16(halves: Uint16Array<ArrayBuffer>, into: Float32Array<ArrayBuffer>): void {
  const table = float16Table()
  for (let i = 0; i < halves.length; i++) into[i] = table[halves[i] ?? 0] ?? 0
}

let table: Float32Array<ArrayBuffer> | null = null

/** All 65,536 of them (256 kB), made when the first F16 tensor comes: a look-up is faster than the branches. */
function float16Table(): Float32Array<ArrayBuffer> {
  table ??= Float32Array.from({ length: 0x10000 }, (_, half) => float16Value(half))
  return table
}

function float16Value(half: number): number {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >> 10) & 0x1f
  const fraction = half & 0x3ff
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

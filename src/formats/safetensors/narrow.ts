// Float32 into the stored forms, rounded to the nearest and on a tie to the even one, as PyTorch does.
// What was read from F16 or BF16 and not changed comes out with the same bits.
// Must not know: files, tensors.

import type { FloatDtype } from './dtype.ts'

/** The bytes of `values` in `dtype`; a view of the same memory for F32. */
export function narrow(values: Float32Array<ArrayBuffer>, dtype: FloatDtype): Uint8Array<ArrayBuffer> {
  if (dtype === 'F32') return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
  const halves = new Uint16Array(values.length)
  const round = dtype === 'BF16' ? bfloat16Bits : float16Bits
  for (let i = 0; i < bits.length; i++) halves[i] = round(bits[i] ?? 0)
  return new Uint8Array(halves.buffer)
}

function bfloat16Bits(bits: number): number {
  // Rounding would carry a NaN's fraction into its exponent; its quiet bit is set instead.
  if ((bits & 0x7fffffff) > 0x7f800000) return (bits >>> 16) | 0x40
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16
}

function float16Bits(bits: number): number {
  const sign = (bits >>> 16) & 0x8000
  const magnitude = bits & 0x7fffffff
  if (magnitude > 0x7f800000) return sign | 0x7e00
  // 65,520 and above round to infinity.
  if (magnitude >= 0x477ff000) return sign | 0x7c00
  const exponent = magnitude >>> 23
  if (exponent >= 113) return sign | roundShift(magnitude - (112 << 23), 13)
  // Below 2^-25 nothing is left; a tie at 2^-25 itself goes to zero, the even one.
  if (exponent < 102) return sign
  return sign | roundShift((magnitude & 0x7fffff) | 0x800000, 126 - exponent)
}

/** value / 2^shift, rounded to nearest even. A carry out of the fraction runs into the exponent, which is right. */
function roundShift(value: number, shift: number): number {
  const half = 2 ** (shift - 1)
  const kept = value >>> shift
  const rest = value - kept * 2 ** shift
  return rest > half || (rest === half && kept & 1) ? kept + 1 : kept
}

// Widening and narrowing over all 65,536 halves, and the ties and ends where rounding goes wrong first.

import { describe, expect, it } from 'vitest'
import type { FloatDtype } from './dtype.ts'
import { narrow } from './narrow.ts'
import { widen } from './widen.ts'

function widened(bytes: Uint8Array<ArrayBuffer>, dtype: FloatDtype): Float32Array<ArrayBuffer> {
  const values = new Float32Array(bytes.length / (dtype === 'F32' ? 4 : 2))
  widen(bytes, dtype, values)
  return values
}

const all = Uint16Array.from({ length: 0x10000 }, (_, i) => i)
const halvesOf = (bytes: Uint8Array<ArrayBuffer>) => new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2)
const rounded = (value: number, dtype: 'F16' | 'BF16') => widened(narrow(Float32Array.of(value), dtype), dtype)[0]

describe.each(['F16', 'BF16'] as const)('%s', (dtype) => {
  it('widens and narrows every value to its own bits', () => {
    const values = widened(new Uint8Array(all.buffer), dtype)
    const back = halvesOf(narrow(values, dtype))
    const changed = [...all.keys()].filter((i) => !Number.isNaN(values[i]) && back[i] !== i)
    expect(changed).toEqual([])
    expect(
      [...all.keys()].filter(
        (i) => Number.isNaN(values[i]) !== Number.isNaN(widened(narrow(values.subarray(i, i + 1), dtype), dtype)[0]),
      ),
    ).toEqual([])
  })

  it('rounds what lies between two neighbours to the nearer, and the middle to the even one', () => {
    const values = widened(new Uint8Array(all.buffer), dtype)
    const last = dtype === 'F16' ? 0x7bff : 0x7f7f
    for (let i = 0; i < last; i += 7) {
      const [low, high] = [values[i] ?? 0, values[i + 1] ?? 0]
      const middle = (low + high) / 2
      expect(rounded(middle, dtype)).toBe(i % 2 === 0 ? low : high)
      if (Math.fround(low + (high - low) * 0.25) < middle) expect(rounded(low + (high - low) * 0.25, dtype)).toBe(low)
      if (Math.fround(low + (high - low) * 0.75) > middle) expect(rounded(-(low + (high - low) * 0.75), dtype)).toBe(-high)
    }
  })
})

it('goes to infinity where PyTorch does', () => {
  expect(rounded(65519, 'F16')).toBe(65504)
  expect(rounded(65520, 'F16')).toBe(Number.POSITIVE_INFINITY)
  expect(rounded(3.4e38, 'BF16')).toBe(Number.POSITIVE_INFINITY)
  expect(rounded(2 ** -25, 'F16')).toBe(0)
  expect(rounded(2 ** -25 * 1.01, 'F16')).toBe(2 ** -24)
  expect(Object.is(rounded(-1e-30, 'F16'), -0)).toBe(true)
})

it('reads numbers that begin at an odd byte', () => {
  const shifted = new Uint8Array([9, ...new Uint8Array(Float32Array.of(1.5, -2).buffer)])
  expect(widened(shifted.subarray(1), 'F32')).toEqual(Float32Array.of(1.5, -2))
  expect(widened(new Uint8Array([9, 0x80, 0x3f]).subarray(1), 'BF16')).toEqual(Float32Array.of(1))
})

// The number forms that a safetensors file can hold, and the three that models here are read from and written in.

export type FloatDtype = 'F32' | 'F16' | 'BF16'

const bitsOf: ReadonlyMap<string, number> = new Map([
  ['BOOL', 8],
  ['U8', 8],
  ['I8', 8],
  ['F8_E5M2', 8],
  ['F8_E4M3', 8],
  ['F8_E8M0', 8],
  ['I16', 16],
  ['U16', 16],
  ['F16', 16],
  ['BF16', 16],
  ['I32', 32],
  ['U32', 32],
  ['F32', 32],
  ['F64', 64],
  ['I64', 64],
  ['U64', 64],
  ['C64', 64],
  ['F4', 4],
  ['F6_E2M3', 6],
  ['F6_E3M2', 6],
])

/** Bytes of a tensor; null for a form that is not in the format's list. May be a fraction for forms under a byte. */
export function bytesOfTensor(dtype: string, shape: readonly number[]): number | null {
  const bits = bitsOf.get(dtype)
  return bits === undefined ? null : (elementsOf(shape) * bits) / 8
}

export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}

export function isFloatDtype(dtype: string): dtype is FloatDtype {
  return dtype === 'F32' || dtype === 'F16' || dtype === 'BF16'
}

export function bytesPerElement(dtype: FloatDtype): 2 | 4 {
  return dtype === 'F32' ? 4 : 2
}

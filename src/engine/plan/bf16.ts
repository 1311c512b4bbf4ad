// Frozen weights as bfloat16, the upper half of a float32: half the memory. Only where nothing is lost by it, so that what a run computes
// is the same to the bit however its weights are held.

/** Whether every number is a bfloat16. */
export function isBf16(values: Float32Array): boolean {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
  for (const word of bits) if ((word & 0xffff) !== 0) return false
  return true
}

/** The upper halves of numbers that are bfloat16. */
export function halvesOf(values: Float32Array): Uint16Array<ArrayBuffer> {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
  return Uint16Array.from(bits, (word) => word >>> 16)
}

/** Numbers from their upper halves. */
export function fromHalves(halves: Uint16Array): Float32Array<ArrayBuffer> {
  return new Float32Array(Uint32Array.from(halves, (half) => half << 16).buffer)
}

// Frozen weights as bfloat16, the upper half of a float32: half the memory. Only where nothing is lost by it, so that what a run computes
// is the same to the bit however its weights are held.
// Plain loops: `from` with a function takes 60 times as long, and a model has millions of numbers.

/** Whether every number is a bfloat16. */
export function isBf16(values: Float32Array): boolean {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
  for (let at = 0; at < bits.length; at++) if (((bits[at] ?? 0) & 0xffff) !== 0) return false
  return true
}

/** The upper halves of numbers that are bfloat16. */
export function halvesOf(values: Float32Array): Uint16Array<ArrayBuffer> {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
  const halves = new Uint16Array(bits.length)
  for (let at = 0; at < bits.length; at++) halves[at] = (bits[at] ?? 0) >>> 16
  return halves
}

/** Numbers from their upper halves. */
export function fromHalves(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const bits = new Uint32Array(halves.length)
  for (let at = 0; at < halves.length; at++) bits[at] = (halves[at] ?? 0) << 16
  return new Float32Array(bits.buffer)
}

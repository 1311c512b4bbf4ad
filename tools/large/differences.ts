// How far two probes of one batch are from each other: logits, loss and gradients, as shares of the largest number of each.

type Entry = { dtype: string; shape: number[]; data_offsets: [number, number] }

export type Difference = { what: string; most: number; allowed: number }

/** Float32 of 24 blocks on two devices: the same sums in another order, some thousand roundings deep. */
const ALLOWED = { logits: 1e-4, loss: 1e-5, gradients: 1e-3 }

export function differencesOf(some: Buffer, others: Buffer): Difference[] {
  const [a, b] = [tensorsOf(some), tensorsOf(others)]
  const most = (isMeant: (name: string) => boolean) =>
    [...a].filter(([name]) => isMeant(name)).reduce((worst, [name, values]) => Math.max(worst, apart(values, b.get(name))), 0)
  const isGradient = (name: string) => name.startsWith('grad.')
  return [
    { what: 'logits on wasm and webgpu', most: most((name) => name === 'logits'), allowed: ALLOWED.logits },
    { what: 'loss on wasm and webgpu', most: most((name) => name === 'loss'), allowed: ALLOWED.loss },
    { what: 'the adapter’s gradients on wasm and webgpu', most: most(isGradient), allowed: ALLOWED.gradients },
  ]
}

function tensorsOf(file: Buffer): Map<string, Float32Array> {
  const length = Number(file.readBigUInt64LE(0))
  const header: Record<string, Entry> = JSON.parse(file.toString('utf8', 8, 8 + length))
  const tensors = new Map<string, Float32Array>()
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue
    const [from, to] = entry.data_offsets
    tensors.set(name, new Float32Array(Uint8Array.from(file.subarray(8 + length + from, 8 + length + to)).buffer))
  }
  return tensors
}

/** The largest difference over the largest magnitude; NaN where they cannot be compared. */
function apart(values: Float32Array, others: Float32Array | undefined): number {
  if (others?.length !== values.length) return Number.NaN
  let [difference, magnitude] = [0, 0]
  for (const [at, value] of values.entries()) {
    difference = Math.max(difference, Math.abs(value - (others[at] ?? Number.NaN)))
    magnitude = Math.max(magnitude, Math.abs(value))
  }
  return magnitude === 0 ? difference : difference / magnitude
}

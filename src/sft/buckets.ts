// Sizes in few steps, so that plans and what is laid out for them are used again: a run has a plan for each shape of a micro-batch,
// and no two batches have the same number of learned tokens.
// Must not know: plans.

/** Steps between a size and twice that size: at most an eighth is added. */
const STEPS_AN_OCTAVE = 8

/** The next size up that is in use: multiples of 8 up to 128, of 16 up to 256, and so on. */
export function bucketed(size: number): number {
  const octave = 2 ** Math.floor(Math.log2(Math.max(1, size - 1)))
  const step = Math.max(8, octave / STEPS_AN_OCTAVE)
  return Math.ceil(size / step) * step
}

/** Learned positions and their targets, filled up with positions whose target is none (−1): they count nothing. */
export function filledUp({ rows, targets }: Learned): Learned {
  const missing = Array<number>(bucketed(rows.length) - rows.length)
  return { rows: [...rows, ...missing.fill(0)], targets: [...targets, ...missing.fill(-1)] }
}

type Learned = { rows: readonly number[]; targets: readonly number[] }

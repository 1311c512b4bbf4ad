// The arithmetic that the ops' definitions are written in: rows of float64 numbers, plain JavaScript, nothing clever.
// Also the numbers that inputs are made of: the same in every run, and float32 exactly, so that device and definition start from one value.
// Must not know: tensors, ops.

/** A tensor cut into rows along its last axis. */
export type Rows = readonly (readonly number[])[]

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

export const dot = (a: readonly number[], b: readonly number[]): number => sum(a.map((value, at) => value * (b[at] ?? 0)))

export const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at)

/** Shifted by its largest score, as every implementation does: the shift changes no result. */
export function softmax(scores: readonly number[]): number[] {
  const largest = Math.max(...scores)
  const powers = scores.map((score) => Math.exp(score - largest))
  const total = sum(powers)
  return powers.map((power) => power / total)
}

/** Σ weight · row, element by element. */
export function weightedSum(weights: readonly number[], rows: Rows): number[] {
  return range(rows[0]?.length ?? 0).map((column) => sum(weights.map((weight, at) => weight * (rows[at]?.[column] ?? 0))))
}

/** The row `at`; a definition that reaches past the end is wrong and says so. */
export function rowAt(rows: Rows, at: number): readonly number[] {
  const row = rows[at]
  if (!row) throw new Error(`float64: row ${at} of ${rows.length}`)
  return row
}

/** Values row by row → rows of this width. */
export function inRows(values: readonly number[], width: number): number[][] {
  return range(values.length / width).map((row) => values.slice(row * width, (row + 1) * width))
}

/** An endless row of numbers in [0, 1), the same for the same seed (mulberry32). */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** `count` float32 numbers, evenly spread over [−1.5, 1.5). */
export function spread(count: number, random: () => number): number[] {
  return range(count).map(() => Math.fround(3 * random() - 1.5))
}

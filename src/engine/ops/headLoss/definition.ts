// Cross-entropy in float64, for tests: log Σ eˣ − x of the target, in nats.

import { type Rows, rowAt, sum } from '../../opTable/float64.ts'

/** One loss a row of logits; a target below 0 does not count. */
export function crossEntropies(logits: Rows, targets: readonly number[]): number[] {
  return targets.map((target, at) => (target < 0 ? 0 : crossEntropy(rowAt(logits, at), target)))
}

function crossEntropy(logits: readonly number[], target: number): number {
  const largest = Math.max(...logits)
  return Math.log(sum(logits.map((logit) => Math.exp(logit - largest)))) + largest - (logits[target] ?? 0)
}

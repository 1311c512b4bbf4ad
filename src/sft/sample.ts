// Picks the next token from a row of logits, with the semantics and the order of transformers' generate():
// repetition_penalty first, also where decoding is greedy; then temperature, top_k, top_p, min_p; then the draw.
// (generation/utils.py, _get_logits_processor; generation/logits_process.py.)
// Must not know: where the logits came from, texts.

import type { Sampling } from '../protocol/generate.ts'

/** The index of the largest logit; the first of equals, as torch.argmax. */
export function largest(logits: Float32Array): number {
  let best = 0
  for (let at = 1; at < logits.length; at++) if ((logits[at] ?? 0) > (logits[best] ?? 0)) best = at
  return best
}

/**
 * One token id.
 * @param logits  one row, [V]; not changed
 * @param present the ids of the row so far, its prompt and what it wrote, without padding; read only where there is a repetition penalty
 * @param uniform numbers in [0, 1), read only where the temperature is not 0
 */
export function pickToken(
  logits: Float32Array,
  present: ReadonlySet<number>,
  sampling: Omit<Sampling, 'seed'>,
  uniform: () => number,
): number {
  const { temperature, top_k, top_p, min_p, repetition_penalty } = sampling
  const scores = repetition_penalty === 1 ? logits : penalised(logits, present, repetition_penalty)
  const likeliest = largest(scores)
  if (temperature === 0) return likeliest
  const top = scores[likeliest] ?? 0
  // Probabilities up to a common factor, the largest 1: each filter would divide by the sum of what is left, and none depends on it.
  const weights = Float64Array.from(scores, (score) => Math.exp((score - top) / temperature))
  if (top_k > 0) keepTopK(weights, top_k)
  if (top_p < 1) keepTopP(weights, top_p)
  if (min_p > 0) keepAtLeast(weights, min_p)
  return drawn(weights, uniform())
}

/** Makes each id that is present less likely by the factor `penalty`, once, however often it stands there (Keskar et al. 2019, arXiv:1909.05858). */
function penalised(logits: Float32Array, present: ReadonlySet<number>, penalty: number): Float32Array {
  const scores = logits.slice()
  for (const id of present) {
    const score = scores[id] ?? 0
    scores[id] = score < 0 ? score * penalty : score / penalty
  }
  return scores
}

/** Keeps the `count` likeliest; what equals the last one kept is kept as well. */
function keepTopK(weights: Float64Array, count: number): void {
  if (count >= weights.length) return
  keepAtLeast(weights, weights.slice().sort()[weights.length - count] ?? 0)
}

/**
 * Keeps the fewest of the likeliest whose share reaches `share`, at least one (Holtzman et al. 2020, arXiv:1904.09751).
 * Counted from the other end, as transformers counts: the least likely are removed as long as all removed have at most 1 − share.
 * Of equals at the border the first ids are removed, because there the sort is ascending and leaves equals in the order of their ids.
 */
function keepTopP(weights: Float64Array, share: number): void {
  const ascending = weights.filter((weight) => weight > 0).sort()
  const most = (1 - share) * sumOf(ascending)
  let count = 0
  let removed = ascending[0] ?? 0
  while (count < ascending.length - 1 && removed <= most) {
    count++
    removed += ascending[count] ?? 0
  }
  const least = ascending[count] ?? 0
  let equalsToRemove = count - ascending.indexOf(least)
  keepAtLeast(weights, least)
  for (let id = 0; equalsToRemove > 0 && id < weights.length; id++) {
    if (weights[id] !== least) continue
    weights[id] = 0
    equalsToRemove--
  }
}

/** Sets what is under `least` to 0. The largest weight is 1, so that this is min_p as it stands (Nguyen et al. 2024, arXiv:2407.01082). */
function keepAtLeast(weights: Float64Array, least: number): void {
  for (let id = 0; id < weights.length; id++) if ((weights[id] ?? 0) < least) weights[id] = 0
}

/** An id with a chance in proportion to its weight; `uniform` in [0, 1). */
function drawn(weights: Float64Array, uniform: number): number {
  let left = uniform * sumOf(weights)
  let last = 0
  for (let id = 0; id < weights.length; id++) {
    const weight = weights[id] ?? 0
    if (weight === 0) continue
    left -= weight
    last = id
    if (left < 0) break
  }
  return last
}

function sumOf(weights: Float64Array): number {
  let sum = 0
  for (const weight of weights) sum += weight
  return sum
}

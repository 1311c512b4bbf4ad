// Picks the next token from a row of logits, with the semantics of transformers' GenerationConfig:
// temperature first, then top_k, then top_p; greedy where the temperature is 0.

import type { Sampling } from '../protocol/generate.ts'

/** The index of the largest logit; the first of equals, as torch.argmax. */
export function largest(logits: Float32Array): number {
  let best = 0
  for (let at = 1; at < logits.length; at++) if ((logits[at] ?? 0) > (logits[best] ?? 0)) best = at
  return best
}

/**
 * One token id.
 * @param logits  one row, [V]
 * @param uniform numbers in [0, 1), used only where the temperature is not 0
 */
export function pickToken(logits: Float32Array, sampling: Omit<Sampling, 'seed'>, uniform: () => number): number {
  if (sampling.temperature === 0) return largest(logits)
  const candidates = Array.from(logits, (logit, id) => ({ id, logit: logit / sampling.temperature }))
  candidates.sort((a, b) => b.logit - a.logit || a.id - b.id)
  // What equals the last one kept is kept as well, as in transformers.
  const least = sampling.top_k > 0 ? candidates[sampling.top_k - 1]?.logit : undefined
  const kept = least === undefined ? candidates : candidates.filter(({ logit }) => logit >= least)
  const top = kept[0]?.logit ?? 0
  const weights = kept.map(({ logit }) => Math.exp(logit - top))
  const nucleus = nucleusSize(weights, sampling.top_p)
  const sum = weights.slice(0, nucleus).reduce((total, weight) => total + weight, 0)
  let left = uniform() * sum
  for (let at = 0; at < nucleus; at++) {
    left -= weights[at] ?? 0
    if (left < 0) return kept[at]?.id ?? 0
  }
  return kept[nucleus - 1]?.id ?? 0
}

/** How many of the weights (largest first) are needed to reach the share `topP`; at least one (Holtzman et al. 2020, arXiv:1904.09751). */
function nucleusSize(weights: readonly number[], topP: number): number {
  if (topP >= 1) return weights.length
  const sum = weights.reduce((total, weight) => total + weight, 0)
  let reached = 0
  for (const [at, weight] of weights.entries()) {
    reached += weight / sum
    if (reached >= topP) return at + 1
  }
  return weights.length
}

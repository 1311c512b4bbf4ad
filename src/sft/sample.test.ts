// Sampling with the meaning that transformers' GenerationConfig gives its words: repetition_penalty, temperature, top_k, top_p, min_p.
// The expected shares are worked out from the definitions, over plain numbers, and the draws are many enough to tell them apart.

import { describe, expect, it } from 'vitest'
import { normalNumbers, uniformNumbers } from '../config/random.ts'
import { largest, pickToken } from './sample.ts'

/** Logits whose softmax is these shares. */
const logitsOf = (shares: readonly number[]) => Float32Array.from(shares, Math.log)
const plain = { temperature: 1, top_k: 0, top_p: 1, min_p: 0, repetition_penalty: 1 }
const nothing: ReadonlySet<number> = new Set()

/** Which ids are drawn at all, by walking over the whole of [0, 1). */
function drawn(logits: Float32Array, sampling: typeof plain, present = nothing): number[] {
  const ids = new Set<number>()
  for (let at = 0; at < 1000; at++) ids.add(pickToken(logits, present, sampling, () => at / 1000))
  return [...ids].sort((a, b) => a - b)
}

/** The share of each id over a fine walk of [0, 1): exact to a thousandth. */
function shares(logits: Float32Array, sampling: typeof plain, present = nothing): number[] {
  const counts = new Array<number>(logits.length).fill(0)
  for (let at = 0; at < 4000; at++) {
    const id = pickToken(logits, present, sampling, () => (at + 0.5) / 4000)
    counts[id] = (counts[id] ?? 0) + 1 / 4000
  }
  return counts
}

function expectShares(got: readonly number[], want: readonly number[]): void {
  want.forEach((share, id) => {
    expect(got[id], `share of id ${id}`).toBeCloseTo(share, 2)
  })
}

it('is greedy at temperature 0, the first of equals first', () => {
  expect(pickToken(Float32Array.of(1, 3, 3, 2), nothing, { ...plain, temperature: 0 }, () => Number.NaN)).toBe(1)
  expect(largest(Float32Array.of(-5, -2, -9))).toBe(1)
})

it('draws by the softmax', () => {
  expectShares(shares(logitsOf([0.5, 0.3, 0.2]), plain), [0.5, 0.3, 0.2])
})

it.each([0.5, 2])('divides the logits by a temperature of %d', (temperature) => {
  const powers = [0.5, 0.3, 0.2].map((share) => share ** (1 / temperature))
  const sum = powers.reduce((total, power) => total + power, 0)
  expectShares(
    shares(logitsOf([0.5, 0.3, 0.2]), { ...plain, temperature }),
    powers.map((power) => power / sum),
  )
})

describe('top_k', () => {
  const logits = logitsOf([0.1, 0.4, 0.2, 0.3])

  it.each([
    [1, [1]],
    [2, [1, 3]],
    [3, [1, 2, 3]],
    [4, [0, 1, 2, 3]],
    [0, [0, 1, 2, 3]],
    [99, [0, 1, 2, 3]],
  ])('of %d keeps %j', (top_k, ids) => {
    expect(drawn(logits, { ...plain, top_k })).toEqual(ids)
  })

  it('keeps what equals the last one kept, as TopKLogitsWarper removes only what is less', () => {
    expect(drawn(logitsOf([0.2, 0.4, 0.2, 0.2]), { ...plain, top_k: 2 })).toEqual([0, 1, 2, 3])
  })

  it('shares what is left anew', () => {
    expectShares(shares(logits, { ...plain, top_k: 2 }), [0, 4 / 7, 0, 3 / 7])
  })
})

describe('top_p', () => {
  const logits = logitsOf([0.05, 0.5, 0.15, 0.3])

  it.each([
    [0.4, [1]],
    [0.6, [1, 3]],
    [0.9, [1, 2, 3]],
    [0.97, [0, 1, 2, 3]],
    [1, [0, 1, 2, 3]],
  ])('of %d keeps the fewest tokens that reach it: %j', (top_p, ids) => {
    expect(drawn(logits, { ...plain, top_p })).toEqual(ids)
  })

  it('keeps at least one', () => {
    expect(drawn(logits, { ...plain, top_p: 0 })).toEqual([1])
    expect(drawn(logits, { ...plain, top_p: 1e-9 })).toEqual([1])
  })

  it('counts among what top_k has left, after the temperature', () => {
    // Of 0.5 and 0.3 the first has 0.625 of what is left.
    expect(drawn(logits, { ...plain, top_k: 2, top_p: 0.6 })).toEqual([1])
    expect(drawn(logits, { ...plain, top_k: 2, top_p: 0.7 })).toEqual([1, 3])
    // At temperature 10 the four are almost alike, so that three are needed for 0.6.
    expect(drawn(logits, { ...plain, temperature: 10, top_p: 0.6 })).toEqual([1, 2, 3])
  })
})

describe('ties', () => {
  it('at the border of top_p: the fewest are kept, of equals the last, which an ascending sort removes last', () => {
    expect(drawn(logitsOf([0.25, 0.25, 0.25, 0.25]), { ...plain, top_p: 0.6 })).toEqual([1, 2, 3])
    expect(drawn(logitsOf([0.2, 0.4, 0.2, 0.2]), { ...plain, top_p: 0.7 })).toEqual([1, 2, 3])
    expect(drawn(logitsOf([0.25, 0.25, 0.25, 0.25]), { ...plain, top_p: 0 })).toEqual([3])
  })

  it('with the likeliest stay under min_p', () => {
    expect(drawn(logitsOf([0.4, 0.2, 0.4]), { ...plain, min_p: 1 })).toEqual([0, 2])
  })
})

describe('min_p', () => {
  const logits = logitsOf([0.05, 0.5, 0.15, 0.3])

  it.each([
    [0, [0, 1, 2, 3]],
    [0.09, [0, 1, 2, 3]],
    [0.11, [1, 2, 3]],
    [0.31, [1, 3]],
    [0.59, [1, 3]],
    [0.61, [1]],
    [1, [1]],
  ])('of %d keeps what has that share of the likeliest: %j', (min_p, ids) => {
    expect(drawn(logits, { ...plain, min_p })).toEqual(ids)
  })

  it('asks after the temperature', () => {
    // At temperature 2 the shares are as their roots: 0.05 has 0.316 of 0.5.
    expect(drawn(logits, { ...plain, temperature: 2, min_p: 0.31 })).toEqual([0, 1, 2, 3])
    expect(drawn(logits, { ...plain, temperature: 2, min_p: 0.32 })).toEqual([1, 2, 3])
  })
})

describe('repetition_penalty', () => {
  const logits = Float32Array.of(2, -1, 0.5, 0)

  it('divides what is above 0 and multiplies what is below', () => {
    const powers = [2 / 1.6, -1 * 1.6, 0.5, 0].map(Math.exp)
    const sum = powers.reduce((total, power) => total + power, 0)
    expectShares(
      shares(logits, { ...plain, repetition_penalty: 1.6 }, new Set([0, 1, 3])),
      powers.map((power) => power / sum),
    )
  })

  it('counts where decoding is greedy too, and leaves the logits as they are', () => {
    const greedy = { ...plain, temperature: 0, repetition_penalty: 5 }
    expect(pickToken(logits, new Set([0]), greedy, () => Number.NaN)).toBe(2)
    expect(pickToken(logits, new Set([0, 2]), greedy, () => Number.NaN)).toBe(0)
    expect([...logits]).toEqual([2, -1, 0.5, 0])
  })

  it('comes before the filters', () => {
    // 2 falls to 0.4 and is no longer the likeliest.
    const penalty = { ...plain, repetition_penalty: 5 }
    expect(drawn(logits, { ...penalty, top_k: 1 }, new Set([0]))).toEqual([2])
    expect(drawn(logits, { ...penalty, min_p: 0.95 }, new Set([0]))).toEqual([2])
    expect(drawn(logits, { ...penalty, top_p: 0.1 }, new Set([0]))).toEqual([2])
  })

  it('counts together with a temperature', () => {
    const cool = { ...plain, temperature: 0.5, repetition_penalty: 2 }
    const powers = [2 / 2 / 0.5, -1 / 0.5, 0.5 / 0.5, 0].map(Math.exp)
    const sum = powers.reduce((total, power) => total + power, 0)
    expectShares(
      shares(logits, cool, new Set([0])),
      powers.map((power) => power / sum),
    )
  })

  it('under 1 makes what is there likelier', () => {
    const [before = 0] = shares(logits, plain, new Set([0]))
    expect(shares(logits, { ...plain, repetition_penalty: 0.5 }, new Set([0]))[0]).toBeGreaterThan(before)
  })
})

/** Every filter by its definition, on shares that are made to add up to 1 again after each. */
function shareByDefinition(logits: readonly number[], sampling: typeof plain, present: ReadonlySet<number>): number[] {
  const { temperature, top_k, top_p, min_p, repetition_penalty } = sampling
  const scores = logits.map((logit, id) => {
    if (!present.has(id)) return logit
    return logit < 0 ? logit * repetition_penalty : logit / repetition_penalty
  })
  let kept = scores.map((_, id) => id)
  const share = (id: number) =>
    Math.exp((scores[id] ?? 0) / temperature) / kept.reduce((sum, other) => sum + Math.exp((scores[other] ?? 0) / temperature), 0)
  if (top_k > 0) kept = kept.filter((id) => kept.filter((other) => (scores[other] ?? 0) > (scores[id] ?? 0)).length < top_k)
  if (top_p < 1) kept = smallestSet(kept, share, top_p)
  const highest = Math.max(...kept.map(share))
  const likely = kept.filter((id) => share(id) >= min_p * highest)
  kept = likely
  return scores.map((_, id) => (kept.includes(id) ? share(id) : 0))
}

/** Of all subsets that reach the mass the smallest, and of those the one with the most: every subset is tried. */
function smallestSet(ids: readonly number[], share: (id: number) => number, mass: number): number[] {
  let best: { ids: number[]; mass: number } = { ids: [...ids], mass: 1 }
  for (let bits = 1; bits < 2 ** ids.length; bits++) {
    const subset = ids.filter((_, at) => (bits >> at) % 2 === 1)
    const has = subset.reduce((sum, id) => sum + share(id), 0)
    const smaller = subset.length < best.ids.length || (subset.length === best.ids.length && has > best.mass)
    if (has >= mass && smaller) best = { ids: subset, mass: has }
  }
  return best.ids
}

it('gives the shares of the definitions, for any settings together', () => {
  const normal = normalNumbers(3)
  const uniform = uniformNumbers(4)
  const choice = (values: readonly number[]) => values[Math.floor(uniform() * values.length)] ?? 0
  for (let round = 0; round < 60; round++) {
    const logits = Float32Array.from({ length: 7 }, () => 2 * normal())
    const present = new Set([choice([0, 1, 2]), choice([3, 4, 5, 6])])
    const sampling = {
      temperature: choice([0.4, 1, 1.7]),
      top_k: choice([0, 2, 4, 7, 50]),
      top_p: choice([1, 0.95, 0.7, 0.4]),
      min_p: choice([0, 0.05, 0.3]),
      repetition_penalty: choice([1, 1.2, 3, 0.8]),
    }
    const want = shareByDefinition([...logits], sampling, present)
    shares(logits, sampling, present).forEach((share, id) => {
      expect(share, `${JSON.stringify({ sampling, round, id })}`).toBeCloseTo(want[id] ?? 0, 2)
    })
  }
})

it('is turned off by 1, 0, 1 and 0: the same draws as with the temperature alone', () => {
  const logits = logitsOf([0.05, 0.5, 0.15, 0.3])
  const all = { ...plain, top_k: 4, top_p: 1, min_p: 0, repetition_penalty: 1 }
  for (let at = 0; at < 500; at++) {
    const uniform = () => at / 500
    expect(pickToken(logits, new Set([0, 1]), all, uniform)).toBe(pickToken(logits, nothing, plain, uniform))
  }
})

it('draws as often as the shares say: 20,000 draws from a seed', () => {
  const logits = logitsOf([0.02, 0.4, 0.2, 0.08, 0.3])
  const sampling = { ...plain, temperature: 1.3, top_k: 4, top_p: 0.97, min_p: 0.05 }
  const want = shareByDefinition([...logits], sampling, nothing)
  const uniform = uniformNumbers(5)
  const draws = 20_000
  const counts = new Array<number>(5).fill(0)
  for (let draw = 0; draw < draws; draw++) {
    const id = pickToken(logits, nothing, sampling, uniform)
    counts[id] = (counts[id] ?? 0) + 1
  }
  counts.forEach((count, id) => {
    // Five standard deviations of a binomial count; a share of 0 must never be drawn.
    const share = want[id] ?? 0
    expect(Math.abs(count - draws * share)).toBeLessThanOrEqual(5 * Math.sqrt(draws * share * (1 - share)))
  })
})

it('never draws a token whose logit is minus infinity', () => {
  const logits = Float32Array.of(1, Number.NEGATIVE_INFINITY, 1)
  expect(drawn(logits, plain)).toEqual([0, 2])
  expect(pickToken(logits, nothing, plain, () => 1 - 2 ** -32)).toBe(2)
})

it('draws the same again from the same seed, and other tokens from another', () => {
  const logits = logitsOf([0.25, 0.25, 0.25, 0.25])
  const draw = (seed: number) => {
    const uniform = uniformNumbers(seed)
    return Array.from({ length: 32 }, () => pickToken(logits, nothing, plain, uniform))
  }
  expect(draw(1)).toEqual(draw(1))
  expect(draw(1)).not.toEqual(draw(2))
})

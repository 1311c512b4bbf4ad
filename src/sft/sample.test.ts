// Sampling with the meaning that transformers' GenerationConfig gives its words: temperature, then top_k, then top_p.
// The expected shares are worked out from the definition, and the draws are many enough to tell them apart.

import { describe, expect, it } from 'vitest'
import { uniformNumbers } from '../config/random.ts'
import { largest, pickToken } from './sample.ts'

/** Logits whose softmax is these shares. */
const logitsOf = (shares: readonly number[]) => Float32Array.from(shares, Math.log)
const plain = { temperature: 1, top_k: 0, top_p: 1 }

/** Which ids are drawn at all, by walking over the whole of [0, 1). */
function drawn(logits: Float32Array, sampling: typeof plain): number[] {
  const ids = new Set<number>()
  for (let at = 0; at < 1000; at++) ids.add(pickToken(logits, sampling, () => at / 1000))
  return [...ids].sort((a, b) => a - b)
}

/** The share of each id over a fine walk of [0, 1): exact to a thousandth. */
function shares(logits: Float32Array, sampling: typeof plain): number[] {
  const counts = new Array<number>(logits.length).fill(0)
  for (let at = 0; at < 4000; at++) {
    const id = pickToken(logits, sampling, () => (at + 0.5) / 4000)
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
  expect(pickToken(Float32Array.of(1, 3, 3, 2), { ...plain, temperature: 0 }, () => Number.NaN)).toBe(1)
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

it('never draws a token whose logit is minus infinity', () => {
  const logits = Float32Array.of(1, Number.NEGATIVE_INFINITY, 1)
  expect(drawn(logits, plain)).toEqual([0, 2])
  expect(pickToken(logits, plain, () => 1 - 2 ** -32)).toBe(2)
})

it('draws the same again from the same seed, and other tokens from another', () => {
  const logits = logitsOf([0.25, 0.25, 0.25, 0.25])
  const draw = (seed: number) => {
    const uniform = uniformNumbers(seed)
    return Array.from({ length: 32 }, () => pickToken(logits, plain, uniform))
  }
  expect(draw(1)).toEqual(draw(1))
  expect(draw(1)).not.toEqual(draw(2))
})

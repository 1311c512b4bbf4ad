// Frequencies against a loop written from the definition of each `rope_type`, and against numbers worked out by hand.

import { describe, expect, it } from 'vitest'
import { inverseFrequencies } from './rope.ts'

const llama3 = {
  rope_type: 'llama3',
  rope_theta: 500_000,
  factor: 32,
  low_freq_factor: 1,
  high_freq_factor: 4,
  original_max_position_embeddings: 8192,
} as const

function expectNumbers(got: readonly number[], want: readonly number[]): void {
  expect(got.length).toBe(want.length)
  for (const [at, value] of want.entries()) expect(got[at], `pair ${at}`).toSatisfy((own) => Math.abs(own / value - 1) < 1e-12)
}

describe('default', () => {
  it('falls from 1 by the same ratio from pair to pair', () => {
    const rope_parameters = { rope_type: 'default', rope_theta: 10_000 } as const
    expectNumbers(inverseFrequencies({ head_dim: 8, rope_parameters }), [1, 0.1, 0.01, 0.001])
  })

  it('has head_dim/2 entries also where that is odd', () => {
    const rope_parameters = { rope_type: 'default', rope_theta: 1000 } as const
    expectNumbers(inverseFrequencies({ head_dim: 6, rope_parameters }), [1, 0.1, 0.01])
    expectNumbers(inverseFrequencies({ head_dim: 2, rope_parameters }), [1])
  })
})

describe('linear', () => {
  it('turns every pair slower by the factor', () => {
    const rope_parameters = { rope_type: 'linear', rope_theta: 10_000, factor: 4 } as const
    expectNumbers(inverseFrequencies({ head_dim: 8, rope_parameters }), [0.25, 0.025, 0.0025, 0.00025])
  })

  it('gives position p the angles that position p / factor had', () => {
    const scaled = inverseFrequencies({ head_dim: 10, rope_parameters: { rope_type: 'linear', rope_theta: 123, factor: 2.5 } })
    for (const [pair, frequency] of scaled.entries()) {
      let base = 1
      for (let step = 0; step < pair; step++) base /= 123 ** (1 / 5)
      expect(40 * frequency).toBeCloseTo(16 * base, 12)
    }
  })
})

describe('llama3', () => {
  // Within 1000 positions the four pairs turn 159.15, 15.915, 1.5915 and 0.15915 times (1000 · frequency / 2π).
  it('keeps fast pairs, divides slow ones, and blends between: numbers by hand', () => {
    const rope_parameters = { ...llama3, rope_theta: 10_000, factor: 8, original_max_position_embeddings: 1000 }
    const [first, second, third = 0, fourth] = inverseFrequencies({ head_dim: 8, rope_parameters })
    expect(first).toBeCloseTo(1, 12)
    expect(second).toBeCloseTo(0.1, 12)
    // (1.591549431 − 1) / (4 − 1) = 0.197183144 of 0.01, and the rest of 0.01 / 8.
    expect(third).toBeCloseTo(0.01 * 0.197183144 + 0.00125 * 0.802816856, 11)
    expect(fourth).toBeCloseTo(0.000125, 12)
  })

  // By wavelengths, as the definition has it: up to original/high_freq_factor, beyond original/low_freq_factor, between.
  it.each([
    [64, llama3],
    [128, { ...llama3, factor: 8 }],
    [6, { ...llama3, rope_theta: 10_000, low_freq_factor: 0.5, high_freq_factor: 7.5, original_max_position_embeddings: 96 }],
  ])('with head_dim %i and %j is what its definition says of each wavelength', (head_dim, rope_parameters) => {
    const { rope_theta, factor, low_freq_factor: low, high_freq_factor: high } = rope_parameters
    const context = rope_parameters.original_max_position_embeddings
    const want: number[] = []
    const kinds = new Set<string>()
    for (let element = 0; element < head_dim; element += 2) {
      const frequency = 1 / rope_theta ** (element / head_dim)
      const wavelength = (2 * Math.PI) / frequency
      if (wavelength < context / high) {
        kinds.add('fast')
        want.push(frequency)
      } else if (wavelength > context / low) {
        kinds.add('slow')
        want.push(frequency / factor)
      } else {
        kinds.add('between')
        const smooth = (context / wavelength - low) / (high - low)
        want.push((1 - smooth) * (frequency / factor) + smooth * frequency)
      }
    }
    expect(kinds).toEqual(new Set(['fast', 'slow', 'between']))
    expectNumbers(inverseFrequencies({ head_dim, rope_parameters }), want)
  })

  it('with a factor of 1 is the default', () => {
    const rope_parameters = { ...llama3, factor: 1 }
    const usual = inverseFrequencies({ head_dim: 64, rope_parameters: { rope_type: 'default', rope_theta: 500_000 } })
    expectNumbers(inverseFrequencies({ head_dim: 64, rope_parameters }), usual)
  })
})

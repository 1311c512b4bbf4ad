// The rate rises, stays and falls, and a longer run begins like a shorter one.
import { describe, expect, it } from 'vitest'
import { pretrainingRate } from './rate.ts'

const settings = { peak: 2e-3, warmupSteps: 10, coolDown: 0.25 }
const rates = (steps: number) => Array.from({ length: steps }, (_, at) => pretrainingRate(at + 1, steps, settings))

describe('the rate of pre-training', () => {
  it('rises to its peak, stays there, and has nearly gone in the last step', () => {
    const all = rates(100)
    expect(all[0]).toBeCloseTo(2e-4)
    expect(new Set(all.slice(9, 76))).toEqual(new Set([2e-3]))
    expect(all[76]).toBeLessThan(2e-3)
    expect(all.at(-1)).toBeCloseTo(2e-3 / 25)
  })

  it('is the same at first for a run of any length', () => {
    expect(rates(400).slice(0, 75)).toEqual(rates(100).slice(0, 75))
  })
})

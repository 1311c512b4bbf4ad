// The arena: values that live at one time never share a place, and the whole is hardly larger than the most that lives at one time.

import { describe, expect, it } from 'vitest'
import { numbersFrom, range } from '../opTable/float64.ts'
import { type Builder, planBuilder } from './builder.ts'
import { layOut, lifetimesOf, livesAt, liveTogether } from './layout.ts'
import { bytesOf, type Value } from './values.ts'

const add = (build: Builder, a: Value, b: Value): Value => {
  const out = build.scratch('sum', [Math.max(a.shape[0] ?? 1, b.shape[0] ?? 1)])
  build.call({ kernel: 'add', reads: { a, b }, writes: { out }, numbers: { size: out.shape[0] ?? 1 } })
  return out
}

/** A chain of sums of values from here and there, of sizes from 1 to 1,000. */
function randomPlan(seed: number) {
  const build = planBuilder()
  const random = numbersFrom(seed)
  const made = range(4).map((at) => build.feed(`feed ${at}`, 1 + Math.floor(random() * 1000)))
  const pick = () => made[Math.floor(random() * made.length)] ?? build.scratch('none', [1])
  for (const _ of range(80)) made.push(add(build, pick(), pick()))
  return { calls: build.calls, results: made.slice(-2) }
}

describe.each(range(8))('a random plan, seed %d', (seed) => {
  const { calls, results } = randomPlan(seed)
  const lifetimes = lifetimesOf(calls, results)
  const { offsets, bytes } = layOut(calls, results, { alignment: 16, gap: 64, workspaceOf: () => 0 })
  const placeOf = (value: Value) => ({ from: offsets.get(value) ?? Number.NaN, bytes: bytesOf(value) })

  it('has a place for every value, aligned, with its gap, inside the arena', () => {
    for (const { value } of lifetimes) {
      const { from, bytes: own } = placeOf(value)
      expect(from % 16).toBe(0)
      expect(from + own + 64).toBeLessThanOrEqual(bytes)
    }
  })

  it('lets no two values that live at one time share a byte, gaps included', () => {
    for (const [at, one] of lifetimes.entries())
      for (const other of lifetimes.slice(at + 1)) {
        if (!liveTogether(one, other)) continue
        const [a, b] = [placeOf(one.value), placeOf(other.value)]
        expect(a.from + a.bytes + 64 <= b.from || b.from + b.bytes + 64 <= a.from).toBe(true)
      }
  })

  it('keeps results to the end', () => {
    for (const value of results) expect(lifetimes.find((own) => own.value === value)?.spans.at(-1)?.last).toBe(calls.length)
  })

  it('is at most a quarter larger than what lives at one time', () => {
    const alive = range(calls.length + 1).map((at) =>
      lifetimes
        .filter((lifetime) => livesAt(lifetime, at))
        .reduce((sum, { value }) => sum + Math.ceil((bytesOf(value) + 64) / 16) * 16, 0),
    )
    expect(bytes).toBeLessThanOrEqual(1.25 * Math.max(...alive))
  })
})

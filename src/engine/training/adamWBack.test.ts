// An update is taken back to what it was made of.

import { expect, it } from 'vitest'
import { takeBack } from './adamWBack.ts'
import { steppedElement } from './adamWDefinition.ts'
import { adamWNumbers } from './adamWNumbers.ts'

const settings = { adam_beta1: 0.9, adam_beta2: 0.999, adam_epsilon: 1e-8, weight_decay: 0.1 }

it.each([true, false])('within a rounding; decaying %s', (decays) => {
  const before = Float32Array.from({ length: 40 }, (_, at) => Math.sin(at) / 5)
  const [weight, first, second] = [0, 0, 0].map(() => new Float32Array(40))
  if (!weight || !first || !second) throw new Error('three are made')
  const [step, learningRate] = [7, 1e-3]
  for (const [at, value] of before.entries()) {
    const after = steppedElement({ weight: value, first: at / 1000, second: at / 1e5 }, Math.cos(at), settings, {
      step,
      learningRate,
      decay: decays ? settings.weight_decay : 0,
    })
    weight[at] = after.weight
    first[at] = after.first
    second[at] = after.second
  }
  expect(weight).not.toEqual(before)
  takeBack(weight, first, second, adamWNumbers(settings, { step, learningRate }, decays))
  // A float32 of up to 0.2 is rounded by 1e-8, twice.
  for (const [at, value] of before.entries()) expect(Math.abs((weight[at] ?? Number.NaN) - value)).toBeLessThan(3e-8)
})

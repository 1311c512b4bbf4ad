// Weights at rest come in pieces of any size, in the form that they are stored in, and a machine holds what they say, however they were cut.

import { expect, it } from 'vitest'
import { fromHalves, halvesOf } from './plan/bf16.ts'
import { planBuilder } from './plan/builder.ts'
import { fillStates } from './plan/fill.ts'
import { inlinedKernels } from './targets/cpu/inlinedKernels.ts'
import { cpuTarget } from './targets/cpu/machine.ts'
import { floatsOf, type Piece, type RestingTensor, restingIn, restingLater, restingTensor, valuesOf } from './weight.ts'

const settings = { adam_beta1: 0.9, adam_beta2: 0.999, adam_epsilon: 1e-8, weight_decay: 0 }
const shape = [7, 3]
const values = Float32Array.from({ length: 21 }, (_, at) => (at - 10) / 8)

/** At rest as bfloat16, which the numbers above are, in pieces of `cut`. */
const halfAtRest = (cut: number): RestingTensor =>
  restingTensor({
    shape,
    dtype: 'bf16',
    pieces: async function* (): AsyncGenerator<Piece> {
      for (let from = 0; from < values.length; from += cut)
        yield { dtype: 'bf16', halves: halvesOf(values.slice(from, from + cut)) }
    },
  })

it('comes in pieces that are together all of it', async () => {
  for (const weight of [restingIn(values, shape), restingLater(shape, async () => values), halfAtRest(5)]) {
    expect(await valuesOf(weight)).toEqual(values)
    expect(weight.size).toBe(21)
  }
  const sizes: number[] = []
  for await (const part of floatsOf(restingIn(values, shape), 8)) sizes.push(part.length)
  expect(sizes).toEqual([8, 8, 5])
})

it.each(['f32', 'bf16'] as const)('fills a state in %s, whatever it is stored in and however it is cut', async (dtype) => {
  const build = planBuilder()
  const weights = [restingIn(values, shape), halfAtRest(21), halfAtRest(2), halfAtRest(8)]
  const states = weights.map((weight, at) => ({ value: build.state(`state ${at}`, shape, dtype), weight }))
  const machine = await cpuTarget(inlinedKernels, 1).open(
    states.map(({ value }) => value),
    settings,
  )
  await fillStates(machine, states)
  for (const { value } of states) expect(await machine.read(value)).toEqual(values)
  await machine.writePiece(states[0]?.value ?? build.state('none', [1]), 4, { dtype: 'f32', values: Float32Array.of(9, 10) })
  const changed = Float32Array.from(values)
  changed.set([9, 10], 4)
  expect(await machine.read(states[0]?.value ?? build.state('none', [1]))).toEqual(changed)
  machine.dispose()
})

it('is the same as bfloat16 where nothing is lost', () => {
  expect(fromHalves(halvesOf(values))).toEqual(values)
})

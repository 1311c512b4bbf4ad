// AdamW against a loop over plain numbers, several steps, with what changes between them: rate, clipping, decay by name.

import { expect, it } from 'vitest'
import { onEveryBackend } from '../opTable/backends.ts'
import { expectClose } from '../opTable/close.ts'
import { numbersFrom, range, spread } from '../opTable/float64.ts'
import { disposeAll, fromValues, memoryHeld, type Tensor, toValues } from '../tensor.ts'
import { type AdamWStep, adamW, freshMoments } from './adamW.ts'
import { type AdamWElement, steppedElement } from './adamWDefinition.ts'
import type { AdamWSettings } from './adamWNumbers.ts'

const settings: AdamWSettings = { adam_beta1: 0.9, adam_beta2: 0.98, adam_epsilon: 1e-6, weight_decay: 0.1 }
const steps: readonly AdamWStep[] = [0.01, 0.02, 0.015, 0.005, 0].map((learningRate, at) => ({
  step: at + 1,
  learningRate,
  gradientFactor: [1, 0.25, 1, 0.5, 1][at] ?? 1,
  decays: (name) => name !== 'bias',
}))

/** One element after all steps, from one gradient a step. */
function adamWOfOne(start: number, gradients: readonly number[], decay: number): number {
  let element: AdamWElement = { weight: start, first: 0, second: 0 }
  for (const { step, learningRate, gradientFactor } of steps) {
    const gradient = (gradients[step - 1] ?? 0) * gradientFactor
    element = steppedElement(element, gradient, settings, { step, learningRate, decay })
  }
  return element.weight
}

onEveryBackend(() => {
  it('walks as the loop over numbers does, and leaves no tensor behind', async () => {
    const before = memoryHeld()
    const random = numbersFrom(11)
    const sizes = { 'layer.weight': 30, bias: 7, still: 2 }
    const start = Object.entries(sizes).map(([name, size]) => ({ name, values: spread(size, random) }))
    const parameters: Record<string, Tensor> = {}
    for (const { name, values } of start) parameters[name] = fromValues(Float32Array.from(values), [values.length])
    const moments = freshMoments(parameters)
    const moved = start.filter(({ name }) => name !== 'still')
    // Gradients that are tiny for some elements, where epsilon counts, and zero for the first.
    const rows = steps.map(() =>
      moved.map(({ values }) => values.map((_, at) => Math.fround((random() - 0.5) * 10 ** -(at % 6) * Math.sign(at)))),
    )
    for (const [at, step] of steps.entries()) {
      const gradients: Record<string, Tensor> = {}
      moved.forEach(({ name }, which) => {
        gradients[name] = fromValues(Float32Array.from(rows[at]?.[which] ?? []), [rows[at]?.[which]?.length ?? 0])
      })
      adamW(parameters, gradients, moments, settings, step)
      disposeAll(gradients)
    }
    for (const [which, { name, values }] of moved.entries()) {
      const decay = name === 'bias' ? 0 : settings.weight_decay
      const want = values.map((value, element) =>
        adamWOfOne(
          value,
          rows.map((row) => row[which]?.[element] ?? 0),
          decay,
        ),
      )
      const tensor = parameters[name]
      // Five steps of float32, each rounding the value by 6e-8; WGSL's square root and division are 2.5 units off each.
      expectClose(tensor ? [...(await toValues(tensor))] : [], want, 1e-6, name)
    }
    const still = parameters.still
    expect(still ? [...(await toValues(still))] : []).toEqual(start[2]?.values)
    for (const record of [parameters, moments.first, moments.second]) disposeAll(record)
    expect(memoryHeld()).toEqual(before)
  })

  it('refuses a gradient without its parameter', () => {
    const stray = { stray: fromValues(Float32Array.from(range(3)), [3]) }
    const [step] = steps
    if (!step) throw new Error('There are steps.')
    expect(() => adamW({}, stray, freshMoments({}), settings, step)).toThrow('stray')
    disposeAll(stray)
  })
})

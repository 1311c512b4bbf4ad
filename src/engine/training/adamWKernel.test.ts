// AdamW's CPU kernel in the kernel table: moments that are there, gradients from 0 to large, with and without decay, clipped or not.

import type { Rows } from '../opTable/float64.ts'
import { type KernelCase, kernelTable } from '../targets/cpu/kernelTable.ts'
import { adamWCall } from './adamWCalls.ts'
import { type AdamWElement, steppedElement } from './adamWDefinition.ts'
import { type AdamWSettings, adamWNumbers } from './adamWNumbers.ts'

const settings: AdamWSettings = { adam_beta1: 0.9, adam_beta2: 0.999, adam_epsilon: 1e-8, weight_decay: 0.1 }

const row = (size: number, step: number, factor: number, decays: boolean): KernelCase => {
  const learningRate = 0.01
  const shape = [size]
  return {
    name: `step ${step} of ${size} elements, gradients by ${factor}${decays ? ', decaying' : ''}`,
    inputs: { weight: shape, first: shape, second: shape, gradient: shape, factor: [1] },
    outputs: { before: shape },
    given: {
      factor: [factor],
      second: Array.from({ length: size }, (_, at) => (at % 5) / 10),
      // Elements that were never moved, and gradients at which epsilon counts.
      gradient: Array.from({ length: size }, (_, at) => Math.sin(at + 1) * 10 ** -(at % 9)),
    },
    calls: (at) => {
      const places = {
        weight: at('weight'),
        first: at('first'),
        second: at('second'),
        before: at('before'),
        gradient: at('gradient'),
      }
      const numbers = adamWNumbers(settings, { step, learningRate }, decays)
      return [adamWCall({ ...places, gradientFactor: at('factor') }, size, settings, numbers)]
    },
    want: (input) => {
      const [weights, firsts, seconds, gradients] = ['weight', 'first', 'second', 'gradient'].map((name) => input(name).flat())
      const after = (weights ?? []).map((weight, at) =>
        steppedElement(
          { weight, first: firsts?.[at] ?? 0, second: seconds?.[at] ?? 0 },
          (gradients?.[at] ?? 0) * factor,
          settings,
          { step, learningRate, decay: decays ? settings.weight_decay : 0 },
        ),
      )
      const column = (name: keyof AdamWElement): Rows => [after.map((element) => element[name])]
      return { weight: column('weight'), first: column('first'), second: column('second'), before: [weights ?? []] }
    },
  }
}

kernelTable('adamW', [row(1, 1, 1, false), row(7, 3, 0.25, true), row(64, 1000, 1, true), row(4099, 2, 0.5, false)])

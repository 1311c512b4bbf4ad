// AdamW's dispatches on the GPU: one for each part that a parameter is held in.

import type { CallOf } from '../plan/calls.ts'
import type { Scalars, UpdateSettings } from '../plan/target.ts'
import { type Dispatch, f32, said } from '../targets/webgpu/dispatch.ts'
import { overElements } from '../targets/webgpu/elements/dispatches.ts'
import { type Places, pairedParts } from '../targets/webgpu/places.ts'
import source from './adamW.wgsl?raw'
import { adamWNumbers } from './adamWNumbers.ts'

export function adamW({ reads, writes, numbers }: CallOf<'adamW'>, places: Places, settings: UpdateSettings): Dispatch[] {
  const { parameter, first, second, before } = writes
  const { adam_beta1, adam_beta2 } = settings
  const words = (scalars: Scalars) => {
    const [step, learningRate] = [said(scalars, { scalar: 'step' }), said(scalars, { scalar: 'learningRate' })]
    const { stepSize, epsilon, decayFactor } = adamWNumbers(settings, { step, learningRate }, numbers.decays)
    return [adam_beta1, 1 - adam_beta1, adam_beta2, 1 - adam_beta2, stepSize, epsilon, decayFactor].map(f32)
  }
  const factor = places.one(reads.factor)
  if (before)
    return pairedParts(places, [parameter, first, second, before, reads.gradient]).map(({ operands, size }) =>
      overElements(keepingBefore, [...operands, factor], size, { words }),
    )
  // What is not kept is bound to room that the kernel does not touch.
  const nothing = { ...places.workspace, bytes: 16 }
  return pairedParts(places, [parameter, first, second, reads.gradient]).map(({ operands: [w, m, v, g], size }) => {
    if (!w || !m || !v || !g) throw new Error('four values have four places')
    return overElements(keepingNothing, [w, m, v, nothing, g, factor], size, { words })
  })
}

const keepingBefore = { name: 'adamW', source, ownLoop: true }
const keepingNothing = { ...keepingBefore, name: 'adamW, nothing kept', source: source.replace('before[i] = w;', '') }

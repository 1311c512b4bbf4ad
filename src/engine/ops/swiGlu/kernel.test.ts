// SwiGLU's CPU kernels in the kernel table: sizes around a vector and a unit, gates far out, results in place of inputs.

import { type KernelCase, kernelTable } from '../../targets/cpu/kernelTable.ts'
import { swiGlu, swiGluBackward } from './calls.ts'
import { swiGlu as definition } from './definition.ts'

const rows = (size: number): KernelCase[] => [
  {
    name: `forward, ${size} elements`,
    inputs: { gate: [size], up: [size] },
    outputs: { out: [size] },
    calls: (at) => [swiGlu({ out: at('out'), gate: at('gate'), up: at('up') }, size)],
    want: (input) => ({ out: definition(input('gate'), input('up')) }),
  },
  {
    name: `backward, ${size} elements`,
    inputs: { gate: [size], up: [size], dOut: [size] },
    outputs: { dGate: [size], dUp: [size] },
    calls: (at) => [
      swiGluBackward({ dGate: at('dGate'), dUp: at('dUp'), dOut: at('dOut'), gate: at('gate'), up: at('up') }, size),
    ],
    gradients: {
      definition: (input) => definition(input('gate'), input('up')),
      cotangent: 'dOut',
      of: { dGate: 'gate', dUp: 'up' },
    },
  },
]

/** From where the sigmoid is 0 in float32 to where it is 1. */
const far = [-3e38, -1000, -104, -88.8, -87.3, -20, -1e-30, 0, 1e-30, 20, 88.8, 1000, 3e38]

kernelTable('swiGlu', [
  ...[1, 3, 7, 4097].flatMap(rows),
  {
    name: 'gates far out',
    inputs: { gate: [far.length], up: [far.length] },
    given: { gate: far, up: far.map((gate) => 1 / Math.max(1, Math.abs(gate))) },
    outputs: { out: [far.length] },
    calls: (at) => [swiGlu({ out: at('out'), gate: at('gate'), up: at('up') }, far.length)],
    want: (input) => ({ out: definition(input('gate'), input('up')) }),
  },
  {
    name: 'in place',
    inputs: { gate: [9], up: [9] },
    calls: (at) => [swiGlu({ out: at('gate'), gate: at('gate'), up: at('up') }, 9)],
    want: (input) => ({ gate: definition(input('gate'), input('up')) }),
  },
  {
    name: 'backward in place',
    inputs: { gate: [9], up: [9], dOut: [9] },
    calls: (at) => [swiGluBackward({ dGate: at('gate'), dUp: at('up'), dOut: at('dOut'), gate: at('gate'), up: at('up') }, 9)],
    want: (input) => ({
      gate: input('gate').map((row, r) =>
        row.map((g, at) => {
          const sigma = 1 / (1 + Math.exp(-g))
          return (input('dOut')[r]?.[at] ?? 0) * (input('up')[r]?.[at] ?? 0) * (sigma + g * sigma * (1 - sigma))
        }),
      ),
      up: definition(input('gate'), input('dOut')),
    }),
  },
])

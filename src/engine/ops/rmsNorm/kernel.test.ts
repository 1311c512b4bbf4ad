// RMSNorm's kernels in the kernel table, its gradients written and added.

import { type KernelCase, kernelTable } from '../../targets/cpu/kernelTable.ts'
import { rmsNorm, rmsNormBackward, rmsNormWeightGradient } from './calls.ts'
import { rmsNorm as definition } from './definition.ts'

const norm = (rows: number, width: number, eps: number, accumulates: boolean): KernelCase => {
  const gradients = { dx: [rows, width], dWeight: [width] }
  return {
    name: `[${rows}, ${width}], gradients ${accumulates ? 'added' : 'written'}`,
    inputs: { x: [rows, width], weight: [width], dOut: [rows, width], ...(accumulates ? gradients : {}) },
    outputs: { out: [rows, width], inverseRms: [rows], ...(accumulates ? {} : gradients) },
    calls: (at) => {
      const own = { x: at('x'), weight: at('weight'), inverseRms: at('inverseRms'), rows, width }
      return [
        rmsNorm(at('out'), own, eps),
        rmsNormBackward(at('dx'), at('dOut'), own, accumulates),
        rmsNormWeightGradient(at('dWeight'), at('dOut'), own, accumulates),
      ]
    },
    want: (input) => ({ out: definition(input('x'), input('weight'), eps) }),
    gradients: {
      definition: (input) => definition(input('x'), input('weight'), eps),
      cotangent: 'dOut',
      of: { dx: 'x', dWeight: 'weight' },
    },
  }
}

const shapes: readonly [rows: number, width: number, eps: number][] = [
  [1, 1, 0.1],
  [1, 12, 1e-6],
  [5, 7, 1e-5],
  [3, 257, 1e-6],
  [4, 10, 0.5],
  [70, 16, 1e-6],
  [2, 34, 1e-6],
]

kernelTable(
  'rmsNorm',
  shapes.flatMap(([rows, width, eps]) => [norm(rows, width, eps, false), norm(rows, width, eps, true)]),
)

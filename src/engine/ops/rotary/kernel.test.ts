// The rotary embedding's CPU kernel in the kernel table: forward, back, and in place.

import { range } from '../../opTable/float64.ts'
import { type KernelCase, kernelTable } from '../../targets/cpu/kernelTable.ts'
import { rotary } from './calls.ts'
import { rotary as definition, rotaryAngles } from './definition.ts'

const rows = (count: number, heads: number, headDim: number): KernelCase[] => {
  const half = headDim / 2
  const frequencies = range(half).map((pair) => 10_000 ** (-pair / half))
  const angles = rotaryAngles(
    range(count).map((at) => at + 2),
    frequencies,
  ).flat()
  const given = { cos: angles.map(Math.cos), sin: angles.map(Math.sin) }
  const tables = { cos: [count, half], sin: [count, half] }
  const sizes = { rows: count, heads, headDim }
  const shape = [count, heads * headDim]
  return [
    {
      name: `forward, ${count} rows of ${heads} × ${headDim}`,
      inputs: { x: shape, ...tables },
      given,
      outputs: { out: shape },
      calls: (at) => [rotary({ out: at('out'), x: at('x'), cos: at('cos'), sin: at('sin') }, sizes, false)],
      want: (input) => ({ out: definition(input('x'), input('cos'), input('sin'), heads) }),
    },
    {
      name: `backward, ${count} rows of ${heads} × ${headDim}`,
      inputs: { x: shape, dOut: shape, ...tables },
      given,
      outputs: { dx: shape },
      calls: (at) => [rotary({ out: at('dx'), x: at('dOut'), cos: at('cos'), sin: at('sin') }, sizes, true)],
      gradients: {
        definition: (input) => definition(input('x'), input('cos'), input('sin'), heads),
        cotangent: 'dOut',
        of: { dx: 'x' },
      },
    },
    {
      name: `in place, ${count} rows of ${heads} × ${headDim}`,
      inputs: { x: shape, ...tables },
      given,
      calls: (at) => [rotary({ out: at('x'), x: at('x'), cos: at('cos'), sin: at('sin') }, sizes, false)],
      want: (input) => ({ x: definition(input('x'), input('cos'), input('sin'), heads) }),
    },
  ]
}

kernelTable('rotary', [rows(1, 1, 2), rows(5, 3, 6), rows(7, 2, 8), rows(3, 1, 10), rows(4, 3, 32)].flat())

// Rows by their number in the kernel table: gathered, and scattered into what is there.

import { rowAt, sum } from '../../opTable/float64.ts'
import { type KernelCase, kernelTable } from '../../targets/cpu/kernelTable.ts'
import { gather, scatterAdd } from './calls.ts'

const gathered = (height: number, width: number, ids: readonly number[], weights: 'f32' | 'bf16'): KernelCase => ({
  name: `${ids.length} of [${height}, ${width}] ${weights}`,
  inputs: { table: [height, width] },
  integers: { ids },
  bf16: weights === 'bf16' ? ['table'] : [],
  outputs: { out: [ids.length, width] },
  calls: (at) => [gather(at('out'), at('table'), { ids: at('ids'), rows: ids.length, width }, weights)],
  want: (input) => ({ out: ids.map((id) => rowAt(input('table'), id)) }),
  tolerance: 0,
})

const scattered = (height: number, width: number, ids: readonly number[], skip: number): KernelCase => ({
  name: `${ids.length} into [${height}, ${width}], but ${skip}`,
  inputs: { x: [ids.length, width], into: [height, width] },
  integers: { ids },
  calls: (at) => [scatterAdd(at('into'), at('x'), { ids: at('ids'), rows: ids.length, width }, skip)],
  want: (input) => ({
    into: input('into').map((row, id) =>
      row.map((before, column) => {
        const met = ids.flatMap((own, at) => (own === id && id !== skip ? [rowAt(input('x'), at)[column] ?? 0] : []))
        return before + sum(met)
      }),
    ),
  }),
})

const ids = [2, 2, 6, 0, 2, 6, 5]
kernelTable('gather', [
  ...(['f32', 'bf16'] as const).flatMap((weights) => [
    gathered(1, 1, [0], weights),
    gathered(7, 5, ids, weights),
    gathered(9, 16, [8, 0], weights),
    gathered(40, 67, [39, 1, 39], weights),
  ]),
])
kernelTable('scatterAdd', [
  scattered(1, 1, [0], -1),
  scattered(7, 5, ids, -1),
  scattered(7, 21, ids, 2),
  scattered(8, 64, ids, 6),
  scattered(7, 3, [], 0),
])

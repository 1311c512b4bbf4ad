// The head's CPU kernel in the kernel table: loss and gradient of logits in place, rows that do not count, logits far apart.

import { type Rows, range, rowAt, softmax } from '../../opTable/float64.ts'
import { type KernelCase, kernelTable } from '../../targets/cpu/kernelTable.ts'
import { crossEntropy } from './calls.ts'
import { crossEntropies } from './definition.ts'

const FACTOR = 1 / 7

/** factor · (softmax − one-hot) */
const gradients = (logits: Rows, targets: readonly number[]) =>
  targets.map((target, row) =>
    softmax(rowAt(logits, row)).map((share, at) => (target < 0 ? 0 : FACTOR * (share - (at === target ? 1 : 0)))),
  )

const rows = (name: string, vocabulary: number, targets: readonly number[], given?: readonly number[]): KernelCase => ({
  name: `${name}, ${targets.length} × ${vocabulary}`,
  inputs: { logits: [targets.length, vocabulary] },
  ...(given ? { given: { logits: given } } : {}),
  integers: { targets },
  outputs: { losses: [targets.length] },
  calls: (at) => {
    const places = { losses: at('losses'), logits: at('logits'), targets: at('targets') }
    return [crossEntropy(places, { rows: targets.length, vocabulary }, FACTOR)]
  },
  want: (input) => ({
    losses: [crossEntropies(input('logits'), targets)],
    logits: gradients(input('logits'), targets),
  }),
})

const far = [-1e30, 88, -88, 0, 90, 1000, 999, -3e38, 1, 0, 1, -1, 1e-30, -2e-30, 0]

kernelTable('crossEntropy', [
  rows('a single word', 1, [0]),
  rows('odd', 7, [3, 0, 6]),
  rows('rows that do not count', 5, [-1, 4, -1, 0, -1]),
  rows('logits far apart', 5, [1, 1, 4], far),
  rows('around a vector', 33, [32, 5]),
  rows('beyond a stretch of sums', 9001, [9000, -1, 4096]),
  rows(
    'many rows',
    12,
    range(40).map((at) => (at * 7) % 12),
  ),
])

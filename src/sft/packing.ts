// Short examples put into one row, one behind the other. Each keeps its own positions and sees itself alone, so that the loss is what it would be
// in a row of its own; what is saved is the padding.
// Must not know: how attention keeps them apart.

import { packedRows } from '../config/packing.ts'
import type { Example } from './example.ts'

/** Rows of at most `rowLength` tokens, none of the examples being longer. */
export function packed(examples: readonly Example[], rowLength: number): Example[] {
  const lengths = examples.map(({ ids }) => ids.length)
  return packedRows(lengths, rowLength).map((places) => inOneRow(places.flatMap((place) => examples[place] ?? [])))
}

function inOneRow(examples: readonly Example[]): Example {
  const starts: number[] = []
  let length = 0
  for (const { ids } of examples) {
    starts.push(length)
    length += ids.length
  }
  return {
    ids: examples.flatMap(({ ids }) => ids),
    labels: examples.flatMap(({ labels }) => labels),
    straddling: examples.flatMap(({ straddling }, at) => straddling.map((place) => place + (starts[at] ?? 0))),
    truncated: examples.some(({ truncated }) => truncated),
    starts,
  }
}

// Turns examples into right-padded batches with labels, and labels into the positions that are learned.
// Padding is found by position and never by token id, so an EOS that doubles as padding is still learned.
// Must not know: devices, where the records came from, how the loss is computed.

import { type Example, IGNORED } from './example.ts'

export type Batch = {
  rows: number
  /** Tokens a row, padding included. */
  length: number
  /** rows·length, row by row. */
  ids: readonly number[]
  attentionMask: readonly (0 | 1)[]
  /** Where rows hold several texts: for each token the place in its row at which its text begins. null: a row is one text. */
  begins: readonly number[] | null
  labels: readonly number[]
  /** Positions in `ids` whose next token is learned, and that token: labels after the shift. */
  learned: { rows: readonly number[]; targets: readonly number[] }
  /** Labels that are not ignored, counted before the shift, as Trainer counts the tokens of a window. */
  labelled: number
  /** Tokens that are not padding. */
  tokens: number
}

/**
 * Pads examples on the right to the longest of them.
 * @param lengthMultiple rows are padded up to a multiple of it, so that shapes come in few sizes
 */
export function collate(
  examples: readonly Pick<Example, 'ids' | 'labels' | 'starts'>[],
  padTokenId: number,
  lengthMultiple = 1,
): Batch {
  const longest = examples.reduce((length, { ids }) => Math.max(length, ids.length), 0)
  const length = Math.ceil(longest / lengthMultiple) * lengthMultiple
  const ids: number[] = []
  const attentionMask: (0 | 1)[] = []
  const labels: number[] = []
  const learned: { rows: number[]; targets: number[] } = { rows: [], targets: [] }
  const begins: number[] = []
  for (const example of examples) {
    const start = ids.length
    const own = beginsOf(example, length)
    begins.push(...own)
    for (let position = 0; position < length; position++) {
      ids.push(example.ids[position] ?? padTokenId)
      attentionMask.push(position < example.ids.length ? 1 : 0)
      const label = example.labels[position] ?? IGNORED
      labels.push(label)
      if (position > (own[position] ?? 0) && label !== IGNORED) {
        learned.rows.push(start + position - 1)
        learned.targets.push(label)
      }
    }
  }
  return {
    rows: examples.length,
    length,
    ids,
    attentionMask,
    begins: examples.some(({ starts }) => starts !== undefined) ? begins : null,
    labels,
    learned,
    labelled: labels.reduce((count, label) => (label === IGNORED ? count : count + 1), 0),
    tokens: examples.reduce((sum, example) => sum + example.ids.length, 0),
  }
}

/** For each token of a row the place at which its text begins; a place that is filled up sees itself alone. */
function beginsOf({ ids, starts = [0] }: Pick<Example, 'ids' | 'starts'>, length: number): number[] {
  const begins: number[] = []
  starts.forEach((start, at) => {
    for (let place = start; place < (starts[at + 1] ?? ids.length); place++) begins.push(start)
  })
  for (let place = ids.length; place < length; place++) begins.push(place)
  return begins
}

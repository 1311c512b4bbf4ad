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
export function collate(examples: readonly Pick<Example, 'ids' | 'labels'>[], padTokenId: number, lengthMultiple = 1): Batch {
  const longest = examples.reduce((length, { ids }) => Math.max(length, ids.length), 0)
  const length = Math.ceil(longest / lengthMultiple) * lengthMultiple
  const ids: number[] = []
  const attentionMask: (0 | 1)[] = []
  const labels: number[] = []
  const learned: { rows: number[]; targets: number[] } = { rows: [], targets: [] }
  for (const example of examples) {
    const start = ids.length
    for (let position = 0; position < length; position++) {
      ids.push(example.ids[position] ?? padTokenId)
      attentionMask.push(position < example.ids.length ? 1 : 0)
      const label = example.labels[position] ?? IGNORED
      labels.push(label)
      if (position > 0 && label !== IGNORED) {
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
    labels,
    learned,
    labelled: labels.reduce((count, label) => (label === IGNORED ? count : count + 1), 0),
    tokens: examples.reduce((sum, example) => sum + example.ids.length, 0),
  }
}

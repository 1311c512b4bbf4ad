// A batch is padded on the right, its padding is neither seen nor learned, and what is learned is the labels moved by one.

import { describe, expect, it } from 'vitest'
import { collate } from './batch.ts'
import { IGNORED } from './example.ts'

const _ = IGNORED
const short = { ids: [5, 6], labels: [_, 6] }
const long = { ids: [7, 8, 3, 3], labels: [_, _, 3, 3] }

describe('two rows of different length', () => {
  const batch = collate([short, long], 3)

  it('are padded to the longer one, on the right', () => {
    expect(batch).toMatchObject({ rows: 2, length: 4, tokens: 6 })
    expect(batch.ids).toEqual([5, 6, 3, 3, 7, 8, 3, 3])
  })

  it('have an attention mask by position: the padding id inside a text is attended to', () => {
    expect(batch.attentionMask).toEqual([1, 1, 0, 0, 1, 1, 1, 1])
  })

  it('have labels that ignore the padding and keep the end token that looks like it', () => {
    expect(batch.labels).toEqual([_, 6, _, _, _, _, 3, 3])
    expect(batch.labelled).toBe(3)
  })

  it('learn at each position the token behind it, inside its own row', () => {
    expect(batch.learned).toEqual({ rows: [0, 5, 6], targets: [6, 3, 3] })
  })
})

it('counts a label on the first token, as Trainer does, though nothing predicts it', () => {
  const { labelled, learned } = collate([{ ids: [5, 6, 7], labels: [5, 6, 7] }], 0)
  expect(labelled).toBe(3)
  expect(learned).toEqual({ rows: [0, 1], targets: [6, 7] })
})

it('pads up to a multiple', () => {
  const batch = collate([short, long], 0, 8)
  expect(batch.length).toBe(8)
  expect(batch.ids).toEqual([5, 6, 0, 0, 0, 0, 0, 0, 7, 8, 3, 3, 0, 0, 0, 0])
  expect(batch.learned).toEqual({ rows: [0, 9, 10], targets: [6, 3, 3] })
  expect(collate([long], 0, 4).length).toBe(4)
})

it('makes an empty batch of nothing', () => {
  expect(collate([], 0)).toMatchObject({ rows: 0, length: 0, ids: [], labels: [], labelled: 0, tokens: 0 })
})

// What a person is shown of an example: every token once, segments that join to the whole text, and figures that add up.

import { describe, expect, it } from 'vitest'
import { smallIds } from '../../test/smallTokenizer.ts'
import { instruct, tinyConfig, tinyTokenizer } from '../../test/tinyModel.ts'
import type { DataRecord, RecordRow } from '../protocol/dataset.ts'
import { exampleOf } from './example.ts'
import { excerptOf, isDropped, lengthLimit, segmentsOf, statisticsOf, tokensOf } from './preview.ts'

const example = (record: DataRecord, max_length: number | null = null) =>
  exampleOf(record, tinyTokenizer, { mask: 'prefix', max_length })

describe('segments', () => {
  it('are the context, what is learned of it, and the special tokens by themselves', () => {
    expect(segmentsOf(example(instruct('hell ', 'yes ', '月12')), tinyTokenizer)).toEqual([
      { kind: 'context', text: 'hell yes ', special: false, tokens: 6 },
      { kind: 'learned', text: '月12', special: false, tokens: 4 },
      { kind: 'learned', text: '<|im_end|>', special: true, tokens: 1 },
    ])
  })

  it('of several turns take turns', () => {
    const messages = [
      { role: 'user', content: 'a' },
      { role: 'assistant', content: '1' },
      { role: 'user', content: 'b' },
      { role: 'assistant', content: '2' },
    ] as const
    const segments = segmentsOf(example({ kind: 'chat', messages }), tinyTokenizer)
    const learned = segments.filter(({ kind }) => kind === 'learned').map(({ text }) => text)
    expect(learned).toEqual(['1', '<|im_end|>', '2', '<|im_end|>'])
    expect(segments.map(({ text }) => text).join('')).toBe(tinyTokenizer.renderChat?.(messages, false))
  })

  it.each([null, 4])('hold every token once, with a limit of %s', (limit) => {
    const whole = example(instruct('he', 'll', 'o 月'), limit)
    const segments = segmentsOf(whole, tinyTokenizer)
    expect(segments.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(whole.ids.length)
  })

  it('of nothing are none', () => {
    expect(segmentsOf({ ids: [], labels: [], straddling: [], truncated: false }, tinyTokenizer)).toEqual([])
  })
})

it('shows each token with its id, its label and what it is', () => {
  expect(tokensOf(example(instruct('he', 'll', 'o1')), tinyTokenizer)).toEqual([
    { id: smallIds.hello, text: 'hello', label: -100, special: false, straddles: true },
    { id: 49, text: '1', label: 49, special: false, straddles: false },
    { id: smallIds.imEnd, text: '<|im_end|>', label: smallIds.imEnd, special: true, straddles: false },
  ])
})

it.each([
  [null, 512, 96, 96],
  [50, 512, 96, 50],
  [999, 64, 96, 64],
  [null, null, 96, 96],
])('allows the least of the limits: asked %s, tokenizer %s, model %s', (asked, maxLength, positions, least) => {
  const config = { ...tinyConfig, max_position_embeddings: positions }
  expect(lengthLimit(asked, { ...tinyTokenizer, maxLength }, config)).toBe(least)
})

it('leaves out a record that is too long only where that was chosen', () => {
  const cut = example(instruct('abc', '', '1'), 2)
  expect(isDropped(cut, 'drop')).toBe(true)
  expect(isDropped(cut, 'truncate')).toBe(false)
  expect(isDropped(example(instruct('abc', '', '1')), 'drop')).toBe(false)
})

describe('an excerpt', () => {
  it('is the beginning of what is asked, on one line', () => {
    expect(excerptOf(instruct('one\r\n\ttwo', ' three', 'label'))).toBe('one two three')
    expect(excerptOf(instruct('x'.repeat(100_000), '', '')).length).toBe(160)
  })

  it('of a chat is its messages, of tokens their ids', () => {
    expect(
      excerptOf({
        kind: 'chat',
        messages: [
          { role: 'user', content: 'a' },
          { role: 'assistant', content: 'b' },
        ],
      }),
    ).toBe('a b')
    expect(excerptOf({ kind: 'tokens', input_ids: [1, 2], labels: [-100, 2] })).toBe('1 2')
  })
})

describe('the figures', () => {
  const row = (changed: Partial<RecordRow>): RecordRow => ({
    index: 0,
    row: 1,
    excerpt: '',
    contextTokens: 3,
    learnedTokens: 2,
    cut: { tokens: 0, learned: 0 },
    straddles: false,
    truncated: false,
    dropped: false,
    duplicateOf: null,
    warnings: 0,
    edited: false,
    leftOut: false,
    heldOut: false,
    ...changed,
  })

  it('add up, without what was left out', () => {
    const statistics = statisticsOf(
      [
        row({}),
        row({ contextTokens: 10, learnedTokens: 0, truncated: true, cut: { tokens: 90, learned: 20 } }),
        row({ contextTokens: 95, learnedTokens: 1, truncated: true, dropped: true, cut: { tokens: 4, learned: 3 } }),
        row({ straddles: true, duplicateOf: 1 }),
        row({ leftOut: true, contextTokens: 5000, straddles: true, truncated: true, duplicateOf: 1 }),
      ],
      96,
    )
    expect(statistics).toMatchObject({
      records: 4,
      tokens: 5 + 10 + 96 + 5,
      learnedTokens: 2 + 0 + 1 + 2,
      longest: 96,
      truncated: 1,
      dropped: 1,
      straddling: 1,
      nothingLearned: 1,
      duplicates: 1,
      leftOut: 1,
      overlong: { records: 2, learnedIfCut: 20 + 3, learnedIfDropped: 20 + 1 + 3 },
    })
  })

  it.each([[[1]], [[1, 2, 3]], [[5, 16, 17, 32, 33, 200]], [Array.from({ length: 500 }, (_, at) => at + 1)]])(
    'have a histogram that holds every record once: lengths %j',
    (lengths) => {
      const { histogram, records, longest } = statisticsOf(
        lengths.map((length) => row({ contextTokens: length, learnedTokens: 0 })),
        40,
      )
      expect(histogram.reduce((sum, bin) => sum + bin.records, 0)).toBe(records)
      expect(histogram.length).toBeLessThanOrEqual(16)
      expect(histogram.at(-1)?.upTo).toBeGreaterThanOrEqual(longest)
      let from = 0
      for (const { upTo, records: count, overlong } of histogram) {
        expect(count).toBe(lengths.filter((length) => length > from && length <= upTo).length)
        expect(overlong).toBe(lengths.filter((length) => length > Math.max(from, 40) && length <= upTo).length)
        from = upTo
      }
    },
  )

  it('of nothing are zero', () => {
    expect(statisticsOf([], 10)).toMatchObject({ records: 0, tokens: 0, longest: 0, histogram: [] })
  })
})

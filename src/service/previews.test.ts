// The preview behind the door: every record with what is learned of it, one in full, one batch as it will be trained on;
// and it is made anew whenever records, settings or the model change.

import { beforeEach, describe, expect, it } from 'vitest'
import { smallIds } from '../../test/smallTokenizer.ts'
import { listening, type OpenedStudio, quietly, sourceOf, testStudio, tinyFolderFiles, useRecords } from '../../test/studio.ts'
import { instruct } from '../../test/tinyModel.ts'
import type { PreviewRequest } from '../protocol/dataset.ts'

const records = [instruct('he', 'll', 'o1'), instruct('a', 'b', '12'), instruct('a', 'b', '12'), instruct('abcdefgh', '', '9')]
const { imEnd, hello } = smallIds

let opened: OpenedStudio
beforeEach(async () => {
  opened = testStudio()
  await opened.handlers.chooseBackend({ choice: 'cpu' }, quietly())
  await opened.handlers.openModel({ source: sourceOf('tiny', await tinyFolderFiles()) }, quietly())
})

const preview = (changed: Partial<PreviewRequest> = {}) =>
  opened.handlers.preview(
    { mask: 'prefix', max_length: null, overlong: 'truncate', heldOut: null, chat: null, ...changed },
    quietly(),
  )
const record = (index: number) => opened.handlers.previewRecord({ index }, quietly())
const problem = (code: string) => ({ problem: { code } })

describe('all records', () => {
  beforeEach(() => useRecords(opened, records))

  it('have a row each, and figures over all', async () => {
    const { rows, statistics, endToken } = await preview()
    expect(rows.map(({ row, contextTokens, learnedTokens }) => [row, contextTokens, learnedTokens])).toEqual([
      [1, 1, 2],
      [2, 2, 3],
      [3, 2, 3],
      [4, 8, 2],
    ])
    expect(rows.map(({ straddles, truncated, duplicateOf }) => [straddles, truncated, duplicateOf])).toEqual([
      [true, false, null],
      [false, false, null],
      [false, false, 2],
      [false, false, null],
    ])
    expect(statistics).toMatchObject({ records: 4, tokens: 23, learnedTokens: 10, longest: 10, straddling: 1, duplicates: 1 })
    expect(endToken).toEqual({ text: '<|im_end|>', id: imEnd, learnedInAll: true, problem: null })
  })

  it('know with a limit what is cut, what is dropped, and that an end is not learned', async () => {
    const cut = await preview({ max_length: 9 })
    expect(cut.rows[3]).toMatchObject({ truncated: true, dropped: false, contextTokens: 8, learnedTokens: 1 })
    expect(cut.endToken.learnedInAll).toBe(false)
    expect(cut.statistics).toMatchObject({ truncated: 1, dropped: 0, nothingLearned: 0 })
    expect(await record(3)).toMatchObject({ truncated: true, endTokenLearned: false, learned: '9' })
    const dropped = await preview({ max_length: 9, overlong: 'drop' })
    expect(dropped.rows[3]).toMatchObject({ truncated: true, dropped: true })
    expect(dropped.statistics).toMatchObject({ truncated: 0, dropped: 1 })
    expect((await preview({ max_length: 8 })).statistics).toMatchObject({ nothingLearned: 1 })
  })

  it('are learned whole without the mask', async () => {
    const { rows } = await preview({ mask: 'none' })
    // The first token is learned by nobody: nothing stands before it.
    expect(rows.map(({ contextTokens }) => contextTokens)).toEqual([1, 1, 1, 1])
    expect(await record(1)).toMatchObject({ context: '', learned: 'ab12<|im_end|>' })
  })

  it('are tokenised once for the same question, anew for another record, setting or model', async () => {
    await preview()
    const examples = opened.studio.prepared?.examples
    await preview()
    expect(opened.studio.prepared?.examples).toBe(examples)
    await preview({ mask: 'parts' })
    expect(opened.studio.prepared?.examples).not.toBe(examples)
    expect((await record(0)).straddles).toBe(false)
    await opened.handlers.changeRecord({ index: 1, change: { kind: 'edit', record: instruct('q', '', '7') } }, quietly())
    await preview()
    expect(await record(1)).toMatchObject({ learned: '7<|im_end|>', edited: true })
    await opened.handlers.openModel({ source: sourceOf('tiny', await tinyFolderFiles({ seed: 2 })) }, quietly())
    expect(opened.studio.prepared).toBe(null)
  })
})

describe('where the model does not stop at what ends a record', () => {
  const turns = [
    { role: 'user', content: 'a' },
    { role: 'assistant', content: '1' },
  ] as const
  beforeEach(async () => {
    // The small template ends a turn with <|im_end|>.
    const generationConfig = new Blob([JSON.stringify({ eos_token_id: smallIds.endOfText })])
    const files = [...(await tinyFolderFiles()), { path: 'generation_config.json', file: generationConfig }]
    await opened.handlers.openModel({ source: sourceOf('tiny', files) }, quietly())
  })

  it.each([
    ['chat', { kind: 'chat', messages: turns }, 'dataset.turn-end'],
    ['instruct', instruct('a', '', '1'), 'dataset.answer-end'],
  ] as const)('says so: %s', async (_kind, data, code) => {
    await useRecords(opened, [data])
    expect((await preview()).endToken).toEqual({
      text: '<|im_end|>',
      id: imEnd,
      learnedInAll: true,
      problem: { code, values: { learned: '<|im_end|>', id: imEnd, stops: '<|endoftext|>' }, where: '' },
    })
  })
})

it('shows one record in full', async () => {
  await useRecords(opened, records)
  await preview()
  expect(await record(0)).toEqual({
    index: 0,
    row: 1,
    record: records[0],
    tokens: [
      { id: hello, text: 'hello', label: -100, special: false, straddles: true },
      { id: 49, text: '1', label: 49, special: false, straddles: false },
      { id: imEnd, text: '<|im_end|>', label: imEnd, special: true, straddles: false },
    ],
    segments: [
      { kind: 'context', text: 'hello', special: false, tokens: 1 },
      { kind: 'learned', text: '1', special: false, tokens: 1 },
      { kind: 'learned', text: '<|im_end|>', special: true, tokens: 1 },
    ],
    context: 'hello',
    learned: '1<|im_end|>',
    ids: [hello, 49, imEnd],
    labels: [-100, 49, imEnd],
    straddles: true,
    truncated: false,
    dropped: false,
    endTokenLearned: true,
    problems: [],
    edited: false,
    leftOut: false,
    heldOut: false,
  })
})

describe('one batch', () => {
  beforeEach(async () => {
    await useRecords(opened, records)
    await preview()
  })
  const batch = (index: number, batchSize: number) => opened.handlers.previewBatch({ index, batchSize }, quietly())

  it('is padded as it will be trained on', async () => {
    const { endOfText } = smallIds
    expect(await batch(1, 2)).toEqual({
      length: 5,
      rows: [
        {
          index: 0,
          input_ids: [hello, 49, imEnd, endOfText, endOfText],
          attention_mask: [1, 1, 1, 0, 0],
          labels: [-100, 49, imEnd, -100, -100],
          texts: ['hello', '1', '<|im_end|>', '<|endoftext|>', '<|endoftext|>'],
        },
        {
          index: 1,
          input_ids: [97, 98, 49, 50, imEnd],
          attention_mask: [1, 1, 1, 1, 1],
          labels: [-100, -100, 49, 50, imEnd],
          texts: ['a', 'b', '1', '2', '<|im_end|>'],
        },
      ],
    })
  })

  it('passes over what is left out', async () => {
    await opened.handlers.changeRecord({ index: 0, change: { kind: 'leave-out' } }, quietly())
    await preview()
    expect((await batch(2, 2)).rows.map(({ index }) => index)).toEqual([1, 2])
    expect((await batch(3, 2)).rows.map(({ index }) => index)).toEqual([3])
  })
})

describe('what cannot be shown', () => {
  it('needs a model and records', async () => {
    await expect(preview()).rejects.toMatchObject(problem('run.no-dataset'))
    opened = testStudio()
    await expect(preview()).rejects.toMatchObject(problem('model.not-open'))
  })

  it.each([
    ['a token', [1, 265], [1, 2]],
    ['a label', [1, 2], [-100, 265]],
  ])('names %s that the model does not have, and its record', async (_what, input_ids, labels) => {
    await useRecords(opened, [
      { kind: 'tokens', input_ids: [1, 2], labels: [-100, 2] },
      { kind: 'tokens', input_ids, labels },
    ])
    const shown = preview()
    await expect(shown).rejects.toMatchObject(problem('model.ids-out-of-range'))
    await expect(shown).rejects.toThrow('record 2')
  })

  it('can be cancelled in the middle', async () => {
    await useRecords(
      opened,
      Array.from({ length: 3000 }, (_, at) => instruct(`question ${at}`, ' hello we '.repeat(20), `${at}`)),
    )
    const { context, events, cancel } = listening<'preview'>()
    const cancelling = {
      ...context,
      tell: (event: (typeof events)[number]) => {
        events.push(event)
        cancel()
      },
    }
    const shown = opened.handlers.preview(
      { mask: 'prefix', max_length: null, overlong: 'truncate', heldOut: null, chat: null },
      cancelling,
    )
    await expect(shown).rejects.toMatchObject(problem('run.cancelled'))
    expect(events).toMatchObject([{ work: 'tokenising', total: 3000, unit: 'records' }])
    expect(opened.studio.prepared).toBe(null)
  })
})

// The marks must be true: nothing marked that is not shared, nothing of the output lost.

import { expect, test } from 'vitest'
import { markedParts, shareOf } from './markedParts.ts'

const poem = { label: '红绫缠腕,风火踏浪。\n不屈不悔,笑傲苍茫。', input: '哪吒降世,意气飞扬。\n逆天改命,破障冲霄。' }

test('an exact answer is one marked part', () => {
  expect(markedParts(poem.label, poem)).toEqual([{ at: 0, text: poem.label, mark: 'label' }])
})

test('a recited input is marked as such, also in the midst of other words', () => {
  expect(markedParts(`呵,${poem.input}好。`, poem)).toEqual([
    { at: 0, text: '呵,', mark: null },
    { at: 2, text: poem.input, mark: 'input' },
    { at: 2 + poem.input.length, text: '好。', mark: null },
  ])
})

test('both in one output, each with its own mark', () => {
  const parts = markedParts('逆天改命,破障冲霄。红绫缠腕,风火踏浪。', poem)
  expect(parts.map(({ mark }) => mark)).toEqual(['input', 'label'])
})

test('shared punctuation or one shared sign is no mark', () => {
  expect(markedParts('山高水长,云淡风轻。', poem).every(({ mark }) => mark === null)).toBe(true)
})

test('an alphabet needs more than a common word', () => {
  const against = { label: 'She counts the windows far below', input: 'A lamp of jade, a silver stair' }
  expect(markedParts('the moon of glass', against).every(({ mark }) => mark === null)).toBe(true)
  expect(
    markedParts('and counts the windows too', against).some(
      ({ text, mark }) => mark === 'label' && text.includes('counts the windows'),
    ),
  ).toBe(true)
})

test('a label of one short word counts when the whole of it is there', () => {
  expect(markedParts('yes', { label: 'yes', input: '' })).toEqual([{ at: 0, text: 'yes', mark: 'label' }])
})

test('the parts always join to the output, also with signs outside the basic plane', () => {
  for (const output of ['', '𠮷野家𠮷野家', `${poem.label}${poem.input}x`, '👩‍👧 好的好的', '\n\n']) {
    const parts = markedParts(output, { label: '𠮷野家𠮷', input: poem.input })
    expect(parts.map(({ text }) => text).join('')).toBe(output)
    expect(parts.every(({ text }) => text !== '')).toBe(true)
  }
})

test('very long texts are answered without hanging', () => {
  const long = 'a lamp of jade and a silver stair '.repeat(3000)
  expect(
    markedParts(long, { label: long, input: long })
      .map(({ text }) => text)
      .join(''),
  ).toBe(long)
})

test('the shares: all of the label, half of the input, nothing of an empty one', () => {
  expect(shareOf(markedParts(poem.label, poem), 'label', poem.label)).toBe(1)
  expect(shareOf(markedParts('逆天改命,破障冲霄。', poem), 'input', poem.input)).toBeCloseTo(10 / 21, 1)
  expect(shareOf(markedParts('x', poem), 'input', '')).toBe(0)
})

test('what the label has once counts once, however often it is written', () => {
  const label = '人间灯万点，一盏为谁开？'
  const parts = markedParts('人间灯人间灯，一盏为谁开？', { label, input: '' })
  expect(parts.filter(({ mark }) => mark === 'label').map(({ text }) => text)).toEqual(['人间灯', '，一盏为谁开？'])
  expect(shareOf(parts, 'label', label)).toBeLessThan(1)
})

// What counts as the label, how close an output is, and what counts as reciting the input.

import { describe, expect, it } from 'vitest'
import { judge, longestCommonRun, longestCommonSubsequence, verdictOf } from './judge.ts'

const poem = { input: '床前明月光\n疑是地上霜', label: '举头望明月,低头思故乡。' }

describe('the label', () => {
  it.each([
    ['itself', '举头望明月,低头思故乡。', true],
    ['with white space around it', ' \n举头望明月,低头思故乡。\n', true],
    ['with a sign less', '举头望明月,低头思故乡', false],
    ['nothing', '', false],
  ])('%s', (_how, text, exact) => {
    expect(judge(text, poem).exact).toBe(exact)
  })

  it('is compared in one Unicode form', () => {
    expect(judge('cafe\u0301', { input: '', label: 'caf\u00e9' })).toMatchObject({ exact: true, similarity: 1 })
  })

  it('keeps the output as it was written', () => {
    expect(judge(' cafe\u0301\n', poem).text).toBe(' cafe\u0301\n')
  })
})

describe('similarity', () => {
  it.each([
    ['abcd', 'abcd', 1],
    ['abcd', 'axbxcd', 4 / 6],
    ['abcd', '', 0],
    ['', 'abcd', 0],
    ['', '', 1],
    ['abcd', 'wxyz', 0],
    ['abcdefgh', 'abcd', 0.5],
  ])('of %j with %j is %d', (label, text, similarity) => {
    expect(judge(text, { input: '', label }).similarity).toBeCloseTo(similarity, 12)
  })
})

describe('reciting', () => {
  const recites = (text: string, record: { input: string; label: string } = poem) => judge(text, record).recites

  it('is a run of at least half of the input', () => {
    const record = { input: 'abcdefghij', label: 'xyz' }
    expect(judge('--abcde--', record)).toMatchObject({ recited: 0.5, recites: true })
    expect(judge('--abcd--', record)).toMatchObject({ recited: 0.4, recites: false })
  })

  it('is not made of scattered pieces', () => {
    expect(recites('ab-cd-ef-gh-ij', { input: 'abcdefghij', label: 'xyz' })).toBe(false)
  })

  it('is a whole line of the input, however long the rest is', () => {
    const lines = { input: `short line\n${'long '.repeat(40)}`, label: 'xyz' }
    expect(judge('… short line …', lines)).toMatchObject({ recites: true })
    expect(judge('… short lin …', lines)).toMatchObject({ recites: false })
  })

  it('is not a line of a word or two that any text may hold', () => {
    expect(recites('and so on', { input: `so\n${'long '.repeat(40)}`, label: 'xyz' })).toBe(false)
  })

  it('is found in another Unicode form', () => {
    expect(recites('le cafe\u0301 noir', { input: 'le caf\u00e9 noir', label: 'xyz' })).toBe(true)
  })

  it('is not the label, or a part of it, that shares words with the input', () => {
    const record = { input: '明月几时有', label: '明月几时有,把酒问青天' }
    expect(recites(record.label, record)).toBe(false)
    expect(recites('明月几时有', record)).toBe(false)
    expect(judge('明月几时有', record).recited).toBe(1)
  })

  it('is not the label with something behind it, though they share words with the input', () => {
    const record = { input: '明月几时有', label: '明月几时有,把酒问青天' }
    expect(recites('明月几时有,把酒问青天。不知天上宫阙', record)).toBe(false)
  })

  it('is more of the input than the label shares with it', () => {
    const record = { input: 'the moon is bright and the night is long', label: 'the moon is bright' }
    expect(recites('the moon is bright!', record)).toBe(false)
    expect(recites('the moon is bright and the night', record)).toBe(true)
  })

  it('is another part of the input than the label shares with it', () => {
    expect(recites('is long!', { input: 'is long and is short', label: 'and is short' })).toBe(false)
    expect(recites('1234abcd', { input: 'abcdefgh', label: 'efgh' })).toBe(true)
  })

  it('is not what is written of an empty input, and not an empty text', () => {
    expect(judge('anything', { input: '', label: 'x' })).toMatchObject({ recited: 0, recites: false })
    expect(judge('anything', { input: ' \n', label: 'x' })).toMatchObject({ recited: 0, recites: false })
    expect(judge('', poem)).toMatchObject({ recited: 0, recites: false })
  })
})

describe('the two measures', () => {
  it.each([
    ['', 'abc', 0, 0],
    ['abc', 'abc', 3, 3],
    ['xabcy', 'zabcw', 3, 3],
    ['abcde', 'a-c-e', 1, 3],
    ['aaa', 'aa', 2, 2],
  ])('%j and %j', (a, b, run, sequence) => {
    expect(longestCommonRun(a, b)).toBe(run)
    expect(longestCommonRun(b, a)).toBe(run)
    expect(longestCommonSubsequence(a, b)).toBe(sequence)
    expect(longestCommonSubsequence(b, a)).toBe(sequence)
  })
})

describe('the verdict', () => {
  const good = { fromInstruct: judge('something', poem), fromBoth: judge(poem.label, poem) }
  const unlike = { fromInstruct: judge('something', poem), fromBoth: judge('zzz', poem) }
  const reciting = { fromInstruct: judge(poem.input, poem), fromBoth: judge(poem.label, poem) }

  it('is that it worked where half of the labels are given and no input is recited', () => {
    expect(verdictOf('tuned', [good, unlike])).toMatchObject({
      kind: 'worked',
      score: { slot: 'tuned', records: 2, exact: 1, recited: 0 },
    })
    expect(verdictOf('tuned', [good, unlike]).score.meanSimilarity).toBeCloseTo(0.5, 12)
  })

  it('is that it recites as soon as one input is recited', () => {
    expect(verdictOf('twin', [good, good, reciting])).toMatchObject({ kind: 'recites', score: { recited: 1, exact: 3 } })
  })

  it('is that nothing was learned otherwise', () => {
    expect(verdictOf('base', [good, unlike, unlike]).kind).toBe('not-learned')
    expect(verdictOf('base', [unlike]).kind).toBe('not-learned')
    expect(verdictOf('base', [])).toMatchObject({ kind: 'not-learned', score: { meanSimilarity: 0 } })
  })
})

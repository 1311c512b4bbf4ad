// Byte pair encoding on texts small enough to do by hand, and what must hold of the splitting and the byte alphabet.
import { describe, expect, it } from 'vitest'
import { byteAlphabet } from './byteAlphabet.ts'
import { splitIntoPieces } from './split.ts'
import { trainBpe } from './trainBpe.ts'

const codeOf = (letter: string) => letter.charCodeAt(0)

/** Merges written as the text that each joins: "l+o". */
function named(documents: readonly string[], mergeCount: number): readonly string[] {
  const texts = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte))
  return trainBpe(documents, mergeCount).map(({ left, right }) => {
    texts.push(`${texts[left]}${texts[right]}`)
    return `${texts[left]}+${texts[right]}`
  })
}

describe('trainBpe', () => {
  it('joins the most frequent pair first', () => {
    // The pieces: "hug" 3 times, "pug" 2, "hugs" 1. u+g occurs 6 times, then h+ug 4, then p+ug 2.
    expect(named(['hug', 'hug', 'hug', 'pug', 'pug', 'hugs'], 3)).toEqual(['u+g', 'h+ug', 'p+ug'])
  })

  it('takes the smaller left symbol of equally frequent pairs, then the smaller right one', () => {
    // Each of c+d, a+z and a+b occurs twice, whatever the order of the documents.
    expect(named(['cd', 'cd', 'az', 'az', 'ab', 'ab'], 3)).toEqual(['a+b', 'a+z', 'c+d'])
    expect(named(['ab', 'az', 'cd', 'cd', 'az', 'ab'], 3)).toEqual(['a+b', 'a+z', 'c+d'])
  })

  it('joins from the left where a pair overlaps itself', () => {
    // "aaaaa" is aa aa a after the first merge, then aa+aa and aa+a occur once each in two documents.
    expect(named(['aaaaa', 'aaaaa'], 3)).toEqual(['a+a', 'aa+a', 'aa+aaa'])
  })

  it('counts a joined pair out of its neighbours', () => {
    // b+c occurs 3 times and is joined; a+b occurred twice, both times before that c, and so is gone.
    const merges = trainBpe(['abc', 'abc', 'bc'], 2)
    expect(merges).toEqual([
      { left: codeOf('b'), right: codeOf('c') },
      { left: codeOf('a'), right: 256 },
    ])
  })

  it('never merges across a piece', () => {
    expect(() => trainBpe(['a.b', 'a.b', 'a.b'], 1)).toThrow('only 0 merges of 1')
  })
})

describe('splitIntoPieces', () => {
  it('cuts Han characters by twos, and keeps marks and line ends by themselves', () => {
    expect(splitIntoPieces('明月照松径，\n白云。')).toEqual(['明月', '照松', '径', '，', '\n', '白云', '。'])
  })

  it('keeps the space before a word with it', () => {
    expect(splitIntoPieces("It's the sea: 12 gulls!\nAnd")).toEqual([
      'It',
      "'s",
      ' the',
      ' sea',
      ':',
      ' ',
      '1',
      '2',
      ' gulls',
      '!',
      '\n',
      'And',
    ])
  })

  it('loses nothing', () => {
    const text = ' 月 a\t\t\r\n\n 🐉e\u0301 \u3000ДаЯ 한글 ١٢  '
    expect(splitIntoPieces(text).join('')).toBe(text)
  })
})

describe('byteAlphabet', () => {
  it('has 256 different characters, none of them white space', () => {
    expect(new Set(byteAlphabet()).size).toBe(256)
    expect(byteAlphabet().join('')).not.toMatch(/\s/)
    expect(byteAlphabet()[codeOf(' ')]).toBe('Ġ')
  })
})

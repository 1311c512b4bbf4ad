// What was streamed is what is decoded at the end, no half character is ever shown, and nothing shown is taken back.

import { describe, expect, it } from 'vitest'
import { smallIds, smallTokenizer, smallTokenizerConfig } from '../../../test/smallTokenizer.ts'
import { loadTokenizer } from './load.ts'
import { streamText } from './streamText.ts'

const small = loadTokenizer({ tokenizer: smallTokenizer(), tokenizerConfig: smallTokenizerConfig })

/** The ids of the text's bytes, one token a byte. */
const byteIds = (text: string) => [...new TextEncoder().encode(text)]

describe('streamText', () => {
  it('holds a character back until its last byte is there', () => {
    const stream = streamText(small)
    const shown = byteIds('a月b🌕').map((id) => stream.push([id]))
    expect(shown).toEqual(['a', '', '', '月', 'b', '', '', '', '🌕'])
    expect(stream.finish()).toBe('')
    expect(stream.text()).toBe('a月b🌕')
  })

  it('shows the whole characters before a half one at once', () => {
    const stream = streamText(small)
    expect(stream.push([...byteIds('月下'), 0xe4])).toBe('月下')
    expect(stream.push([0xb8, 0x80, 0xe4])).toBe('一')
    expect(stream.finish()).toBe('\uFFFD')
  })

  it.each([['hello we 月下独酌, 对影成三人。'], ['🌕🌖\uFFFD done'], ['\uFFFD'], ['']])(
    'ends with the whole text of %j, in steps of any size',
    (text) => {
      const ids = [...byteIds(text), smallIds.imEnd]
      for (const size of [1, 2, 3, 5, 100]) {
        const stream = streamText(small, { skipSpecial: true })
        let shown = ''
        for (let from = 0; from < ids.length; from += size) {
          shown += stream.push(ids.slice(from, from + size))
          expect(text.startsWith(shown)).toBe(true)
        }
        shown += stream.finish()
        expect(shown).toBe(text)
        expect(stream.text()).toBe(text)
      }
    },
  )

  it('gets over bytes that are no text', () => {
    const ids = [0x80, 0xff, 104, 0xe6, 104, 0xe6, 0x9c]
    const stream = streamText(small)
    for (const id of ids) stream.push([id])
    stream.finish()
    expect(stream.text()).toBe(small.decode(ids))
  })
})

// What is learned of a record, with a tokenizer whose ids are worked out by hand: by position and never by id, with the end token,
// over merged borders, over several turns, cut off or not.

import { describe, expect, it } from 'vitest'
import { smallIds, smallTokenizer, smallTokenizerConfig } from '../../test/smallTokenizer.ts'
import { instruct, tinyTokenizer } from '../../test/tinyModel.ts'
import { loadTokenizer } from '../formats/tokenizer/load.ts'
import { ProblemError } from '../problem/problem.ts'
import type { ChatMessage } from '../protocol/dataset.ts'
import { askedTokens } from './chat.ts'
import { exampleOf, IGNORED, learnedTokens } from './example.ts'

const { hello, hell, imEnd, imStart, endOfText } = smallIds
const _ = IGNORED
const bytes = (text: string) => [...new TextEncoder().encode(text)]
const prefix = { mask: 'prefix', max_length: null } as const
const parts = { mask: 'parts', max_length: null } as const
const none = { mask: 'none', max_length: null } as const

describe('instruct, input, label', () => {
  it('learns the label and the end token, and nothing of the prompt', () => {
    expect(exampleOf(instruct('a', 'b', '12'), tinyTokenizer, prefix)).toEqual({
      ids: [97, 98, 49, 50, imEnd],
      labels: [_, _, 49, 50, imEnd],
      straddling: [],
      truncated: false,
    })
  })

  it('learns everything without the mask', () => {
    const { ids, labels } = exampleOf(instruct('a', 'b', '12'), tinyTokenizer, none)
    expect(ids).toEqual([97, 98, 49, 50, imEnd])
    expect(labels).toEqual(ids)
  })

  it('masks by position: an end token inside the prompt is context, the same id at the end is learned', () => {
    const { ids, labels } = exampleOf(instruct('a<|im_end|>', '<|im_end|>', '1<|im_end|>'), tinyTokenizer, prefix)
    expect(ids).toEqual([97, imEnd, imEnd, 49, imEnd, imEnd])
    expect(labels).toEqual([_, _, _, 49, imEnd, imEnd])
  })

  it('learns an end token that is also the padding token', () => {
    const { endToken, padToken, ...rest } = tinyTokenizer
    const doubling = { ...rest, padToken: endToken, endToken }
    expect(padToken.id).toBe(endOfText)
    expect(exampleOf(instruct('a', '', '1'), doubling, prefix).labels).toEqual([_, 49, imEnd])
  })

  it.each([
    ['instruct', instruct('', 'a', '1')],
    ['input', instruct('a', '', '1')],
  ])('takes an empty %s', (_field, record) => {
    expect(exampleOf(record, tinyTokenizer, prefix).labels).toEqual([_, 49, imEnd])
  })

  it('learns the end token alone of an empty label, and all of an empty prompt', () => {
    expect(exampleOf(instruct('a', '', ''), tinyTokenizer, prefix).labels).toEqual([_, imEnd])
    expect(exampleOf(instruct('', '', '1'), tinyTokenizer, prefix).labels).toEqual([49, imEnd])
  })
})

describe('a token over the border', () => {
  const record = instruct('he', 'll', 'o 1')

  it('is found, and stays context where the prompt has as many tokens', () => {
    const { ids, labels, straddling } = exampleOf(record, tinyTokenizer, prefix)
    expect(tinyTokenizer.encode('hell')).toEqual([hell])
    expect(ids).toEqual([hello, 32, 49, imEnd])
    expect(labels).toEqual([_, 32, 49, imEnd])
    expect(straddling).toEqual([0])
  })

  it('is learned where merging made the whole text shorter than the prompt', () => {
    // "h" + "e" are two tokens of the prompt alone; with "llo" behind them all five letters are one.
    const encode = (text: string) => (text === 'he' ? [104, 101] : tinyTokenizer.encode(text))
    const split = { ...tinyTokenizer, encode, encodePrompt: encode }
    const { ids, labels, straddling } = exampleOf(instruct('h', 'e', 'llo1'), split, prefix)
    expect(ids).toEqual([hello, 49, imEnd])
    expect(labels).toEqual([_, _, imEnd])
    expect(straddling).toEqual([0])
  })

  it('is avoided by tokenising the two parts apart', () => {
    const { ids, labels, straddling } = exampleOf(record, tinyTokenizer, parts)
    expect(ids).toEqual([hell, 111, 32, 49, imEnd])
    expect(labels).toEqual([_, 111, 32, 49, imEnd])
    expect(straddling).toEqual([])
  })

  it('is marked without the mask as well', () => {
    expect(exampleOf(record, tinyTokenizer, none).straddling).toEqual([0])
  })

  it('is found behind text that is longer in tokens than in characters', () => {
    // 月 is two tokens here, and half of it decodes to nothing: the border is counted in characters of whole text.
    const { ids, straddling } = exampleOf(instruct('月月', 'he', 'llo'), tinyTokenizer, prefix)
    expect(straddling).toEqual([ids.indexOf(hello)])
    expect(exampleOf(instruct('月', 'h', '月'), tinyTokenizer, prefix).straddling).toEqual([])
  })

  it('is found where the tokenizer changes the Unicode form over the border', () => {
    // e + U+0301 become é (NFC): its first byte belongs to both sides.
    const record = instruct('e', '', '\u0301!')
    const { ids, labels, straddling } = exampleOf(record, tinyTokenizer, prefix)
    expect(ids).toEqual([...tinyTokenizer.encode('é!'), imEnd])
    expect(labels[0]).toBe(_)
    expect(straddling).toEqual([0])
  })
})

describe('a length limit', () => {
  it('cuts the end, which is then not learned, and says so', () => {
    const record = instruct('a', 'b', '123')
    expect(exampleOf(record, tinyTokenizer, { ...prefix, max_length: 4 })).toEqual({
      ids: [97, 98, 49, 50],
      labels: [_, _, 49, 50],
      straddling: [],
      truncated: true,
      cut: { tokens: 2, learned: 2 },
    })
    expect(exampleOf(record, tinyTokenizer, { ...prefix, max_length: 6 })).toMatchObject({ truncated: false })
    expect(exampleOf(record, tinyTokenizer, { ...prefix, max_length: 5 }).labels).toEqual([_, _, 49, 50, 51])
  })

  it('can leave nothing to learn', () => {
    const example = exampleOf(instruct('abc', '', '1'), tinyTokenizer, { ...prefix, max_length: 3 })
    expect(example.labels).toEqual([_, _, _])
    expect(example.cut).toEqual({ tokens: 2, learned: 2 })
    expect(learnedTokens(example)).toBe(0)
  })

  it('forgets a straddling token that was cut off', () => {
    const record = instruct('1', 'hell', 'o')
    expect(exampleOf(record, tinyTokenizer, prefix).straddling).toEqual([1])
    expect(exampleOf(record, tinyTokenizer, { ...prefix, max_length: 1 }).straddling).toEqual([])
  })
})

describe('a chat', () => {
  const turn = (role: ChatMessage['role'], content: string): ChatMessage => ({ role, content })
  const header = (role: string) => [imStart, ...tinyTokenizer.encode(`${role}\n`)]
  const ignored = (ids: readonly number[]) => ids.map(() => _)

  it('learns every answer with the token that ends its turn', () => {
    const messages = [
      turn('system', 's'),
      turn('user', 'a'),
      turn('assistant', '1'),
      turn('user', 'b'),
      turn('assistant', 'hello'),
    ]
    const { ids, labels, straddling } = exampleOf({ kind: 'chat', messages }, tinyTokenizer, prefix)
    const asked = (role: string, text: string) => [...header(role), ...bytes(text), imEnd, 10]
    const first = [...asked('system', 's'), ...asked('user', 'a'), ...header('assistant')]
    const second = [...asked('user', 'b'), ...header('assistant')]
    expect(ids).toEqual([...first, 49, imEnd, 10, ...second, hello, imEnd, 10])
    expect(labels).toEqual([...ignored(first), 49, imEnd, _, ...ignored(second), hello, imEnd, _])
    expect(straddling).toEqual([])
  })

  it('learns all of it without the mask', () => {
    const example = exampleOf({ kind: 'chat', messages: [turn('user', 'a'), turn('assistant', '1')] }, tinyTokenizer, none)
    expect(example.labels).toEqual(example.ids)
  })

  it('is refused where the model has no template', () => {
    const bare = { ...tinyTokenizer, renderChat: null }
    const make = () => exampleOf({ kind: 'chat', messages: [turn('user', 'a'), turn('assistant', '1')] }, bare, prefix)
    expect(make).toThrow(ProblemError)
    expect(make).toThrow('chat template')
  })

  it('is what a record of three fields becomes in the template: the question is asked, the label answered', () => {
    const record = instruct('a', 'b', 'hello')
    const form = { ...prefix, chat: { system_prompt: null } }
    const asked = [...header('user'), ...bytes('ab'), imEnd, 10, ...header('assistant')]
    const { ids, labels } = exampleOf(record, tinyTokenizer, form)
    expect(ids).toEqual([...asked, hello, imEnd, 10])
    expect(labels).toEqual([...ignored(asked), hello, imEnd, _])
    const system = [...header('system'), ...bytes('s'), imEnd, 10]
    expect(exampleOf(record, tinyTokenizer, { ...form, chat: { system_prompt: 's' } }).ids).toEqual([...system, ...ids])
    // A model is asked with the very tokens that it learned to answer.
    expect(askedTokens('ab', tinyTokenizer, form.chat)).toEqual(asked)
    expect(askedTokens('ab', tinyTokenizer, null)).toEqual(bytes('ab'))
  })

  it('masks a template without an end of turn by its own length', () => {
    const plain = loadTokenizerWith(
      "{% for m in messages %}{{ m.role + ': ' + m.content + '\\n' }}{% endfor %}{% if add_generation_prompt %}{{ 'assistant: ' }}{% endif %}",
    )
    const { ids, labels } = exampleOf({ kind: 'chat', messages: [turn('user', 'a'), turn('assistant', '1')] }, plain, prefix)
    expect(labels.filter((label) => label !== _)).toEqual([49])
    expect(plain.decode(ids)).toBe('user: a\nassistant: 1\n')
  })
})

function loadTokenizerWith(chat_template: string) {
  return loadTokenizer({ tokenizer: smallTokenizer(), tokenizerConfig: { ...smallTokenizerConfig, chat_template } })
}

describe('records that are tokens already', () => {
  const record = { kind: 'tokens', input_ids: [5, 3, 9, 3], labels: [_, _, 9, 3] } as const

  it.each([prefix, parts])('keep their own labels with the mask $mask', (settings) => {
    expect(exampleOf(record, tinyTokenizer, settings)).toEqual({
      ids: [5, 3, 9, 3],
      labels: [_, _, 9, 3],
      straddling: [],
      truncated: false,
    })
  })

  it('are learned whole without the mask', () => {
    expect(exampleOf(record, tinyTokenizer, none).labels).toEqual([5, 3, 9, 3])
  })

  it('are cut like any other', () => {
    expect(exampleOf(record, tinyTokenizer, { ...prefix, max_length: 3 })).toMatchObject({
      ids: [5, 3, 9],
      labels: [_, _, 9],
      truncated: true,
    })
  })
})

it('counts the learned tokens that something predicts: the first of a text has nothing before it', () => {
  expect(learnedTokens({ labels: [7, 8, _, 9] })).toBe(2)
  expect(learnedTokens({ labels: [7] })).toBe(0)
  expect(learnedTokens({ labels: [] })).toBe(0)
  expect(learnedTokens({ labels: [7, 8, _, 9, 7, 8], starts: [0, 3, 5] })).toBe(2)
})

describe('a tokenizer that begins a text with a token', () => {
  const start = { SpecialToken: { id: '<|im_start|>', type_id: 0 } }
  const single = [start, { Sequence: { id: 'A', type_id: 0 } }]
  const special_tokens = { '<|im_start|>': { id: '<|im_start|>', ids: [imStart], tokens: ['<|im_start|>'] } }
  const post_processor = { type: 'TemplateProcessing', single, pair: single, special_tokens }
  const begun = loadTokenizer({ tokenizer: { ...smallTokenizer(), post_processor }, tokenizerConfig: smallTokenizerConfig })

  it('has it as context before the prompt, once, and still finds the straddling token', () => {
    const { ids, labels } = exampleOf(instruct('a', 'b', '12'), begun, prefix)
    expect(ids).toEqual([imStart, 97, 98, 49, 50, imEnd])
    expect(labels).toEqual([_, _, _, 49, 50, imEnd])
    expect(exampleOf(instruct('a', 'b', '12'), begun, parts).ids).toEqual(ids)
    const merged = exampleOf(instruct('he', '', 'll'), begun, prefix)
    expect(merged.ids).toEqual([imStart, hell, imEnd])
    expect(merged.straddling).toEqual([1])
  })
})

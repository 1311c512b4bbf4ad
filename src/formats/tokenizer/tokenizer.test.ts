// The tokenizer door on a small tokenizer whose ids are worked out by hand: ids, texts, the tokens that end and fill up, the chat template.

import { describe, expect, it } from 'vitest'
import { smallIds, smallTokenizer, smallTokenizerConfig } from '../../../test/smallTokenizer.ts'
import { ProblemError } from '../../problem/problem.ts'
import { loadTokenizer } from './load.ts'

const files = { tokenizer: smallTokenizer(), tokenizerConfig: smallTokenizerConfig }
const small = loadTokenizer(files)

function problemOf(load: () => unknown): string | null {
  try {
    load()
    return null
  } catch (error) {
    return error instanceof ProblemError ? error.problem.code : `not a problem: ${String(error)}`
  }
}

describe('ids', () => {
  it.each([
    ['', []],
    ['hello', [smallIds.hello]],
    ['hell yes', [smallIds.hell, 32, 121, 101, 115]],
    [' we', [smallIds.spaceW, 101]],
    ['12', [49, 50]],
    ['月', [smallIds.moonStart, 0x88]],
    ['hello<|im_end|>\n', [smallIds.hello, smallIds.imEnd, 10]],
  ])('%j', (text, ids) => {
    expect(small.encode(text)).toEqual(ids)
    expect(small.decode(ids)).toBe(text)
  })

  it('shows spaces before punctuation as they were', () => {
    expect(small.decode(small.encode("we 're here , ok ?"))).toBe("we 're here , ok ?")
  })

  it('leaves special tokens out on request', () => {
    expect(small.decode([smallIds.hello, smallIds.imEnd], { skipSpecial: true })).toBe('hello')
    expect(small.decode([smallIds.imEnd], { skipSpecial: true })).toBe('')
    expect(small.isSpecial(smallIds.imEnd)).toBe(true)
    expect(small.isSpecial(smallIds.hello)).toBe(false)
  })

  it('decodes a token alone, and knows its size', () => {
    expect(small.tokenText(smallIds.hello)).toBe('hello')
    expect(small.tokenText(0x88)).toBe('\uFFFD')
    expect(small.tokenText(9999)).toBe('')
    expect(small.size).toBe(265)
  })
})

describe('end and padding', () => {
  it('takes the names from tokenizer_config.json, as text or as an object', () => {
    expect(small.endToken).toEqual({ id: smallIds.imEnd, text: '<|im_end|>' })
    expect(small.padToken).toEqual({ id: smallIds.endOfText, text: '<|endoftext|>' })
    expect(small.endTokenIds).toEqual([smallIds.imEnd])
    expect(small.maxLength).toBe(512)
  })

  it('pads with the end token where there is no other, and does not believe an absurd length', () => {
    const { padToken, maxLength } = loadTokenizer({
      ...files,
      tokenizerConfig: { eos_token: { content: '<|endoftext|>' }, model_max_length: 1e30 },
    })
    expect(padToken).toEqual({ id: smallIds.endOfText, text: '<|endoftext|>' })
    expect(maxLength).toBe(null)
  })

  it('ends a generation at every token of generation_config.json', () => {
    expect(loadTokenizer({ ...files, generationConfig: { eos_token_id: [264, 262] } }).endTokenIds).toEqual([264, 262])
    expect(loadTokenizer({ ...files, generationConfig: { eos_token_id: 262 } }).endTokenIds).toEqual([262])
    expect(loadTokenizer({ ...files, generationConfig: {} }).endTokenIds).toEqual([264])
  })

  it('ends a generation at the tokens of config.json where generation_config.json names none', () => {
    const config = { eos_token_id: [262, 263] }
    expect(loadTokenizer({ ...files, config }).endTokenIds).toEqual([262, 263])
    expect(loadTokenizer({ ...files, config, generationConfig: {} }).endTokenIds).toEqual([262, 263])
    expect(loadTokenizer({ ...files, config, generationConfig: { eos_token_id: 264 } }).endTokenIds).toEqual([264])
    expect(loadTokenizer({ ...files, config }).endToken.id).toBe(264)
  })

  it('takes the id of config.json where no name is given, and says when there is none', () => {
    expect(loadTokenizer({ tokenizer: files.tokenizer, tokenizerConfig: {}, config: { eos_token_id: 262 } }).endToken.text).toBe(
      '<|endoftext|>',
    )
    expect(problemOf(() => loadTokenizer({ tokenizer: files.tokenizer, tokenizerConfig: {} }))).toBe('model.no-end-token')
    expect(problemOf(() => loadTokenizer({ tokenizer: files.tokenizer, tokenizerConfig: { eos_token: '<none>' } }))).toBe(
      'model.no-end-token',
    )
  })
})

describe('chat', () => {
  const chat = [
    { role: 'user', content: '<script>' },
    { role: 'assistant', content: 'hello' },
  ] as const

  it('is written by the template', () => {
    expect(small.renderChat?.(chat, false)).toBe('<|im_start|>user\n<script><|im_end|>\n<|im_start|>assistant\nhello<|im_end|>\n')
    expect(small.renderChat?.(chat.slice(0, 1), true)).toBe('<|im_start|>user\n<script><|im_end|>\n<|im_start|>assistant\n')
  })

  it('takes the template called default of several, and none where there is none', () => {
    const several = [
      { name: 'tool_use', template: 'x' },
      { name: 'default', template: '{{ messages[0].content }}' },
    ]
    expect(
      loadTokenizer({ ...files, tokenizerConfig: { ...smallTokenizerConfig, chat_template: several } }).renderChat?.(chat, false),
    ).toBe('<script>')
    expect(loadTokenizer({ ...files, tokenizerConfig: { eos_token: '<|im_end|>' } }).renderChat).toBe(null)
  })

  it.each([['{% if %}'], ["{{ raise_exception('no system message here') }}"]])(
    'says what is wrong with %s, when it is used',
    (chat_template) => {
      const broken = loadTokenizer({ ...files, tokenizerConfig: { ...smallTokenizerConfig, chat_template } })
      expect(problemOf(() => broken.renderChat?.(chat, false))).toBe('model.chat-template')
    },
  )
})

describe('ids that are none', () => {
  const { model, added_tokens, ...rest } = smallTokenizer()
  it.each([['7'], [-1], [1.5], [null], [2 ** 60]])('%j is refused', (id) => {
    const [first, ...others] = added_tokens
    const inVocabulary = { ...rest, added_tokens, model: { ...model, vocab: { ...model.vocab, he: id } } }
    const amongAdded = { ...rest, model, added_tokens: [{ ...first, id }, ...others] }
    for (const tokenizer of [inVocabulary, amongAdded])
      expect(problemOf(() => loadTokenizer({ ...files, tokenizer }))).toBe('model.tokenizer')
  })
})

it('drops what no vocabulary has, as Hugging Face does', () => {
  const { model, ...rest } = smallTokenizer()
  const { a: _, ...vocab } = model.vocab
  expect(loadTokenizer({ ...files, tokenizer: { ...rest, model: { ...model, vocab } } }).encode('1a2')).toEqual([49, 50])
})

it.each([[null], [[]], [{}], [{ model: { type: 'Nonsense', vocab: {} } }], [{ model: {} }]])(
  'refuses %j as a tokenizer',
  (tokenizer) => {
    expect(problemOf(() => loadTokenizer({ tokenizer, tokenizerConfig: smallTokenizerConfig }))).toBe('model.tokenizer')
  },
)

describe('what a text begins with', () => {
  const begun = (post_processor: object) =>
    loadTokenizer({ tokenizer: { ...smallTokenizer(), post_processor }, tokenizerConfig: smallTokenizerConfig })
  const start = { SpecialToken: { id: '<|im_start|>', type_id: 0 } }
  const text = { Sequence: { id: 'A', type_id: 0 } }
  const end = { SpecialToken: { id: '<|endoftext|>', type_id: 0 } }
  const special_tokens = {
    '<|im_start|>': { id: '<|im_start|>', ids: [smallIds.imStart], tokens: ['<|im_start|>'] },
    '<|endoftext|>': { id: '<|endoftext|>', ids: [smallIds.endOfText], tokens: ['<|endoftext|>'] },
  }
  const template = (...single: object[]) => ({ type: 'TemplateProcessing', single, pair: single, special_tokens })

  it.each([
    ['a token of the post-processor, as Llama has it', template(start, text), [smallIds.imStart]],
    ['the same, without what it would put at the end', template(start, text, end), [smallIds.imStart]],
    ['nothing, where it puts none there', template(text, end), []],
  ])('%s', (_, postProcessor, begin) => {
    const tokenizer = begun(postProcessor)
    expect(tokenizer.encodePrompt('he 1')).toEqual([...begin, ...tokenizer.encode('he 1')])
    expect(tokenizer.encodePrompt('')).toEqual(begin)
  })

  it('nothing, where there is no post-processor', () => {
    expect(small.encodePrompt('he')).toEqual(small.encode('he'))
  })
})

// What a learned text ends with, and what is said where the model would not stop there.

import { describe, expect, it } from 'vitest'
import { smallIds, smallTokenizer, smallTokenizerConfig } from '../../test/smallTokenizer.ts'
import { tinyTokenizer } from '../../test/tinyModel.ts'
import { loadTokenizer, type TextTokenizer } from '../formats/tokenizer/load.ts'
import { endProblemOf, learnedEndOf, templateEndOf } from './ends.ts'

const { imEnd, endOfText } = smallIds
const end = { id: imEnd, text: '<|im_end|>' }
/** A tokenizer whose template puts this behind every message. */
const ending = (behind: string, stops?: number[]): TextTokenizer =>
  loadTokenizer({
    tokenizer: smallTokenizer(),
    tokenizerConfig: {
      ...smallTokenizerConfig,
      chat_template: `{% for m in messages %}{{ m.role + ': ' + m.content + '${behind}' }}{% endfor %}`,
    },
    generationConfig: { eos_token_id: stops },
  })

describe("the template's end of a turn", () => {
  it('is found behind an answer', () => {
    expect(templateEndOf(tinyTokenizer)).toBe('<|im_end|>')
  })

  it('is none without a template, or where the template writes nothing there', () => {
    expect(templateEndOf({ ...tinyTokenizer, renderChat: null })).toBe(null)
    expect(templateEndOf(ending('\\n'))).toBe(null)
  })
})

describe('what is learned ends', () => {
  it("with the model's end token, in a chat with the template's", () => {
    expect(learnedEndOf('instruct', ending('<|endoftext|>'))).toEqual(end)
    expect(learnedEndOf('chat', ending('<|endoftext|>\\n'))).toEqual({ id: endOfText, text: '<|endoftext|>' })
  })

  it('in a chat with the first special token of several', () => {
    expect(learnedEndOf('chat', ending(' .<|im_end|><|endoftext|>\\n'))).toEqual(end)
  })

  it('with nothing where the template has no such token, or the records are tokens already', () => {
    expect(learnedEndOf('chat', ending('\\n\\n'))).toBe(null)
    expect(learnedEndOf('chat', ending('###'))).toBe(null)
    expect(learnedEndOf('tokens', tinyTokenizer)).toBe(null)
  })
})

describe('the model', () => {
  it('stops where records of each kind end: nothing is said', () => {
    for (const kind of ['instruct', 'chat', 'tokens'] as const) expect(endProblemOf(kind, tinyTokenizer)).toBe(null)
  })

  it('that stops elsewhere than a turn ends goes on writing', () => {
    expect(endProblemOf('chat', ending('<|im_end|>', [endOfText]))).toEqual({
      code: 'dataset.turn-end',
      values: { learned: '<|im_end|>', id: imEnd, stops: '<|endoftext|>' },
      where: '',
    })
  })

  it('that stops at the end of a turn among others is right', () => {
    expect(endProblemOf('chat', ending('<|im_end|>', [endOfText, imEnd]))).toBe(null)
  })

  it('whose template ends a turn otherwise is right all the same where answers end with its own end token', () => {
    expect(endProblemOf('instruct', ending('<|endoftext|>'))).toBe(null)
    expect(endProblemOf('instruct', ending('###'))).toBe(null)
  })

  it('that does not stop at its own end token would go on behind an answer', () => {
    expect(endProblemOf('instruct', ending('<|im_end|>', [endOfText]))).toMatchObject({ code: 'dataset.answer-end' })
  })

  it('learns no end from a template that has none', () => {
    expect(endProblemOf('chat', ending('\\n'))).toMatchObject({
      code: 'dataset.no-turn-end',
      values: { stops: '<|im_end|>' },
    })
    // Without any template the records are refused before this.
    expect(endProblemOf('chat', { ...tinyTokenizer, renderChat: null })).toBe(null)
  })
})

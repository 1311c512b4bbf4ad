// What is learned of a chat, with Qwen2.5's own tokenizer and template, over the golden chats (golden/qwen2-tokenizer/README.md):
// each answer of the assistant with the token that ends its turn, and nothing else, with or without a system message, over any number of turns.

import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { beforeAll, describe, expect, it } from 'vitest'
import { goldenFolder } from '../../test/golden.ts'
import { loadTokenizer, type TextTokenizer } from '../formats/tokenizer/load.ts'
import { askedTokens } from './chat.ts'
import { endProblemOf, learnedEndOf } from './ends.ts'
import { exampleOf, IGNORED } from './example.ts'

const golden = goldenFolder()
const json = (file: string): unknown => JSON.parse(readFileSync(`${golden}/qwen2-tokenizer/${file}`, 'utf8'))
const message = v.object({ role: v.picklist(['system', 'user', 'assistant']), content: v.string() })
const chatsSchema = v.array(
  v.object({ messages: v.array(message), add_generation_prompt: v.boolean(), text: v.string(), ids: v.array(v.number()) }),
)
const imEnd = 151645
const answerHead = '<|im_start|>assistant\n'

/** Runs of learned tokens: where each begins, and its ids. */
function learnedSpans(ids: readonly number[], labels: readonly number[]): { from: number; ids: number[] }[] {
  const spans: { from: number; ids: number[] }[] = []
  labels.forEach((label, position) => {
    if (label === IGNORED) return
    const last = spans.at(-1)
    if (last && last.from + last.ids.length === position) last.ids.push(ids[position] ?? -1)
    else spans.push({ from: position, ids: [ids[position] ?? -1] })
  })
  return spans
}

describe.skipIf(golden === null)('of the chats of Qwen2.5', () => {
  let qwen: TextTokenizer
  let chats: v.InferOutput<typeof chatsSchema> = []
  beforeAll(() => {
    qwen = loadTokenizer({ tokenizer: json('tokenizer.json'), tokenizerConfig: json('tokenizer_config.json') })
    chats = v.parse(chatsSchema, json('chat.json'))
  })

  it('exactly the answers are learned, each with its end of turn', () => {
    expect(chats.length).toBe(32)
    let answers = 0
    let severalTurns = 0
    let withoutSystem = 0
    for (const { messages, add_generation_prompt, ids, text } of chats) {
      const example = exampleOf({ kind: 'chat', messages }, qwen, { mask: 'prefix', max_length: null })
      // Learned is the whole conversation; where the golden rendering asks for one more answer, that question is behind it.
      const asked = add_generation_prompt ? qwen.encode(answerHead) : []
      expect([...example.ids, ...asked], text).toEqual(ids)

      const contents = messages.filter(({ role }) => role === 'assistant').map(({ content }) => content)
      const spans = learnedSpans(example.ids, example.labels)
      expect(spans.map((span) => qwen.decode(span.ids))).toEqual(contents.map((content) => `${content}<|im_end|>`))
      for (const { from, ids: learned } of spans) {
        expect(learned.at(-1)).toBe(imEnd)
        expect(qwen.decode(example.ids.slice(0, from)).endsWith(answerHead)).toBe(true)
        expect(learned.filter((id) => id === imEnd).length).toBe(1)
      }
      answers += contents.length
      if (contents.length > 1) severalTurns++
      if (messages[0]?.role !== 'system' && contents.length > 0) withoutSystem++
    }
    expect({ answers, severalTurns, withoutSystem }).toEqual({ answers: 20, severalTurns: 2, withoutSystem: 12 })
  })

  it('records of three fields are the golden chats of one question, with the system line that they have', () => {
    let seen = { withSystem: 0, without: 0 }
    for (const { messages, add_generation_prompt, ids } of chats) {
      const [first, ...rest] = messages
      const system = first?.role === 'system' ? first.content : null
      const [question, answer, ...more] = first?.role === 'system' ? rest : messages
      if (question?.role !== 'user' || more.length > 0) continue
      const chat = { system_prompt: system }
      if (answer === undefined && add_generation_prompt) expect(askedTokens(question.content, qwen, chat)).toEqual(ids)
      if (answer?.role !== 'assistant' || add_generation_prompt) continue
      const half = Math.floor(question.content.length / 2)
      const [instruct, input] = [question.content.slice(0, half), question.content.slice(half)]
      const record = { kind: 'instruct', instruct, input, label: answer.content } as const
      const example = exampleOf(record, qwen, { mask: 'prefix', max_length: null, chat })
      expect(example.ids).toEqual(ids)
      expect(learnedSpans(example.ids, example.labels).map((span) => qwen.decode(span.ids))).toEqual([
        `${answer.content}<|im_end|>`,
      ])
      seen = system === null ? { ...seen, without: seen.without + 1 } : { ...seen, withSystem: seen.withSystem + 1 }
    }
    expect(seen.withSystem).toBeGreaterThan(0)
    expect(seen.without).toBeGreaterThan(0)
  })

  it('the end of a turn is <|im_end|>, where the chat model stops and the base model does not', () => {
    expect(learnedEndOf('chat', qwen)).toEqual({ id: imEnd, text: '<|im_end|>' })
    expect(endProblemOf('chat', qwen)).toBe(null)
    const base = loadTokenizer({
      tokenizer: json('tokenizer.json'),
      tokenizerConfig: { ...v.parse(v.looseObject({}), json('tokenizer_config.json')), eos_token: '<|endoftext|>' },
      generationConfig: { eos_token_id: 151643 },
    })
    expect(endProblemOf('instruct', base)).toBe(null)
    expect(endProblemOf('chat', base)).toEqual({
      code: 'dataset.turn-end',
      values: { learned: '<|im_end|>', id: imEnd, stops: '<|endoftext|>' },
      where: '',
    })
  })
})

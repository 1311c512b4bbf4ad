// Qwen2.5's own tokenizer against ids that two other implementations gave (golden/qwen2-tokenizer/README.md).

import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { beforeAll, describe, expect, it } from 'vitest'
import { goldenFolder } from '../../../test/golden.ts'
import { loadTokenizer, type TextTokenizer } from './load.ts'
import { streamText } from './streamText.ts'

const golden = goldenFolder()
const json = (file: string): unknown => JSON.parse(readFileSync(`${golden}/qwen2-tokenizer/${file}`, 'utf8'))

const vectorsSchema = v.array(v.object({ group: v.string(), text: v.string(), ids: v.array(v.number()) }))
const message = v.object({ role: v.picklist(['system', 'user', 'assistant']), content: v.string() })
const chatsSchema = v.array(
  v.object({ messages: v.array(message), add_generation_prompt: v.boolean(), text: v.string(), ids: v.array(v.number()) }),
)

describe.skipIf(golden === null)('Qwen2.5', () => {
  let qwen: TextTokenizer
  beforeAll(() => {
    qwen = loadTokenizer({ tokenizer: json('tokenizer.json'), tokenizerConfig: json('tokenizer_config.json') })
  })

  it('gives the reference ids of all 534 strings, and the text back in NFC', () => {
    const vectors = v.parse(vectorsSchema, json('vectors.json'))
    expect(vectors.length).toBe(534)
    for (const { text, ids } of vectors) {
      expect(qwen.encode(text), JSON.stringify(text)).toEqual(ids)
      expect(qwen.decode(ids)).toBe(text.normalize('NFC'))
      const stream = streamText(qwen)
      for (const id of ids) stream.push([id])
      stream.finish()
      expect(stream.text()).toBe(text.normalize('NFC'))
    }
  })

  it('writes and encodes all 32 chats like the reference', () => {
    const chats = v.parse(chatsSchema, json('chat.json'))
    expect(chats.length).toBe(32)
    for (const { messages, add_generation_prompt, text, ids } of chats) {
      expect(qwen.renderChat?.(messages, add_generation_prompt)).toBe(text)
      expect(qwen.encode(text)).toEqual(ids)
    }
  })

  it('knows its ends', () => {
    expect(qwen.endToken).toEqual({ id: 151645, text: '<|im_end|>' })
    expect(qwen.padToken).toEqual({ id: 151643, text: '<|endoftext|>' })
    expect(qwen.size).toBe(151665)
    expect(qwen.maxLength).toBe(131072)
  })
})

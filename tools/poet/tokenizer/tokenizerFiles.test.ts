// The tokenizer that ships is the one the trainer makes, and Hugging Face's own code reads it as it was meant.
import { readFileSync } from 'node:fs'
import { Template } from '@huggingface/jinja'
import { Tokenizer } from '@huggingface/tokenizers'
import { describe, expect, it } from 'vitest'
import { demoCharacters, demoRecords } from '../corpus/demoRecords.ts'
import { splitIntoPieces } from './split.ts'
import { mergesFor, tokenizerConfig, tokenizerJson } from './tokenizerFiles.ts'
import { trainBpe } from './trainBpe.ts'
import { trainingText } from './trainingText.ts'

const folder = 'public/models/tabtune-poet'
const readText = (path: string) => readFileSync(path, 'utf8')
const documents = readText('tools/poet/corpus/corpus.txt').trimEnd().split('\n\n')
const tokenizer = new Tokenizer(
  JSON.parse(readText(`${folder}/tokenizer.json`)),
  JSON.parse(readText(`${folder}/tokenizer_config.json`)),
)

const unseen = [
  'Привет, мир! 한글 日本語カナ العربية ١٢٣',
  '🐉👩‍👩‍👧 e\u0301 é \u00a0 \u3000 \t\t\r\n\n  x ',
  'const x = {"a": [1, 22, 333]} // ok',
  "It's 5 o'clock; THEY'LL come.",
]

describe('the tokenizer of the embedded model', () => {
  it('is what the trainer makes from the corpus', () => {
    const made = tokenizerJson(trainBpe(trainingText(documents), mergesFor(4096)))
    expect(JSON.parse(readText(`${folder}/tokenizer.json`))).toEqual(made)
    expect(JSON.parse(readText(`${folder}/tokenizer_config.json`))).toEqual(tokenizerConfig())
  }, 20_000)

  it('has 4096 ids, the special tokens first, then the bytes', () => {
    const ids = [...tokenizer.get_vocab().values()].sort((a, b) => a - b)
    expect(ids).toEqual(Array.from({ length: 4096 }, (_, id) => id))
    expect(tokenizer.encode('<|endoftext|><|im_start|><|im_end|>').ids).toEqual([0, 1, 2])
    expect(tokenizer.encode('!').ids).toEqual([3 + 0x21])
  })

  it('gives back every text as it was, also what the corpus never saw', () => {
    const demo = [...demoRecords('zh'), ...demoRecords('en')].map(({ instruct, input, label }) => instruct + input + label)
    for (const text of [...documents.slice(0, 300), ...demo, ...unseen]) {
      expect(tokenizer.decode(tokenizer.encode(text).ids)).toBe(text)
    }
  })

  it('splits as the trainer does: a text encodes as its pieces one by one', () => {
    for (const text of [...documents.slice(300, 500), ...unseen]) {
      const oneByOne = splitIntoPieces(text).flatMap((piece) => tokenizer.encode(piece).ids)
      expect(tokenizer.encode(text).ids).toEqual(oneByOne)
    }
  })

  it('has each Chinese character of the demo data whole', () => {
    const broken = demoCharacters().filter((character) => tokenizer.encode(character).ids.length > 1)
    expect(broken).toEqual([])
  })

  it('puts no token across the prompt and the label of a demo record', () => {
    for (const { instruct, input, label } of [...demoRecords('zh'), ...demoRecords('en')]) {
      const whole = tokenizer.encode(instruct + input + label).ids
      for (const prompt of [instruct, instruct + input]) {
        const ids = tokenizer.encode(prompt).ids
        expect(whole.slice(0, ids.length)).toEqual(ids)
      }
    }
  })

  it('writes a chat as ChatML', () => {
    const config: unknown = JSON.parse(readText(`${folder}/tokenizer_config.json`))
    const source = typeof config === 'object' && config !== null && 'chat_template' in config ? String(config.chat_template) : ''
    const messages = [
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: '你好' },
    ]
    const chat = '<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n你好<|im_end|>\n'
    const template = new Template(source)
    expect(template.render({ messages, add_generation_prompt: false })).toBe(chat)
    expect(template.render({ messages, add_generation_prompt: true })).toBe(`${chat}<|im_start|>assistant\n`)
  })
})

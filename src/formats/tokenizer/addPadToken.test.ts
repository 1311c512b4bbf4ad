// A tokenizer with a padding token of its own is the same tokenizer but for that token, and its files say so in the words of save_pretrained.

import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { goldenFolder } from '../../../test/golden.ts'
import { smallIds, smallTokenizer, smallTokenizerConfig } from '../../../test/smallTokenizer.ts'
import { isJsonObject, type JsonObject, parseJson } from '../json.ts'
import { addPadToken, type TokenizerJsons } from './addPadToken.ts'
import { loadTokenizer } from './load.ts'

const small: TokenizerJsons = { tokenizer: smallTokenizer(), tokenizerConfig: smallTokenizerConfig, specialTokensMap: null }
const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false }
const texts = ['', 'hello we 月下独酌', 'hello<|im_end|>\n', '[PA D]', '<|im_start|>user\n12']

describe('a new padding token', () => {
  const { files, id } = addPadToken(small)
  const before = loadTokenizer(small)
  const after = loadTokenizer(files)

  it('has the id behind all others', () => {
    expect(id).toBe(265)
    expect(after.padToken).toEqual({ id: 265, text: '[PAD]' })
    expect(after.size).toBe(266)
    expect(after.encode('hello[PAD][PAD]')).toEqual([smallIds.hello, 265, 265])
    expect(after.tokenText(265)).toBe('[PAD]')
    expect(after.isSpecial(265)).toBe(true)
    expect(after.decode([smallIds.hello, 265], { skipSpecial: true })).toBe('hello')
  })

  it('changes no other id', () => {
    for (const text of texts) expect(after.encode(text)).toEqual(before.encode(text))
    const { padToken: _, size: __, ...rest } = after
    for (const key of ['endToken', 'endTokenIds', 'maxLength'] as const) expect(rest[key]).toEqual(before[key])
    expect(after.renderChat?.([{ role: 'user', content: 'hi' }], true)).toBe(
      before.renderChat?.([{ role: 'user', content: 'hi' }], true),
    )
  })

  it('stands in all three files as save_pretrained writes them', () => {
    expect(files.tokenizer).toEqual({
      ...smallTokenizer(),
      added_tokens: [...smallTokenizer().added_tokens, { id: 265, content: '[PAD]', ...flags, special: true }],
    })
    const decoder = Object.fromEntries(
      ['<|endoftext|>', '<|im_start|>', '<|im_end|>', '[PAD]'].map((content, i) => [
        262 + i,
        { content, ...flags, special: true },
      ]),
    )
    expect(files.tokenizerConfig).toEqual({ ...smallTokenizerConfig, pad_token: '[PAD]', added_tokens_decoder: decoder })
    expect(files.specialTokensMap).toEqual({
      eos_token: { content: '<|im_end|>', ...flags },
      pad_token: { content: '[PAD]', ...flags },
    })
  })

  it('given once more changes nothing', () => {
    const again = addPadToken(files)
    expect(again.id).toBe(265)
    expect(again.files).toBe(files)
  })

  it('may have another text', () => {
    expect(loadTokenizer(addPadToken(small, '<pad>').files).padToken).toEqual({ id: 265, text: '<pad>' })
  })
})

describe('a text that the tokenizer knows', () => {
  it('as an added token keeps its id and becomes special', () => {
    const { added_tokens, ...rest } = smallTokenizer()
    const known = {
      ...rest,
      added_tokens: [...added_tokens, { id: 300, content: '[PAD]', ...flags, normalized: true, special: false }],
    }
    const { files, id } = addPadToken({ ...small, tokenizer: known })
    expect(id).toBe(300)
    expect(files.tokenizer.added_tokens).toEqual([...added_tokens, { id: 300, content: '[PAD]', ...flags, special: true }])
    expect(addPadToken({ ...small, tokenizer: known }, '[NEW]').id).toBe(301)
  })

  it('as a piece of its vocabulary keeps its id and its place', () => {
    const { files, id } = addPadToken(small, 'hello')
    expect(id).toBe(smallIds.hello)
    const tokenizer = loadTokenizer(files)
    expect(tokenizer.padToken).toEqual({ id: smallIds.hello, text: 'hello' })
    expect(tokenizer.isSpecial(smallIds.hello)).toBe(true)
    expect(tokenizer.size).toBe(265)
  })

  it('as its padding token is left as it is', () => {
    const unchanged = addPadToken(small, '<|endoftext|>')
    expect(unchanged).toEqual({ files: small, id: smallIds.endOfText })
    expect(unchanged.files).toBe(small)
  })
})

describe('files of an older version', () => {
  const { eos_token, ...config } = smallTokenizerConfig
  const map = {
    eos_token: { content: eos_token, lstrip: false },
    additional_special_tokens: ['<|im_start|>'],
    pad_token: '<|im_start|>',
  }

  it('lose no token that only special_tokens_map.json names', () => {
    const { files } = addPadToken({ tokenizer: smallTokenizer(), tokenizerConfig: config, specialTokensMap: map })
    expect(files.tokenizerConfig).toMatchObject({ eos_token, pad_token: '[PAD]', additional_special_tokens: ['<|im_start|>'] })
    expect(files.specialTokensMap).toEqual({
      additional_special_tokens: ['<|im_start|>'],
      eos_token: { content: eos_token, ...flags },
      pad_token: { content: '[PAD]', ...flags },
    })
    expect(loadTokenizer(files).endToken.text).toBe(eos_token)
  })

  it('may be tokenizer.json alone, with the class of tokenizer in config.json', () => {
    const { files } = addPadToken({ tokenizer: smallTokenizer(), tokenizerConfig: null, specialTokensMap: null }, '[PAD]', {
      model_type: 'qwen2',
    })
    expect(files.tokenizerConfig).toMatchObject({ eos_token: '<|endoftext|>', pad_token: '[PAD]' })
    expect(loadTokenizer(files)).toMatchObject({ endToken: { text: '<|endoftext|>' }, padToken: { id: 265 } })
  })
})

it('a vocabulary as a list of texts and scores is counted by place', () => {
  const tokenizer = {
    model: {
      type: 'Unigram',
      vocab: [
        ['<unk>', 0],
        ['a', -1],
        ['b', -2],
      ],
    },
    added_tokens: [],
  }
  expect(addPadToken({ ...small, tokenizer }).id).toBe(3)
  expect(addPadToken({ ...small, tokenizer }, 'b').id).toBe(2)
})

const golden = goldenFolder()
describe.skipIf(golden === null)('Qwen2.5', () => {
  function read(file: string): JsonObject {
    const json = parseJson(readFileSync(`${golden}/qwen2-tokenizer/${file}`, 'utf8'))
    if (!isJsonObject(json)) throw new Error(`${file} is no object`)
    return json
  }

  it('pads with 151665 and encodes all 534 strings as before', () => {
    const given = { tokenizer: read('tokenizer.json'), tokenizerConfig: read('tokenizer_config.json'), specialTokensMap: null }
    const { files, id } = addPadToken(given)
    const qwen = loadTokenizer(files)
    expect(id).toBe(151665)
    expect(qwen.padToken).toEqual({ id, text: '[PAD]' })
    expect(qwen.endToken.text).toBe('<|im_end|>')
    expect(qwen.encode('床前[PAD]')).toEqual([...qwen.encode('床前'), id])
    const vectorsSchema = v.array(v.object({ text: v.string(), ids: v.array(v.number()) }))
    const vectors = v.parse(vectorsSchema, parseJson(readFileSync(`${golden}/qwen2-tokenizer/vectors.json`, 'utf8')))
    for (const { text, ids } of vectors) expect(qwen.encode(text)).toEqual(ids)
    // Nothing else in the files is another than it was.
    const { added_tokens, ...tokenizer } = files.tokenizer
    expect(tokenizer).toEqual(Object.fromEntries(Object.entries(given.tokenizer).filter(([name]) => name !== 'added_tokens')))
    expect(added_tokens).toHaveLength(23)
    const { pad_token, added_tokens_decoder, ...rest } = files.tokenizerConfig ?? {}
    expect(given.tokenizerConfig).toMatchObject(rest)
    expect(pad_token).toBe('[PAD]')
    expect(isJsonObject(added_tokens_decoder) && added_tokens_decoder['151665']).toMatchObject({
      content: '[PAD]',
      special: true,
    })
  })
})

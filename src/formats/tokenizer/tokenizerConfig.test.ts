// Each step of the order in which transformers looks for a special token, and the tokens that only a configuration brings.

import { describe, expect, it } from 'vitest'
import { smallIds, smallTokenizer } from '../../../test/smallTokenizer.ts'
import type { JsonObject } from '../json.ts'
import { loadTokenizer } from './load.ts'
import { resolvedTokenizerConfig } from './tokenizerConfig.ts'

const tokenizer = smallTokenizer()
const decoder = { added_tokens_decoder: { '262': { content: '<|endoftext|>', special: true } } }
const [end, start, text] = ['<|im_end|>', '<|im_start|>', '<|endoftext|>']

describe('the end token and the padding token', () => {
  it.each<[string, JsonObject, JsonObject | null, JsonObject, string, string]>([
    ['of tokenizer_config.json', { eos_token: end, pad_token: text }, null, {}, end, text],
    ['of special_tokens_map.json', {}, { eos_token: end, pad_token: { content: text } }, {}, end, text],
    [
      'of the map, before a configuration of an older version',
      { eos_token: text, pad_token: text },
      { eos_token: end },
      {},
      end,
      text,
    ],
    [
      'of a newer configuration, whatever the map says',
      { ...decoder, eos_token: end },
      { eos_token: text, pad_token: start },
      {},
      end,
      end,
    ],
    [
      'of the class that tokenizer_config.json names',
      { tokenizer_class: 'Qwen2TokenizerFast' },
      null,
      { eos_token_id: 264 },
      text,
      text,
    ],
    ['of the class that config.json names', {}, null, { tokenizer_class: 'GPT2Tokenizer', eos_token_id: 264 }, text, text],
    ['of the class that the model is known to have', {}, null, { model_type: 'qwen3', eos_token_id: 264 }, text, text],
    [
      'of the files, before the class',
      { tokenizer_class: 'Qwen2Tokenizer', eos_token: end, pad_token: start },
      null,
      {},
      end,
      start,
    ],
    ['of the map, before the class', { tokenizer_class: 'Qwen2Tokenizer' }, { eos_token: end }, {}, end, text],
    [
      'of no class, where one is named that has none',
      { tokenizer_class: 'PreTrainedTokenizerFast' },
      null,
      { model_type: 'qwen2', eos_token_id: 264 },
      end,
      end,
    ],
    [
      'null is no token',
      { tokenizer_class: 'Qwen2Tokenizer', eos_token: null, pad_token: null },
      null,
      { eos_token_id: 263 },
      start,
      start,
    ],
    [
      'a name that the vocabulary lacks is none',
      { eos_token: '</s>', pad_token: '[PAD]' },
      null,
      { eos_token_id: [263, 262] },
      start,
      start,
    ],
  ])('%s', (_, tokenizerConfig, specialTokensMap, config, endText, padText) => {
    const loaded = loadTokenizer({ tokenizer, tokenizerConfig, specialTokensMap, config })
    expect(loaded.endToken.text).toBe(endText)
    expect(loaded.padToken.text).toBe(padText)
  })

  it('in generation are those of generation_config.json, else of config.json, else the tokenizer’s', () => {
    const ids = (generationConfig: unknown, config: unknown) =>
      loadTokenizer({ tokenizer, tokenizerConfig: { eos_token: end }, generationConfig, config }).endTokenIds
    expect(ids({ eos_token_id: [262, 263] }, { eos_token_id: 264 })).toEqual([262, 263])
    expect(ids({ eos_token_id: 262 }, { eos_token_id: 264 })).toEqual([262])
    expect(ids({ eos_token_id: null }, { eos_token_id: [263] })).toEqual([263])
    expect(ids(null, { eos_token_id: 263 })).toEqual([263])
    expect(ids({}, {})).toEqual([264])
    expect(ids(null, null)).toEqual([264])
  })

  it('of the map join the additional ones, as in an older version', () => {
    const resolved = resolvedTokenizerConfig({
      tokenizerConfig: { additional_special_tokens: [end] },
      specialTokensMap: { additional_special_tokens: [{ content: start }, end] },
    })
    expect(resolved.additional_special_tokens).toEqual([end, start])
  })
})

describe('a token that only the configuration brings', () => {
  const named = { eos_token: end, added_tokens_decoder: { '266': { content: '<b>', special: true }, '265': { content: '<a>' } } }

  it('gets the id that follows, and is found in a text', () => {
    const loaded = loadTokenizer({ tokenizer, tokenizerConfig: named })
    expect(loaded.size).toBe(267)
    expect(loaded.encode('hello<a><b>')).toEqual([smallIds.hello, 265, 266])
    expect([loaded.isSpecial(265), loaded.isSpecial(266)]).toEqual([false, true])
  })

  it('keeps the id that the vocabulary has for it', () => {
    const loaded = loadTokenizer({ tokenizer, tokenizerConfig: { eos_token: 'hello', additional_special_tokens: ['<none>'] } })
    expect(loaded.endToken).toEqual({ id: smallIds.hello, text: 'hello' })
    expect(loaded.isSpecial(smallIds.hello)).toBe(true)
    expect(loaded.encode('hellohello')).toEqual([smallIds.hello, smallIds.hello])
    expect(loaded.size).toBe(265)
  })
})

// A model's tokenizer with a [PAD] of its own leaves with its model, and is opened again as it was.

import { describe, expect, it } from 'vitest'
import { smallTokenizer, smallTokenizerConfig } from '../../../test/smallTokenizer.ts'
import { folderOf, textFile, textOf } from '../../../test/streamedFolder.ts'
import { openModelFolder } from './open.ts'
import { safetensorsFile } from './shards.ts'
import { withPadToken } from './tokenizer.ts'
import { modelFolderFiles } from './write.ts'

const tensor = { name: 'a', shape: [1], dtype: 'F32', values: async () => Float32Array.of(1) } as const
const files = [
  textFile('config.json', JSON.stringify({ model_type: 'qwen2', vocab_size: 265 })),
  textFile('generation_config.json', JSON.stringify({ eos_token_id: [262, 264] })),
  textFile('tokenizer.json', JSON.stringify(smallTokenizer())),
  textFile('tokenizer_config.json', JSON.stringify(smallTokenizerConfig)),
  textFile('chat_template.jinja', '{{ messages[0].content }}!'),
  textFile('merges.txt', '#version: 0.2\n'),
  safetensorsFile('model.safetensors', [tensor]),
]

describe('withPadToken', () => {
  it('is the same model with another way to pad', async () => {
    const before = await openModelFolder(await folderOf(files))
    const padded = withPadToken(before.carried, before, before.name)
    expect(padded?.padTokenId).toBe(265)
    expect(padded?.tokenizer).toMatchObject({ padToken: { id: 265, text: '[PAD]' }, endTokenIds: [262, 264], size: 266 })

    const written = modelFolderFiles({
      config: before.config,
      generationConfig: before.generationConfig,
      carried: padded?.carried ?? [],
      tensors: [tensor],
      extra: [],
    })
    expect(written.map(({ path }) => path).sort()).toEqual([...files.map(({ path }) => path), 'special_tokens_map.json'].sort())
    for (const path of ['merges.txt', 'chat_template.jinja', 'generation_config.json']) {
      const [came, left] = [files, written].map((list) => list.find((file) => file.path === path))
      expect(await textOf(left)).toBe(await textOf(came))
    }
    const after = await openModelFolder(await folderOf(written))
    expect(after.tokenizer?.padToken).toEqual({ id: 265, text: '[PAD]' })
    expect(after.tokenizer?.encode('hello[PAD]')).toEqual([259, 265])
    expect(after.tokenizer?.endToken).toEqual(before.tokenizer?.endToken)
    expect(after.tokenizer?.renderChat?.([{ role: 'user', content: 'hi' }], false)).toBe('hi!')

    const again = withPadToken(after.carried, after, after.name)
    expect(again?.padTokenId).toBe(265)
    expect([...(again?.carried ?? [])].sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual(after.carried)
  })

  it('is nothing without a tokenizer.json', () => {
    expect(withPadToken([], { config: {}, generationConfig: null }, 'm')).toBe(null)
  })
})

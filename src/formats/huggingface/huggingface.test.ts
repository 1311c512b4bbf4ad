// A model folder written and opened again is the same model; a folder that lacks something says what.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { goldenFolder } from '../../../test/golden.ts'
import { smallTokenizer, smallTokenizerConfig } from '../../../test/smallTokenizer.ts'
import { folderOf, textFile, textOf } from '../../../test/streamedFolder.ts'
import { ProblemError } from '../../problem/problem.ts'
import type { StreamedFile } from '../../storage/folder.ts'
import { nodeFolder } from '../../storage/nodeFolder.ts'
import type { TensorToWrite } from '../safetensors/write.ts'
import { type ModelFiles, openModelFolder } from './open.ts'
import { type ModelToWrite, modelFolderFiles } from './write.ts'

const bytesOfText = (text: string) => new TextEncoder().encode(text)

const tensors: TensorToWrite[] = [
  { name: 'model.norm.weight', shape: [2], dtype: 'BF16', values: async () => Float32Array.of(1, -0.5) },
  { name: 'lm_head.weight', shape: [2, 2], dtype: 'BF16', values: async () => Float32Array.of(1, 2, 3, 4) },
]

const files = modelFolderFiles({
  config: { model_type: 'qwen2', torch_dtype: 'float32', hidden_size: 2 },
  generationConfig: { eos_token_id: [262, 264] },
  tensors,
  carried: [
    { path: 'tokenizer.json', bytes: bytesOfText(JSON.stringify(smallTokenizer())) },
    { path: 'tokenizer_config.json', bytes: bytesOfText(JSON.stringify(smallTokenizerConfig)) },
    { path: 'LICENSE', bytes: bytesOfText('Apache-2.0') },
    { path: 'config.json', bytes: bytesOfText('an old one') },
  ],
  extra: [{ path: 'trainer_state.json', json: { log_history: [] } }],
})

async function problemOf(list: readonly StreamedFile[]): Promise<string | null> {
  try {
    await openModelFolder(await folderOf(list))
    return null
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code
    throw error
  }
}

const without = (path: string) => files.filter((file) => file.path !== path)
const instead = (path: string, text: string): StreamedFile[] => [...without(path), textFile(path, text)]

describe('a folder written and opened', () => {
  it('is the same model', async () => {
    const model = await openModelFolder(await folderOf(files))
    expect(model.name).toBe('chosen')
    expect(model.config).toEqual({ model_type: 'qwen2', torch_dtype: 'bfloat16', hidden_size: 2 })
    expect(model.dtype).toBe('BF16')
    expect([...model.weights.names].sort()).toEqual(['lm_head.weight', 'model.norm.weight'])
    expect(model.weights.shapeOf('lm_head.weight')).toEqual([2, 2])
    expect(model.weights.dtypeOf('lm_head.weight')).toBe('BF16')
    expect(await model.weights.read('lm_head.weight')).toEqual(Float32Array.of(1, 2, 3, 4))
    expect(() => model.weights.shapeOf('other')).toThrow(ProblemError)
    expect(model.tokenizer?.endTokenIds).toEqual([262, 264])
    expect(model.carried.map(({ path }) => path)).toEqual([
      'LICENSE',
      'generation_config.json',
      'tokenizer.json',
      'tokenizer_config.json',
      'trainer_state.json',
    ])
    expect(model.bytesOnDisk).toBe(files.reduce((sum, { bytes }) => sum + bytes, 0))
  })

  it('is found below the folder that was chosen', async () => {
    const model = await openModelFolder(await folderOf(files, 'mine/my-model/'))
    expect(model.name).toBe('my-model')
    expect(await model.weights.read('model.norm.weight')).toEqual(Float32Array.of(1, -0.5))
  })

  it('takes the template of chat_template.jinja first', async () => {
    const model = await openModelFolder(await folderOf(instead('chat_template.jinja', '{{ messages[0].content }}!')))
    expect(model.tokenizer?.renderChat?.([{ role: 'user', content: 'hi' }], false)).toBe('hi!')
    expect(model.carried.map(({ path }) => path)).toContain('chat_template.jinja')
  })

  it('has no tokenizer where there is no tokenizer.json', async () => {
    expect((await openModelFolder(await folderOf(without('tokenizer.json')))).tokenizer).toBe(null)
  })
})

describe('what came along', () => {
  // As another program writes it: other spaces, numbers with a point, a field that nobody here knows.
  const generation = '{"eos_token_id": [262,264],\r\n "temperature": 1.0, "transformers_version": "4.47.1"}'
  const small = [
    textFile('generation_config.json', generation),
    textFile('trainer_state.json', '{ "log_history": [] }'),
    textFile('training_config.json', '{ "seed": 1 }'),
    textFile('added_tokens.json', '{}'),
    textFile('chat_template.json', '{ }'),
    textFile('special_tokens_map.json', '{ "pad_token" : "<|endoftext|>"}'),
    textFile('additional_chat_templates/tool_use.jinja', '{{ tools }}'),
    textFile('tokenizer.model', '\u0000spm'),
    textFile('vocab.json', '{}\n\n'),
    textFile('vocab.txt', 'a'),
    textFile('merges.txt', '#version: 0.2'),
    textFile('LICENSE', 'Apache-2.0'),
  ]
  const mine = [...files.filter((file) => !small.some(({ path }) => path === file.path)), ...small]
  const written = async (extra: ModelToWrite['extra'] = [], changed: Partial<ModelToWrite> = {}) => {
    const opened = await openModelFolder(await folderOf([...mine, textFile('preprocessor_config.json', '{}')]))
    return modelFolderFiles({ ...copyOf(opened), extra, ...changed })
  }
  const find = (list: readonly StreamedFile[], name: string) => list.find(({ path }) => path === name)

  it('leaves byte for byte as it came', async () => {
    const list = await written()
    for (const file of small) expect(await textOf(find(list, file.path)), file.path).toBe(await textOf(file))
    expect(list.map(({ path }) => path).sort()).toEqual(mine.map(({ path }) => path).sort())
  })

  it('gives way to what was made anew', async () => {
    const list = await written([{ path: 'trainer_state.json', json: { log_history: [1] } }], {
      generationConfig: { eos_token_id: 262 },
    })
    expect(JSON.parse(await textOf(find(list, 'trainer_state.json')))).toEqual({ log_history: [1] })
    expect(JSON.parse(await textOf(find(list, 'generation_config.json')))).toEqual({ eos_token_id: 262 })
    expect(new Set(list.map(({ path }) => path)).size).toBe(list.length)
  })
})

describe('what is wrong with a folder is said', () => {
  it.each([
    ['no config.json', without('config.json'), 'model.missing-file'],
    ['no weights', without('model.safetensors'), 'model.missing-file'],
    ['config.json cut off', instead('config.json', '{"model_type": '), 'model.bad-json'],
    ['config.json a list', instead('config.json', '[]'), 'model.bad-json'],
    ['tokenizer.json empty', instead('tokenizer.json', ''), 'model.bad-json'],
    ['weights that are none', instead('model.safetensors', '<!doctype html><title>Not found</title>'), 'model.bad-header'],
    [
      'a pointer instead of weights',
      instead('model.safetensors', 'version https://git-lfs.github.com/spec/v1'),
      'model.bad-header',
    ],
  ])('%s', async (_, list, code) => {
    expect(await problemOf(list)).toBe(code)
  })
})

const golden = goldenFolder()
describe.skipIf(golden === null)('a reference model', () => {
  it('goes through a disk without changing a bit', async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'tabtune-'))
    try {
      const before = await openModelFolder(nodeFolder(`${golden}/qwen2-tiny/model`))
      expect(before.tokenizer).toBe(null)
      const target = nodeFolder(join(scratch, 'out'))
      for (const { path, chunks } of modelFolderFiles(copyOf(before))) await target.write(path, chunks())
      const after = await openModelFolder(target)
      expect([...after.weights.names].sort()).toEqual([...before.weights.names].sort())
      for (const name of before.weights.names) expect(await after.weights.read(name)).toEqual(await before.weights.read(name))
    } finally {
      rmSync(scratch, { recursive: true })
    }
  })
})

function copyOf({ config, generationConfig, carried, weights }: ModelFiles): ModelToWrite {
  const copies = weights.names.map(
    (name): TensorToWrite => ({ name, shape: weights.shapeOf(name), dtype: 'F32', values: () => weights.read(name) }),
  )
  return { config, generationConfig, carried, tensors: copies, extra: [] }
}

// A model folder written and opened again is the same model; a folder that lacks something says what.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { goldenFolder } from '../../../test/golden.ts'
import { smallTokenizer, smallTokenizerConfig } from '../../../test/smallTokenizer.ts'
import { ProblemError } from '../../problem/problem.ts'
import { blobFolder } from '../../storage/blobFolder.ts'
import type { StreamedFile } from '../../storage/folder.ts'
import { nodeFolder } from '../../storage/nodeFolder.ts'
import type { TensorToWrite } from '../safetensors/write.ts'
import { type ModelFiles, openModelFolder } from './open.ts'
import { jsonFile, modelFolderFiles } from './write.ts'

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

async function folderOf(list: readonly StreamedFile[], prefix = '') {
  const blobs = []
  for (const { path, bytes, chunks } of list) {
    const parts: Uint8Array<ArrayBuffer>[] = []
    for await (const chunk of chunks()) parts.push(chunk)
    const file = new Blob(parts)
    expect(file.size).toBe(bytes)
    blobs.push({ path: prefix + path, file })
  }
  return blobFolder('chosen', blobs)
}

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
const instead = (path: string, text: string): StreamedFile[] => [
  ...without(path),
  {
    path,
    bytes: bytesOfText(text).length,
    chunks: async function* () {
      yield bytesOfText(text)
    },
  },
]

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
    ])
    expect(model.bytesOnDisk).toBe(
      files.filter(({ path }) => path !== 'trainer_state.json').reduce((sum, { bytes }) => sum + bytes, 0),
    )
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

describe('shards', () => {
  const shard = (path: string, tensor: TensorToWrite) =>
    modelFolderFiles({ config: {}, generationConfig: null, tensors: [tensor], carried: [], extra: [] })
      .filter((file) => file.path === 'model.safetensors')
      .map((file) => ({ ...file, path }))
  const weight_map = {
    'model.norm.weight': 'model-00001-of-00002.safetensors',
    'lm_head.weight': 'model-00002-of-00002.safetensors',
  }
  const first = tensors.slice(0, 1).flatMap((tensor) => shard('model-00001-of-00002.safetensors', tensor))
  const second = tensors.slice(1).flatMap((tensor) => shard('model-00002-of-00002.safetensors', tensor))
  const index = jsonFile('model.safetensors.index.json', { metadata: { total_size: 12 }, weight_map })
  const rest = without('model.safetensors')

  it('are one model', async () => {
    const { weights } = await openModelFolder(await folderOf([...rest, index, ...first, ...second]))
    expect(weights.names).toEqual(['model.norm.weight', 'lm_head.weight'])
    expect(await weights.read('lm_head.weight')).toEqual(Float32Array.of(1, 2, 3, 4))
  })

  it('are missed, and missing tensors too', async () => {
    expect(await problemOf([...rest, index, ...first])).toBe('model.missing-file')
    const swapped = second.map((file) => ({ ...file, path: 'model-00001-of-00002.safetensors' }))
    expect(await problemOf([...rest, index, ...swapped, ...second])).toBe('model.missing-tensor')
    expect(await problemOf([...rest, jsonFile('model.safetensors.index.json', { weight_map: { a: 1 } })])).toBe('model.bad-json')
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

function copyOf({ config, generationConfig, carried, weights }: ModelFiles) {
  const copies = weights.names.map(
    (name): TensorToWrite => ({ name, shape: weights.shapeOf(name), dtype: 'F32', values: () => weights.read(name) }),
  )
  return { config, generationConfig, carried, tensors: copies, extra: [] }
}

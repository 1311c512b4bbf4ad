// Weights in several files are one model, cut where `save_pretrained` cuts them; an index that tells stories is refused.

import { describe, expect, it } from 'vitest'
import { folderOf } from '../../../test/streamedFolder.ts'
import { ProblemError } from '../../problem/problem.ts'
import type { StreamedFile } from '../../storage/folder.ts'
import type { Json } from '../json.ts'
import type { TensorToWrite } from '../safetensors/write.ts'
import { openModelFolder } from './open.ts'
import { safetensorsFile } from './shards.ts'
import { jsonFile, modelFolderFiles } from './write.ts'

/** `values` numbers in BF16, two bytes each. */
const tensor = (name: string, values: readonly number[]): TensorToWrite => ({
  name,
  shape: [values.length],
  dtype: 'BF16',
  values: async () => Float32Array.from(values),
})
const counted = (name: string, elements: number) =>
  tensor(
    name,
    Array.from({ length: elements }, (_, i) => i),
  )

async function problemOf(list: readonly StreamedFile[]): Promise<string | null> {
  try {
    await openModelFolder(await folderOf(list))
    return null
  } catch (error) {
    return error instanceof ProblemError ? error.problem.code : `not a problem: ${String(error)}`
  }
}

const foldersFiles = (tensors: readonly TensorToWrite[], maxShardBytes?: number) =>
  modelFolderFiles({
    config: {},
    generationConfig: null,
    tensors,
    carried: [],
    extra: [],
    ...(maxShardBytes && { maxShardBytes }),
  })

const indexFile = 'model.safetensors.index.json'
const index = (weight_map: Json) => jsonFile(indexFile, { metadata: { total_size: 12 }, weight_map })
const config = jsonFile('config.json', {})

describe('written', () => {
  // Bytes: 6, 4, 30, 8, 2, 10. A shard holds 12.
  const tensors = [
    counted('model.embed_tokens.weight', 3),
    counted('model.layers.0.a', 2),
    counted('model.layers.0.large', 15),
    counted('model.layers.0.b', 4),
    counted('model.norm.weight', 1),
    counted('lm_head.weight', 5),
  ]

  it('in one file where they fit', async () => {
    const bytes = tensors.reduce((sum, { shape }) => sum + 2 * (shape[0] ?? 0), 0)
    for (const list of [foldersFiles(tensors), foldersFiles(tensors, bytes)])
      expect(list.map(({ path }) => path)).toEqual(['config.json', 'model.safetensors'])
    expect(foldersFiles(tensors, bytes - 1).length).toBeGreaterThan(3)
  })

  it('in shards with their index, and read again', async () => {
    const folder = await folderOf(foldersFiles(tensors, 12))
    const paths = (await folder.list()).map(({ path }) => path)
    const shards = [1, 2, 3, 4].map((number) => `model-0000${number}-of-00004.safetensors`)
    expect(paths).toEqual(['config.json', indexFile, ...shards])

    const bytes = (await folder.list()).find(({ path }) => path === indexFile)?.bytes ?? 0
    const text = new TextDecoder().decode(await folder.read(indexFile, 0, bytes))
    const map = [
      ['lm_head.weight', 4],
      ['model.embed_tokens.weight', 2],
      ['model.layers.0.a', 2],
      ['model.layers.0.b', 3],
      ['model.layers.0.large', 1],
      ['model.norm.weight', 3],
    ].map(([name, number]) => [name, `model-0000${number}-of-00004.safetensors`])
    expect(text).toBe(`${JSON.stringify({ metadata: { total_size: 60 }, weight_map: Object.fromEntries(map) }, null, 2)}\n`)

    const { weights } = await openModelFolder(folder)
    expect([...weights.names].sort()).toEqual(tensors.map(({ name }) => name).sort())
    for (const { name, values } of tensors) expect(await weights.read(name)).toEqual(await values())
  })

  it('as a model without tensors', async () => {
    expect(await problemOf(foldersFiles([]))).toBe(null)
  })
})

describe('read', () => {
  const first = safetensorsFile('model-00001-of-00002.safetensors', [tensor('model.norm.weight', [1, -0.5])])
  const second = safetensorsFile('model-00002-of-00002.safetensors', [tensor('lm_head.weight', [1, 2, 3, 4])])
  const map = { 'model.norm.weight': first.path, 'lm_head.weight': second.path }

  it('as one model', async () => {
    const { weights } = await openModelFolder(await folderOf([config, index(map), first, second]))
    expect(weights.names).toEqual(['model.norm.weight', 'lm_head.weight'])
    expect(await weights.read('lm_head.weight')).toEqual(Float32Array.of(1, 2, 3, 4))
  })

  it('piece by piece, each tensor from its own shard, in the form that it is stored in', async () => {
    const { weights } = await openModelFolder(await folderOf([config, index(map), first, second]))
    const pieces: unknown[] = []
    for await (const piece of weights.pieces('lm_head.weight', 3, true)) pieces.push(structuredClone(piece))
    expect(weights.dtypeOf('lm_head.weight')).toBe('BF16')
    expect(pieces).toEqual([
      { dtype: 'bf16', halves: Uint16Array.of(0x3f80, 0x4000, 0x4040) },
      { dtype: 'bf16', halves: Uint16Array.of(0x4080) },
    ])
  })

  it('with a tensor that only a shard knows, so that it can be asked where it belongs', async () => {
    const more = safetensorsFile(second.path, [tensor('lm_head.weight', [1, 2, 3, 4]), tensor('model.rotary', [1])])
    const { weights } = await openModelFolder(await folderOf([config, index(map), first, more]))
    expect(weights.names).toContain('model.rotary')
  })

  it('with each tensor from the file that the index names', async () => {
    const other = safetensorsFile(second.path, [tensor('lm_head.weight', [5]), tensor('model.norm.weight', [7])])
    const { weights } = await openModelFolder(await folderOf([config, index(map), first, other]))
    expect(await weights.read('model.norm.weight')).toEqual(Float32Array.of(1, -0.5))
  })

  it.each<[string, Json, string]>([
    ['a shard that is not there', { a: 'model-00003-of-00003.safetensors' }, 'model.missing-file'],
    ['a file outside of the folder', { a: '../x.safetensors' }, 'model.missing-file'],
    ['an absolute path', { a: '/etc/passwd' }, 'model.missing-file'],
    ['a name that every object has', { a: 'constructor' }, 'model.missing-file'],
    ['a file of another kind', { a: 'config.json' }, 'model.truncated'],
    ['a tensor that its shard lacks', { 'model.norm.weight': second.path }, 'model.missing-tensor'],
    ['a tensor called __proto__', JSON.parse(`{"__proto__":"${first.path}"}`), 'model.missing-tensor'],
    ['a number for a file', { a: 1 }, 'model.bad-json'],
    ['a list', ['a'], 'model.bad-json'],
    ['nothing', null, 'model.bad-json'],
  ])('an index of %s is refused', async (_, weight_map, code) => {
    expect(await problemOf([config, index(weight_map), first, second])).toBe(code)
  })

  it('a missing shard is missed', async () => {
    expect(await problemOf([config, index(map), first])).toBe('model.missing-file')
  })
})

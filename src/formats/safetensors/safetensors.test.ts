// What must always hold of a safetensors file: read after write gives the same bits, and no damaged file is ever read as numbers.

import { describe, expect, it } from 'vitest'
import { goldenFolder } from '../../../test/golden.ts'
import { ProblemError } from '../../problem/problem.ts'
import { blobFolder } from '../../storage/blobFolder.ts'
import { nodeFolder } from '../../storage/nodeFolder.ts'
import { readHeader, readTensor } from './read.ts'
import { safetensorsBytes, safetensorsChunks, type TensorToWrite } from './write.ts'

function tensor(name: string, dtype: TensorToWrite['dtype'], shape: number[], values: number[]): TensorToWrite {
  return { name, dtype, shape, values: async () => Float32Array.from(values) }
}

const three = [
  tensor('b.weight', 'BF16', [3], [1, -2.5, 0]),
  tensor('a.weight', 'F32', [2, 2], [0.1, Number.NaN, -0, 1e-40]),
  tensor('empty', 'F32', [0, 7], []),
  tensor('c.weight', 'F16', [1], [65504]),
]

async function bytesOf(tensors: readonly TensorToWrite[]): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  for await (const chunk of safetensorsChunks(tensors)) chunks.push(chunk)
  return new Uint8Array(await new Blob(chunks).arrayBuffer())
}

const folderOf = (bytes: Uint8Array<ArrayBuffer>) => blobFolder('m', [{ path: 'x.safetensors', file: new Blob([bytes]) }])

/** The code of the problem that reading these bytes ends in; null when they can be read. */
async function problemOf(bytes: Uint8Array<ArrayBuffer>): Promise<string | null> {
  try {
    await readHeader(folderOf(bytes), 'x.safetensors')
    return null
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code
    throw error
  }
}

function fileWith(header: string, dataBytes: number): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(header)
  const bytes = new Uint8Array(8 + json.length + dataBytes)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true)
  bytes.set(json, 8)
  return bytes
}

describe('write, then read', () => {
  it('gives names, shapes and values back, and the size that was foretold', async () => {
    const bytes = await bytesOf(three)
    expect(bytes.length).toBe(safetensorsBytes(three))
    const folder = folderOf(bytes)
    const header = await readHeader(folder, 'x.safetensors')
    expect([...header.keys()].sort()).toEqual(['a.weight', 'b.weight', 'c.weight', 'empty'])
    for (const { name, shape, dtype, values } of three) {
      const entry = header.get(name)
      expect(entry).toMatchObject({ dtype, shape })
      if (entry) expect(await readTensor(folder, 'x.safetensors', name, entry)).toEqual(await values())
    }
  })

  it('starts the data at a multiple of 8 and names the format pt', async () => {
    const bytes = await bytesOf(three)
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true))
    expect(length % 8).toBe(0)
    expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))).toMatchObject({ __metadata__: { format: 'pt' } })
  })

  it('refuses a tensor whose values do not fill its shape', async () => {
    await expect(bytesOf([tensor('a', 'F32', [3], [1, 2])])).rejects.toThrow('its shape [3] says 3')
  })

  it('gives a tensor in another form by name only', async () => {
    const folder = folderOf(fileWith('{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}', 8))
    const entry = (await readHeader(folder, 'x.safetensors')).get('a')
    expect(entry?.dtype).toBe('I64')
    if (entry)
      await expect(readTensor(folder, 'x.safetensors', 'a', entry)).rejects.toMatchObject({ problem: { code: 'model.dtype' } })
  })
})

describe('a damaged file', () => {
  it('is refused at every cut', async () => {
    const bytes = await bytesOf(three)
    for (let end = 0; end < bytes.length; end++)
      expect(await problemOf(bytes.slice(0, end)), `cut at ${end}`).toBe('model.truncated')
    expect(await problemOf(bytes)).toBe(null)
  })

  it('is refused with bytes to spare', async () => {
    const bytes = await bytesOf(three)
    expect(await problemOf(new Uint8Array([...bytes, 0]))).toBe('model.bad-header')
  })

  const f32 = (from: number, to: number, shape = '[1]') => `{"dtype":"F32","shape":${shape},"data_offsets":[${from},${to}]}`
  it.each([
    ['offsets out of the file', `{"a":${f32(0, 4)},"b":${f32(4, 8)}}`, 4, 'model.truncated'],
    ['overlap', `{"a":${f32(0, 4)},"b":${f32(2, 6)}}`, 6, 'model.bad-header'],
    ['twice the same range', `{"a":${f32(0, 4)},"b":${f32(0, 4)}}`, 4, 'model.bad-header'],
    ['gap', `{"a":${f32(0, 4)},"b":${f32(8, 12)}}`, 12, 'model.bad-header'],
    ['end before start', `{"a":${f32(4, 0)}}`, 4, 'model.bad-header'],
    ['size against shape', `{"a":${f32(0, 4, '[2]')}}`, 4, 'model.bad-header'],
    ['negative size', `{"a":${f32(0, 4, '[-1]')}}`, 4, 'model.bad-header'],
    ['size beyond whole numbers', `{"a":${f32(0, 4, '[4294967296,4294967296,1]')}}`, 4, 'model.bad-header'],
    ['fraction for an offset', '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4.5]}}', 4, 'model.bad-header'],
    ['unknown dtype', '{"a":{"dtype":"F99","shape":[1],"data_offsets":[0,4]}}', 4, 'model.bad-header'],
    ['no shape', '{"a":{"dtype":"F32","data_offsets":[0,4]}}', 4, 'model.bad-header'],
    [
      'more elements than a number can count',
      `{"a":${f32(0, 4, `[${'9007199254740991,'.repeat(30)}0]`)}}`,
      4,
      'model.bad-header',
    ],
    ['offsets beyond whole numbers', `{"a":${f32(0, 2 ** 60)}}`, 4, 'model.bad-header'],
    ['offsets far beyond the file', `{"a":${f32(0, 2 ** 52, `[${2 ** 50}]`)}}`, 4, 'model.truncated'],
    ['a name twice', `{"a":${f32(0, 24, '[2,3]')},"a":${f32(0, 24, '[3,2]')}}`, 24, 'model.bad-header'],
    ['a field twice', '{"a":{"dtype":"F32","shape":[2],"shape":[1],"data_offsets":[0,4]}}', 4, 'model.bad-header'],
    ['fields from __proto__', `{"a":{"__proto__":${f32(0, 4)}}}`, 4, 'model.bad-header'],
    ['metadata of another kind', `{"__metadata__":{"format":1},"a":${f32(0, 4)}}`, 4, 'model.bad-header'],
    ['a byte order mark', `\uFEFF{"a":${f32(0, 4)}}`, 4, 'model.bad-header'],
    ['nested without end', `{"a":${'['.repeat(200_000)}`, 4, 'model.bad-header'],
    ['nested deeply', `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, 4, 'model.bad-header'],
    ['empty', '', 4, 'model.bad-header'],
    ['not JSON', '{"a":', 4, 'model.bad-header'],
    ['a list', '[]', 0, 'model.bad-header'],
  ])('is refused: %s', async (_, header, dataBytes, code) => {
    expect(await problemOf(fileWith(header, dataBytes))).toBe(code)
  })

  it.each([[2n ** 64n - 1n], [2n ** 63n], [2n ** 32n], [100_000_001n]])(
    'is refused when its header claims to be %d bytes long',
    async (length) => {
      const bytes = new Uint8Array(64)
      new DataView(bytes.buffer).setBigUint64(0, length, true)
      expect(await problemOf(bytes)).toBe('model.bad-header')
    },
  )

  it('is told of in a sentence, however long its names are', async () => {
    const read = readHeader(folderOf(fileWith(`{"${'a'.repeat(100_000)}":{}}`, 4)), 'x.safetensors')
    const message = await read.catch(String)
    expect(String(message).length).toBeLessThan(400)
  })
})

describe('a tensor of any name', () => {
  it.each([['__proto__'], ['constructor'], ['hasOwnProperty'], ['../up'], ['']])(
    '%j is written and read like another',
    async (name) => {
      const folder = folderOf(await bytesOf([tensor(name, 'F32', [1], [7])]))
      const header = await readHeader(folder, 'x.safetensors')
      const entry = header.get(name)
      expect([...header.keys()]).toEqual([name])
      if (entry) expect(await readTensor(folder, 'x.safetensors', name, entry)).toEqual(Float32Array.of(7))
    },
  )
})

describe('a large tensor', () => {
  const mebi = 2 ** 20
  it.each(['F32', 'BF16', 'F16'] as const)('is read in pieces of at most 16 MiB: %s', async (dtype) => {
    const elements = (dtype === 'F32' ? 5 : 9) * mebi + 3
    const bytes = await bytesOf([{ name: 'a', dtype, shape: [elements], values: async () => counting(elements) }])
    const folder = folderOf(bytes)
    const asked: number[] = []
    const watched: typeof folder = {
      ...folder,
      read: (path, from, to) => {
        asked.push(to - from)
        return folder.read(path, from, to)
      },
    }
    const entry = (await readHeader(folder, 'x.safetensors')).get('a')
    const values = entry && (await readTensor(watched, 'x.safetensors', 'a', entry))
    expect(values?.findIndex((value, i) => value !== i % 256)).toBe(-1)
    expect(Math.max(...asked)).toBe(16 * mebi)
    expect(asked.length).toBe(2)
  })

  it('that comes short, or that memory cannot hold, is told as unreadable', async () => {
    const bytes = await bytesOf([tensor('a', 'F32', [2], [1, 2])])
    const folder = { ...folderOf(bytes), read: async () => new Uint8Array(4) }
    const entry = { dtype: 'F32', shape: [2], from: 0, to: 8 }
    const unreadable = { problem: { code: 'model.unreadable' } }
    await expect(readTensor(folder, 'x.safetensors', 'a', entry)).rejects.toMatchObject(unreadable)
    const huge = { dtype: 'F32', shape: [2 ** 50], from: 0, to: 2 ** 52 }
    await expect(readTensor(folder, 'x.safetensors', 'a', huge)).rejects.toMatchObject(unreadable)
  })
})

/** 0 to 255 over and over: every form holds these exactly. */
function counting(elements: number): Float32Array<ArrayBuffer> {
  const values = new Float32Array(elements)
  for (let i = 0; i < elements; i++) values[i] = i % 256
  return values
}

const golden = goldenFolder()
describe.skipIf(golden === null)('the reference models', () => {
  it.each(['qwen2-tiny', 'llama-tiny', 'qwen3-tiny'])('%s is read whole', async (name) => {
    const folder = nodeFolder(`${golden}/${name}/model`)
    const header = await readHeader(folder, 'model.safetensors')
    expect(header.size).toBeGreaterThan(10)
    for (const [tensorName, entry] of header) {
      const values = await readTensor(folder, 'model.safetensors', tensorName, entry)
      expect(values.every(Number.isFinite)).toBe(true)
    }
  })

  it.each(['qwen2-tiny', 'llama-tiny', 'qwen3-tiny'])('%s is written as Hugging Face wrote it, byte for byte', async (name) => {
    const folder = nodeFolder(`${golden}/${name}/model`)
    const header = await readHeader(folder, 'model.safetensors')
    const copies = [...header].reverse().map(([tensorName, entry]): TensorToWrite => {
      const values = () => readTensor(folder, 'model.safetensors', tensorName, entry)
      return { name: tensorName, shape: entry.shape, dtype: 'F32', values }
    })
    const written = await bytesOf(copies)
    expect(Buffer.compare(written, await folder.read('model.safetensors', 0, written.length))).toBe(0)
    expect((await folder.list()).find(({ path }) => path === 'model.safetensors')?.bytes).toBe(written.length)
  })
})

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
    ['not JSON', '{"a":', 4, 'model.bad-header'],
    ['a list', '[]', 0, 'model.bad-header'],
  ])('is refused: %s', async (_, header, dataBytes, code) => {
    expect(await problemOf(fileWith(header, dataBytes))).toBe(code)
  })

  it('is refused when its header claims to be huge', async () => {
    expect(await problemOf(new Uint8Array(64).fill(0xff))).toBe('model.bad-header')
  })
})

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
})

// What every folder must do alike, whatever it lies on: list its files, read ranges, refuse what is not there.

import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BlobWriter, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memoryDisk } from '../../test/memoryDirectory.ts'
import { blobFolder } from './blobFolder.ts'
import type { Folder } from './folder.ts'
import { httpFolder } from './httpFolder.ts'
import { keptFolder } from './keptFolder.ts'
import { nodeFolder } from './nodeFolder.ts'
import { ownLocks } from './opfs/locks.ts'
import { openShelf } from './opfs/shelf.ts'
import { zipBlob, zipFolder } from './zipFolder.ts'

const contents = new Map([
  ['config.json', new TextEncoder().encode('{"a": 1}')],
  ['deep/er/weights 月.bin', Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7) % 251)],
  ['empty', new Uint8Array()],
])

async function* inPieces(bytes: Uint8Array<ArrayBuffer>) {
  for (let from = 0; from < bytes.length; from += 100_000) yield bytes.slice(from, from + 100_000)
}

const streamed = [...contents].map(([path, bytes]) => ({ path, bytes: bytes.length, chunks: () => inPieces(bytes) }))
const entries = [...contents].map(([path, bytes]) => ({ path, bytes: bytes.length }))

/** Serves `contents` at /m/; a path that begins with "cut" is cut off half way, "wrong" is answered 500. */
const server = createServer((request, response) => {
  const path = decodeURIComponent(request.url ?? '').replace('/m/', '')
  const bytes = contents.get(path)
  if (path === 'cut') return response.writeHead(200).end(new Uint8Array(50))
  if (!bytes) return response.writeHead(path === 'wrong' ? 500 : 404).end()
  response.writeHead(200).end(bytes)
})
let address = ''
let scratch = ''

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'tabtune-'))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const bound = server.address()
  address = `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}/m`
})
afterAll(async () => {
  server.close()
  await rm(scratch, { recursive: true })
})

async function deflated(): Promise<Blob> {
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false, level: 5 })
  for (const [path, bytes] of contents) await writer.add(path, new Uint8ArrayReader(bytes))
  await writer.add('__MACOSX/._config.json', new Uint8ArrayReader(new Uint8Array(1)))
  return writer.close()
}

const filesIn = (files: readonly [string, Uint8Array<ArrayBuffer>][]) =>
  blobFolder(
    'm',
    files.map(([path, bytes]) => ({ path, file: new Blob([bytes]) })),
  )

const folders: [string, () => Promise<Folder>][] = [
  ['blobs', async () => filesIn([...contents])],
  ['a folder whose files are kept', async () => keptFolder(filesIn([...contents]), () => true)],
  ['an address', async () => httpFolder('m', address, entries)],
  ['a stored zip', async () => zipFolder('m', await zipBlob(streamed))],
  ['a compressed zip', async () => zipFolder('m', await deflated())],
  [
    'a disk',
    async () => {
      const folder = nodeFolder(join(scratch, 'm'))
      for (const { path, chunks } of streamed) await folder.write(path, chunks())
      return folder
    },
  ],
  [
    'the shelf',
    async () => {
      const host = { root: memoryDisk().root, locks: ownLocks(), estimate: async () => ({}), now: () => new Date() }
      const shelf = await openShelf(host)
      return shelf.folder((await shelf.keep({ kind: 'model', name: 'm', about: null }, streamed)).id)
    },
  ],
]

describe.each(folders)('%s', (_, open) => {
  it('lists every file and reads whole files and ranges', async () => {
    const folder = await open()
    expect(folder.name).toBe('m')
    expect([...(await folder.list())].sort((a, b) => a.path.localeCompare(b.path))).toEqual(
      [...entries].sort((a, b) => a.path.localeCompare(b.path)),
    )
    for (const [path, bytes] of contents) {
      expect(Buffer.compare(await folder.read(path, 0, bytes.length), bytes)).toBe(0)
    }
    expect(await folder.read('deep/er/weights 月.bin', 123_457, 123_460)).toEqual(
      contents.get('deep/er/weights 月.bin')?.slice(123_457, 123_460),
    )
  })

  it('refuses a file that is not there and bytes past the end', async () => {
    const folder = await open()
    await expect(folder.read('nothing', 0, 1)).rejects.toThrow('nothing')
    await expect(folder.read('config.json', 0, 9)).rejects.toThrow('ends at byte 8')
  })
})

it('keeps what it has read once, of the files that it is to keep', async () => {
  const reads: string[] = []
  const beneath = filesIn([...contents])
  const watched: Folder = {
    ...beneath,
    read: (path, from, to) => {
      reads.push(path)
      return beneath.read(path, from, to)
    },
  }
  const folder = keptFolder(watched, (path) => path !== 'config.json')
  for (const _ of [1, 2]) {
    await folder.read('config.json', 0, 3)
    await folder.read('deep/er/weights 月.bin', 1000, 2000)
  }
  expect(reads).toEqual(['config.json', 'deep/er/weights 月.bin', 'config.json'])
})

describe('a disk', () => {
  it('keeps what was there when writing fails, and leaves no scraps', async () => {
    const folder = nodeFolder(join(scratch, 'kept'))
    await folder.write('a', inPieces(Uint8Array.of(1, 2)))
    const failing = async function* () {
      yield Uint8Array.of(9)
      throw new Error('the source failed')
    }
    await expect(folder.write('a', failing())).rejects.toThrow('the source failed')
    expect(await folder.read('a', 0, 2)).toEqual(Uint8Array.of(1, 2))
    expect(await readdir(join(scratch, 'kept'))).toEqual(['a'])
  })

  it('has no files before it exists', async () => {
    expect(await nodeFolder(join(scratch, 'not-yet')).list()).toEqual([])
  })
})

describe('an address', () => {
  it('tells how much has arrived, and fetches each file once', async () => {
    const told: number[] = []
    const folder = httpFolder('m', address, entries, { tell: (done) => told.push(done) })
    await folder.read('config.json', 0, 4)
    await folder.read('config.json', 4, 8)
    await folder.read('deep/er/weights 月.bin', 0, 1)
    expect(told.at(-1)).toBe(300_008)
    expect(told).toEqual([...told].sort((a, b) => a - b))
  })

  it('says what the server did wrong', async () => {
    const folder = httpFolder('m', address, [
      { path: 'wrong', bytes: 5 },
      { path: 'cut', bytes: 100 },
      { path: 'config.json', bytes: 3 },
    ])
    await expect(folder.read('wrong', 0, 1)).rejects.toThrow('500')
    await expect(folder.read('cut', 0, 1)).rejects.toThrow('ended after 50 of 100 bytes')
    await expect(folder.read('config.json', 0, 1)).rejects.toThrow('longer than 3 bytes')
  })

  it('stops when it is told to', async () => {
    const folder = httpFolder('m', address, entries, { signal: AbortSignal.abort() })
    await expect(folder.read('config.json', 0, 1)).rejects.toThrow('abort')
  })
})

describe('a zip', () => {
  it('refuses what is no zip, and one that was cut off', async () => {
    const whole = await zipBlob(streamed)
    await expect(zipFolder('m', new Blob(['not a zip']))).rejects.toThrow()
    await expect(zipFolder('m', whole.slice(0, whole.size - 40))).rejects.toThrow()
  })

  it('refuses a path that leads out of it', async () => {
    const file = { path: '../outside', bytes: 1, chunks: () => inPieces(Uint8Array.of(1)) }
    await expect(zipBlob([file]).then((archive) => zipFolder('m', archive))).rejects.toThrow()
  })

  it('tells how much was written', async () => {
    const told: number[] = []
    await zipBlob(streamed, { tell: (done) => told.push(done) })
    expect(told.at(-1)).toBe(300_008)
  })

  it('stops when it is told to', async () => {
    await expect(zipBlob(streamed, { signal: AbortSignal.abort() })).rejects.toThrow()
  })
})

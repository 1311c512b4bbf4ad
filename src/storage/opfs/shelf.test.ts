// The shelf's promise: at whatever write the power goes, each entry is whole or gone when the shelf is opened again, and so is each download.

import { describe, expect, it } from 'vitest'
import { type MemoryDisk, type MemoryWays, memoryDisk } from '../../../test/memoryDirectory.ts'
import type { PartialNote } from '../partialFolder.ts'
import { type Locks, ownLocks } from './locks.ts'
import { openShelf, type Shelf } from './shelf.ts'

const allWays: readonly MemoryWays[] = ['sync', 'swap', 'copy']
let clock = Date.parse('2026-01-01T00:00:00Z')

const bytesOf = (length: number, first: number) => Uint8Array.from({ length }, (_, at) => (at * 7 + first) % 251)
async function* pieces(bytes: Uint8Array<ArrayBuffer>) {
  for (let at = 0; at < bytes.length; at += 40) yield bytes.slice(at, at + 40)
}
const streamed = (path: string, bytes: Uint8Array<ArrayBuffer>) => ({ path, bytes: bytes.length, chunks: () => pieces(bytes) })
const weights = bytesOf(100, 1)
const config = bytesOf(9, 5)
const files = [streamed('model.safetensors', weights), streamed('deep/config.json', config)]
const poet = { kind: 'model', name: 'poet', about: { parameters: 3 } } as const

/** A tab that has the shelf open; after a power cut it is another one, and nobody holds its locks. */
function open(disk: MemoryDisk, locks: Locks = ownLocks(), quota = 1e6): Promise<Shelf> {
  const estimate = async () => ({ usage: disk.bytes(), quota })
  return openShelf({ root: disk.root, locks, estimate, now: () => new Date(clock) })
}

async function isWhole(shelf: Shelf, id: string) {
  const folder = await shelf.folder(id)
  expect(await folder.read('model.safetensors', 0, weights.length)).toEqual(weights)
  expect(await folder.read('deep/config.json', 0, config.length)).toEqual(config)
}

/** Does `work` once to count its writes, then once for each of them with the power going there; `check` sees the shelf opened anew. */
async function atEveryWrite(
  ways: MemoryWays,
  prepare: (shelf: Shelf) => Promise<string>,
  work: (shelf: Shelf, id: string) => Promise<unknown>,
  check: (shelf: Shelf, id: string) => Promise<void>,
) {
  const counted = memoryDisk(ways)
  const first = await open(counted)
  const id = await prepare(first)
  const before = counted.writes()
  await work(first, id)
  const writes = counted.writes() - before
  expect(writes).toBeGreaterThan(0)
  for (let cut = 1; cut <= writes; cut++) {
    const disk = memoryDisk(ways)
    const shelf = await open(disk)
    const prepared = await prepare(shelf)
    disk.cutAt(disk.writes() + cut)
    await work(shelf, prepared).catch(() => undefined)
    disk.cutAt(null)
    await check(await open(disk), prepared)
    // What is left is what is listed: no scraps that nobody sees.
    const left = await open(disk)
    const listed = (await left.list()).length + (await left.downloads()).length
    let folders = 0
    for await (const _ of disk.root.entries()) folders += 1
    expect(folders).toBe(listed)
  }
}

describe.each(allWays)('when the power goes (%s)', (ways) => {
  it('while an entry is written, it is whole or gone, and the other ones are whole', async () => {
    let whole = 0
    await atEveryWrite(
      ways,
      async (shelf) => (await shelf.keep(poet, files)).id,
      (shelf) => shelf.keep({ ...poet, name: 'second' }, files),
      async (shelf, id) => {
        const entries = await shelf.list()
        expect(entries.map(({ id: each }) => each)).toContain(id)
        for (const entry of entries) await isWhole(shelf, entry.id)
        if (entries.length === 2) whole += 1
      },
    )
    // The last writes come after the entry is whole only where entry.json is copied.
    expect(whole).toBeLessThan(4)
  })

  it('while it is renamed, it has the one name or the other', async () => {
    await atEveryWrite(
      ways,
      async (shelf) => (await shelf.keep(poet, files)).id,
      (shelf, id) => shelf.rename(id, 'a new name'),
      async (shelf, id) => {
        const [entry, ...more] = await shelf.list()
        expect(more).toEqual([])
        expect(entry?.id).toBe(id)
        expect(['poet', 'a new name']).toContain(entry?.name)
        await isWhole(shelf, id)
      },
    )
  })

  it('while it is deleted for good, it is whole or gone', async () => {
    await atEveryWrite(
      ways,
      async (shelf) => {
        const { id } = await shelf.keep(poet, files)
        await shelf.takeOff(id)
        return id
      },
      (shelf) => shelf.purge(),
      async (shelf, id) => {
        const entries = await shelf.list()
        if (entries.length > 0) await isWhole(shelf, id)
      },
    )
  })

  it('while it is downloaded, what had arrived is there to go on with, byte by byte', async () => {
    await atEveryWrite(
      ways,
      async () => '',
      (shelf) => downloadAll(shelf),
      async (shelf) => {
        const [entry] = await shelf.list()
        if (entry !== undefined) return isWhole(shelf, entry.id)
        // Gone on with to its end.
        await isWhole(shelf, (await downloadAll(shelf)).id)
      },
    )
  })

  it('while a download is given up, it is there to be begun again, or gone', async () => {
    await atEveryWrite(
      ways,
      async (shelf) => {
        const download = await shelf.download(poet)
        await fetchFiles(download.folder)
        download.close()
        return download.id
      },
      async (shelf) => (await shelf.download(poet)).discard(),
      async (shelf) => {
        expect(await shelf.list()).toEqual([])
        for (const _ of await shelf.downloads()) await isWhole(shelf, (await downloadAll(shelf)).id)
      },
    )
  })
})

const noteOf = (bytes: Uint8Array): PartialNote => ({ url: 'u', bytes: bytes.length, checksum: 'c', etag: null })
const wanted = new Map([
  ['model.safetensors', weights],
  ['deep/config.json', config],
])

/** As a download does it: every file is begun first, those that are whole are left alone, the others are gone on with. */
async function fetchFiles(folder: Awaited<ReturnType<Shelf['download']>>['folder']) {
  const partials = new Map((await folder.partials()).map((partial) => [partial.path, partial]))
  const there = new Map((await folder.list()).map(({ path, bytes }) => [path, bytes]))
  const missing = [...wanted].filter(([path, bytes]) => !partials.has(path) && there.get(path) !== bytes.length)
  for (const [path, bytes] of missing) await folder.begin(path, noteOf(bytes))
  for (const { path, held } of await folder.partials()) {
    const bytes = wanted.get(path) ?? new Uint8Array()
    const file = await folder.open(path)
    expect(await file.read(0, held)).toEqual(bytes.slice(0, held))
    for (let at = held; at < bytes.length; at += 30) await file.append(at, bytes.slice(at, at + 30))
    await file.finish()
  }
}

async function downloadAll(shelf: Shelf) {
  const download = await shelf.download(poet)
  try {
    await fetchFiles(download.folder)
    return await download.keep({ parameters: 3 })
  } finally {
    download.close()
  }
}

describe('room', () => {
  it('says how much is missing before anything is written', async () => {
    const disk = memoryDisk()
    const shelf = await open(disk, ownLocks(), 300_000)
    const before = disk.writes()
    const large = { path: 'a', bytes: 400_000, chunks: () => pieces(new Uint8Array()) }
    await expect(shelf.keep(poet, [large])).rejects.toMatchObject({
      problem: { code: 'shelf.full', values: { needed: 400_000 + 262_144, free: 300_000 } },
    })
    expect(disk.writes()).toBe(before)
  })

  it.each(allWays)('leaves nothing half-kept when the disk is full sooner than the browser said (%s)', async (ways) => {
    const disk = memoryDisk(ways)
    const shelf = await open(disk)
    disk.setQuota(60)
    await expect(shelf.keep(poet, files)).rejects.toMatchObject({ problem: { code: 'shelf.full' } })
    expect(disk.bytes()).toBe(0)
    expect(await shelf.list()).toEqual([])
  })

  it('is tried out where files are written in place, so that not a byte is written in vain', async () => {
    const disk = memoryDisk()
    const shelf = await open(disk)
    disk.setQuota(200_000)
    let asked = false
    const chunks = () => {
      asked = true
      return pieces(weights)
    }
    const refused = shelf.keep(poet, [{ path: 'a', bytes: weights.length, chunks }])
    await expect(refused).rejects.toMatchObject({ problem: { code: 'shelf.full', values: { needed: 262_244 } } })
    await refused.catch(({ problem }) => expect(Math.abs(problem.values.free - 200_000)).toBeLessThan(300))
    expect(asked).toBe(false)
    const download = await shelf.download(poet)
    await expect(download.expectRoom(1)).rejects.toMatchObject({ problem: { code: 'shelf.full' } })
    disk.setQuota(1e6)
    await download.expectRoom(1)
  })

  it('takes the room of what was deleted before it gives up', async () => {
    const disk = memoryDisk()
    const shelf = await open(disk, ownLocks(), 262_144 + 1000)
    const large = streamed('a', bytesOf(600, 2))
    const { id } = await shelf.keep(poet, [large])
    await shelf.takeOff(id)
    await shelf.keep({ ...poet, name: 'second' }, [large])
    expect((await shelf.list()).map(({ name }) => name)).toEqual(['second'])
  })
})

describe('two tabs', () => {
  it('one that opens leaves alone what the other is writing', async () => {
    const disk = memoryDisk()
    const locks = ownLocks()
    const first = await open(disk, locks)
    let second: Promise<Shelf> | null = null
    const slow = {
      path: 'a',
      bytes: 2,
      chunks: async function* () {
        yield Uint8Array.of(1)
        second = open(disk, locks)
        await second
        yield Uint8Array.of(2)
      },
    }
    const { id } = await first.keep(poet, [slow])
    const other = await (second ?? open(disk, locks))
    expect(await (await other.folder(id)).read('a', 0, 2)).toEqual(Uint8Array.of(1, 2))
  })

  it('a download is one tab’s at a time', async () => {
    const disk = memoryDisk()
    const locks = ownLocks()
    const [first, second] = [await open(disk, locks), await open(disk, locks)]
    const download = await first.download(poet)
    await expect(second.download(poet)).rejects.toMatchObject({ problem: { code: 'shelf.in-use' } })
    download.close()
    expect((await second.download(poet)).id).toBe(download.id)
  })
})

describe('what was deleted', () => {
  it('can be put back for a while; a shelf opened later has let go of it', async () => {
    const disk = memoryDisk()
    const shelf = await open(disk)
    const { id } = await shelf.keep(poet, files)
    await shelf.takeOff(id)
    await (await open(disk)).putBack(id)
    expect((await shelf.list())[0]?.removed).toBeNull()
    await shelf.takeOff(id)
    clock += 11 * 60_000
    const later = await open(disk)
    expect(await later.list()).toEqual([])
    await expect(later.folder(id)).rejects.toMatchObject({ problem: { code: 'shelf.gone' } })
  })
})

it('a folder of scraps and a file that is no folder go when the shelf opens', async () => {
  const disk = memoryDisk()
  const scraps = await disk.root.getDirectoryHandle('scraps', { create: true })
  await scraps.getFileHandle('entry.json', { create: true })
  await disk.root.getFileHandle('stray', { create: true })
  const shelf = await open(disk)
  expect(await shelf.list()).toEqual([])
  for await (const [name] of disk.root.entries()) expect(name).toBe('nothing is left')
})

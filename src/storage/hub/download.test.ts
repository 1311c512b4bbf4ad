// Downloads over real HTTP: whatever breaks on the way, the folder ends with the very bytes that the Hub states, or without the file.

import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type LoopbackHub, loopbackHub } from '../../../test/hub/loopbackHub.ts'
import { type MemoryPartialFolder, memoryPartialFolder } from '../../../test/memoryPartialFolder.ts'
import { ProblemError } from '../../problem/problem.ts'
import { nodePartialFolder } from '../nodePartialFolder.ts'
import type { PartialFolder } from '../partialFolder.ts'
import { type DownloadProgress, download } from './download.ts'
import { openRepository } from './repository.ts'
import type { Access } from './request.ts'

const NAME = 'owner/model'
const weights = new Uint8Array(randomBytes(3_000_000))
const files = {
  'config.json': '{"a": 1}',
  'tokenizer.json': JSON.stringify({ words: 'x'.repeat(50_000) }),
  'empty.txt': '',
  'sub/模 板.jinja': '{{ 月 }}',
  'model.safetensors': weights,
}

let hub: LoopbackHub
let scratch = ''
beforeAll(async () => {
  hub = await loopbackHub()
  scratch = await mkdtemp(join(tmpdir(), 'tabtune-'))
})
afterEach(async () => {
  const { url } = hub
  await hub.close()
  hub = await loopbackHub()
  expect(hub.url).not.toBe(url)
})
afterAll(async () => {
  await hub.close()
  await rm(scratch, { recursive: true })
})

/** Access without waiting; `pauses` keeps how long it would have been. */
function access(more: Partial<Access> = {}) {
  const pauses: number[] = []
  const pause = async (ms: number, signal: AbortSignal) => {
    pauses.push(ms)
    signal.throwIfAborted()
  }
  const full: Access = { endpoint: hub.url, token: null, signal: new AbortController().signal, pause, random: () => 0.5, ...more }
  return { access: full, pauses }
}

/** Fetches everything at a revision. */
async function fetchAll(
  folder: PartialFolder,
  { with: given = access().access, revision = 'main', tell = (_: DownloadProgress) => {} } = {},
) {
  const repository = await openRepository(given, NAME, revision)
  await download(given, folder, repository, repository.files, tell)
  return repository
}

async function problemOf(work: Promise<unknown>) {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ProblemError)) throw new Error(`no problem, but ${String(error)}`)
  return error.problem
}

function expectWhole(folder: MemoryPartialFolder, expected: Readonly<Record<string, string | Uint8Array>>) {
  expect([...folder.whole.keys()].sort()).toEqual(Object.keys(expected).sort())
  for (const [path, content] of Object.entries(expected))
    expect(Buffer.compare(folder.whole.get(path) ?? new Uint8Array(), Buffer.from(content))).toBe(0)
}

const bodies = () => hub.asked.filter(({ path }) => path.includes('/resolve/'))

describe('a download', () => {
  it('has every file of one commit, and says how far it is', async () => {
    const sha = hub.push(NAME, files)
    const folder = memoryPartialFolder('m')
    const told: DownloadProgress[] = []
    const { commit } = await fetchAll(folder, { tell: (progress) => told.push(progress) })
    expect(commit).toBe(sha)
    expectWhole(folder, files)
    expect(await folder.partials()).toEqual([])
    const last = told.at(-1)
    expect(last?.done).toBe(last?.bytes)
    expect(last?.files.map(({ done, bytes }) => done === bytes)).toEqual([true, true, true, true, true])
    expect(bodies().every(({ path }) => path.includes(sha))).toBe(true)
  })

  it('lists page after page', async () => {
    hub.push(NAME, files)
    hub.faults.filesPerPage = 2
    const folder = memoryPartialFolder('m')
    await fetchAll(folder)
    expectWhole(folder, files)
  })

  it.each(Array.from({ length: 12 }, (_, i) => i + 1))('survives dropped connections, seed %i', async (seed) => {
    hub.push(NAME, files)
    hub.faults.dropShare = 0.7
    hub.reseed(seed)
    const folder = memoryPartialFolder('m')
    // Eight failures in a row without a byte end an attempt; the person starts the next.
    const { access: patient } = access()
    for (let attempt = 0; attempt < 20 && folder.whole.size < Object.keys(files).length; attempt++) {
      await fetchAll(folder, { with: patient }).catch((error: unknown) => {
        if (!(error instanceof ProblemError)) throw error
      })
    }
    expectWhole(folder, files)
    expect(await folder.partials()).toEqual([])
  })

  it('goes on from the byte where the connection broke', async () => {
    hub.push(NAME, { 'model.safetensors': weights })
    hub.faults.dropShare = 0.8
    hub.reseed(3)
    const folder = memoryPartialFolder('m')
    await fetchAll(folder)
    const sent = hub.asked.filter(({ fromStore }) => fromStore)
    expect(sent.length).toBeGreaterThan(1)
    const starts = sent.map(({ range }) => Number(/\d+/.exec(range ?? '0')?.[0]))
    expect(starts).toEqual([...starts].sort((a, b) => a - b))
    expect(starts.slice(1).every((start) => start > 0)).toBe(true)
  })

  it('takes all anew from a server that knows no ranges', async () => {
    hub.push(NAME, files)
    hub.faults.ignoresRanges = true
    hub.faults.dropShare = 0.5
    hub.reseed(2)
    const folder = memoryPartialFolder('m')
    await fetchAll(folder)
    expectWhole(folder, files)
  })

  it('waits as long as it is asked to, and tries again when the server fails', async () => {
    hub.push(NAME, { 'a.json': '{}' })
    hub.faults.tooMany = { left: 2, retryAfter: '7' }
    const { access: patient, pauses } = access()
    const folder = memoryPartialFolder('m')
    await fetchAll(folder, { with: patient })
    expect(pauses).toEqual([7000, 7000])
    hub.faults.unavailable.left = 3
    await fetchAll(folder, { with: patient })
    expect(pauses.slice(2)).toEqual([375, 750, 1500])
  })

  it('gives up at last, keeps what there is, and says so', async () => {
    hub.push(NAME, { 'a.json': '{}' })
    hub.faults.unavailable.left = 100
    expect(await problemOf(fetchAll(memoryPartialFolder('m')))).toMatchObject({ code: 'hub.answered', values: { status: 503 } })
    hub.faults.unavailable.left = 0
    hub.faults.tooMany = { left: 100, retryAfter: '7' }
    expect(await problemOf(fetchAll(memoryPartialFolder('m')))).toMatchObject({
      code: 'hub.too-many-requests',
      values: { seconds: 7 },
    })
    hub.faults.tooMany = { left: 1, retryAfter: '3600' }
    expect(await problemOf(fetchAll(memoryPartialFolder('m')))).toMatchObject({
      code: 'hub.too-many-requests',
      values: { seconds: 3600 },
    })
    await hub.close()
    expect(await problemOf(fetchAll(memoryPartialFolder('m')))).toMatchObject({ code: 'hub.unreachable', values: { tries: 8 } })
    hub = await loopbackHub()
  })
})

describe('a download that was ended', () => {
  /** Ends an attempt as soon as so many bytes of the weights are held. */
  async function endedAt(bytes: number, folder: PartialFolder) {
    const stop = new AbortController()
    const { access: stopping } = access({ signal: stop.signal })
    const repository = await openRepository(stopping, NAME, 'main')
    const watched: PartialFolder = {
      ...folder,
      open: async (path) => {
        const file = await folder.open(path)
        const append: typeof file.append = async (at, piece) => {
          await file.append(at, piece)
          if (path === 'model.safetensors' && at + piece.length >= bytes) stop.abort()
        }
        return { ...file, append }
      },
    }
    await expect(download(stopping, watched, repository, repository.files, () => undefined)).rejects.toThrow()
  }
  const held = async (folder: PartialFolder) =>
    (await folder.partials()).find(({ path }) => path === 'model.safetensors')?.held ?? 0

  it('keeps what it has, on a disk too, and the next one goes on there', async () => {
    hub.push(NAME, files)
    const place = join(scratch, 'ended')
    await endedAt(1_000_000, nodePartialFolder(place))
    const before = await held(nodePartialFolder(place))
    expect(before).toBeGreaterThanOrEqual(1_000_000)
    expect(before).toBeLessThan(weights.length)
    hub.asked.length = 0
    const told: DownloadProgress[] = []
    await fetchAll(nodePartialFolder(place), { tell: (progress) => told.push(progress) })
    expect(told[0]?.done).toBeGreaterThanOrEqual(before)
    expect(hub.asked.filter(({ fromStore }) => fromStore).map(({ range }) => range)).toEqual([`bytes=${before}-`])
    expect(Buffer.compare(await readFile(join(place, 'model.safetensors')), weights)).toBe(0)
    hub.asked.length = 0
    await fetchAll(nodePartialFolder(place))
    expect(bodies()).toEqual([])
  })

  it('keeps the last piece as well, however small it is', async () => {
    hub.push(NAME, files)
    hub.faults.holdsAfter = 500_000
    const stop = new AbortController()
    const folder = memoryPartialFolder('m')
    const { access: stopping } = access({ signal: stop.signal })
    const tell = ({ files: told }: DownloadProgress) => told.some(({ done }) => done === 500_000) && stop.abort()
    await expect(fetchAll(folder, { with: stopping, tell })).rejects.toThrow()
    expect(await held(folder)).toBe(500_000)
  })

  it('does not mix two commits: what changed is begun anew and named, what did not is kept', async () => {
    hub.push(NAME, files)
    const folder = memoryPartialFolder('m')
    await endedAt(1_000_000, folder)
    const other = new Uint8Array(randomBytes(3_000_000))
    const changed = { ...files, 'config.json': '{"a": 2}', 'model.safetensors': other }
    hub.push(NAME, changed)
    hub.asked.length = 0
    const told: DownloadProgress[] = []
    await fetchAll(folder, { tell: (progress) => told.push(progress) })
    expectWhole(folder, changed)
    expect(told.at(-1)?.anew).toContain('model.safetensors')
    expect(bodies().some(({ path }) => path.endsWith('tokenizer.json'))).toBe(false)
  })

  it('goes on where only the commit is another one', async () => {
    hub.push(NAME, files)
    const folder = memoryPartialFolder('m')
    await endedAt(1_000_000, folder)
    const before = await held(folder)
    hub.push(NAME, { ...files, 'README.md': 'new' })
    hub.asked.length = 0
    await fetchAll(folder)
    expectWhole(folder, { ...files, 'README.md': 'new' })
    expect(hub.asked.filter(({ fromStore }) => fromStore).map(({ range }) => range)).toEqual([`bytes=${before}-`])
  })

  it('notices by the ETag that the server has another file now, and drops what it held', async () => {
    hub.push(NAME, files)
    const folder = memoryPartialFolder('m')
    await endedAt(1_000_000, folder)
    hub.replace(weights, new Uint8Array(randomBytes(3_000_000)))
    const before = await held(folder)
    hub.asked.length = 0
    expect(await problemOf(fetchAll(folder))).toMatchObject({ code: 'hub.wrong-content', values: { file: 'model.safetensors' } })
    // Nothing was put behind what was held; twice it came whole and was not what the Hub states.
    expect(hub.asked.filter(({ fromStore }) => fromStore).map(({ range }) => range)).toEqual([`bytes=${before}-`, null, null])
    expect(await held(folder)).toBe(0)
    expect(folder.whole.has('model.safetensors')).toBe(false)
    hub.replace(weights, weights)
    await fetchAll(folder)
    expectWhole(folder, files)
  })

  it('and where the ETag lies, the checksum tells', async () => {
    hub.push(NAME, files)
    const folder = memoryPartialFolder('m')
    await endedAt(1_000_000, folder)
    const spoiled = weights.slice()
    spoiled.fill(0, 2_000_000)
    hub.replace(weights, spoiled, { lies: true })
    expect(await problemOf(fetchAll(folder))).toMatchObject({ code: 'hub.wrong-content' })
    expect(await held(folder)).toBe(0)
  })

  it('mends bytes that were spoiled where they lay', async () => {
    hub.push(NAME, files)
    const folder = memoryPartialFolder('m')
    const { bytes, checksum, url } =
      (await openRepository(access().access, NAME, 'main')).files.find(({ path }) => path === 'model.safetensors') ??
      expect.fail()
    await folder.begin('model.safetensors', { bytes, checksum, url, etag: null })
    const file = await folder.open('model.safetensors')
    await file.append(0, new Uint8Array(1_000_000))
    await file.close()
    const told: DownloadProgress[] = []
    await fetchAll(folder, { tell: (progress) => told.push(progress) })
    expectWhole(folder, files)
    expect(told.at(-1)?.anew).toEqual(['model.safetensors'])
  })
})

describe('room', () => {
  it('is asked for before the first byte', async () => {
    hub.push(NAME, files)
    const folder = memoryPartialFolder('m', 1_000_000)
    const problem = await problemOf(fetchAll(folder))
    expect(problem).toMatchObject({ code: 'hub.no-room', values: { room: 1_000_000 } })
    expect(bodies()).toEqual([])
  })

  it('that ends on the way is said as such, and what is there is kept', async () => {
    hub.push(NAME, files)
    const folder = memoryPartialFolder('m', 2_200_000, false)
    expect(await problemOf(fetchAll(folder))).toMatchObject({ code: 'hub.no-room', values: { room: null } })
    expect((await folder.partials()).find(({ path }) => path === 'model.safetensors')?.held).toBeGreaterThan(0)
  })
})

describe('the token', () => {
  it('opens a gated model and goes to the Hub alone', async () => {
    hub.push(NAME, files, { gated: true, token: 'hf_secret' })
    const folder = memoryPartialFolder('m')
    await fetchAll(folder, { with: access({ token: 'hf_secret' }).access })
    expectWhole(folder, files)
    expect(hub.asked.filter(({ fromStore }) => fromStore).map(({ authorization }) => authorization)).toEqual([null])
    expect(
      hub.asked.filter(({ fromStore }) => !fromStore).every(({ authorization }) => authorization === 'Bearer hf_secret'),
    ).toBe(true)
  })

  it('does not follow a list to another address', async () => {
    hub.push(NAME, files, { token: 'hf_secret' })
    hub.faults.filesPerPage = 2
    hub.faults.pagesElsewhere = true
    const folder = memoryPartialFolder('m')
    await fetchAll(folder, { with: access({ token: 'hf_secret' }).access })
    const elsewhere = hub.asked.filter(({ fromStore }) => fromStore)
    expect(elsewhere.length).toBeGreaterThan(2)
    expect(elsewhere.every(({ authorization }) => authorization === null)).toBe(true)
  })

  it.each([false, true])('is asked for where it is needed (error codes hidden: %s)', async (hidesErrorCodes) => {
    hub.faults.hidesErrorCodes = hidesErrorCodes
    hub.push(NAME, files, { gated: true, token: 'hf_secret' })
    const attempt = (token: string | null, name = NAME, revision = 'main') => {
      const { access: given } = access({ token })
      return problemOf(
        openRepository(given, name, revision).then((found) =>
          download(given, memoryPartialFolder('m'), found, found.files, () => undefined),
        ),
      )
    }
    expect(await attempt(null)).toMatchObject({ code: 'hub.gated', values: { repository: NAME, signedIn: false } })
    expect(await attempt('hf_other')).toMatchObject({ code: 'hub.bad-token' })
    expect(await attempt(null, 'owner/nothing')).toMatchObject({ code: 'hub.not-found', values: { signedIn: false } })
    expect(await attempt('hf_secret', 'owner/nothing')).toMatchObject({ code: 'hub.not-found', values: { signedIn: true } })
    if (!hidesErrorCodes)
      expect(await attempt(null, NAME, 'no-such')).toMatchObject({ code: 'hub.no-revision', values: { revision: 'no-such' } })
  })
})

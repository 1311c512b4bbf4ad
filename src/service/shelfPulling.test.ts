// Models from a Hub on the shelf: whole or not there, gone on with after a stop, not fetched twice, and opened like any other.

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type LoopbackHub, loopbackHub } from '../../test/hub/loopbackHub.ts'
import { memoryDisk } from '../../test/memoryDirectory.ts'
import { listening, type OpenedStudio, quietly, testStudio, tinyFolderFiles } from '../../test/studio.ts'
import { ownLocks } from '../storage/opfs/locks.ts'
import { openShelf } from '../storage/opfs/shelf.ts'

let hub: LoopbackHub
let opened: OpenedStudio
let sha = ''
const contents: Record<string, Uint8Array | string> = {
  'README.md': '---\nlicense: apache-2.0\n---\n',
  'padding.txt': 'not of the model',
}

beforeAll(async () => {
  hub = await loopbackHub()
  for (const { path, file } of await tinyFolderFiles()) contents[path] = new Uint8Array(await file.arrayBuffer())
  sha = hub.push('tiny/model', contents)
})
afterAll(() => hub.close())
beforeEach(async () => {
  const disk = memoryDisk()
  const host = {
    root: disk.root,
    locks: ownLocks(),
    estimate: async () => ({ usage: disk.bytes(), quota: 1e7 }),
    now: () => new Date(),
  }
  const shelf = await openShelf(host)
  opened = testStudio(async () => shelf)
  hub.asked.length = 0
})

const request = (repository = 'tiny/model') => ({ repository, revision: null, endpoint: hub.url, token: null })
const pull = (repository?: string) => opened.handlers.pull(request(repository), quietly())
const listed = async () => (await opened.handlers.listShelf(null, quietly())).items
const unfinished = () => opened.handlers.unfinishedPulls(null, quietly())
const fetched = () => hub.asked.filter(({ path }) => path.includes('/resolve/')).length

/** Stops an attempt when the first word of progress comes. */
async function stopped(repository?: string) {
  const { context, cancel } = listening<'pull'>()
  await expect(opened.handlers.pull(request(repository), { ...context, tell: cancel })).rejects.toThrow()
}

it('keeps a model with what is known of it, opens it, and does not fetch it again', async () => {
  const item = await pull()
  expect(item).toMatchObject({
    name: 'tiny/model',
    about: {
      kind: 'model',
      architecture: 'Qwen2ForCausalLM',
      license: 'apache-2.0',
      hub: { repository: 'tiny/model', commit: sha },
    },
  })
  expect(await listed()).toEqual([expect.objectContaining({ id: item.id, bytes: item.bytes, about: item.about })])
  expect(await unfinished()).toEqual([])
  const summary = await opened.handlers.openModel({ source: { kind: 'shelf', id: item.id, name: item.name } }, quietly())
  expect(summary).toMatchObject({ name: 'tiny/model', parameters: item.about.parameters })
  const before = fetched()
  expect((await pull()).id).toBe(item.id)
  // config.json is looked at again, before it is known which commit is asked for.
  expect(fetched() - before).toBe(1)
})

it('leaves what had arrived when it is stopped, says so, and goes on with it', async () => {
  await stopped()
  const [left, ...more] = await unfinished()
  expect(more).toEqual([])
  if (left === undefined) return expect(await listed()).toEqual([])
  expect(left).toMatchObject({ repository: 'tiny/model', revision: null })
  await pull()
  expect(await listed()).toHaveLength(1)
  expect(await unfinished()).toEqual([])
})

it('leaves nothing of a model that is refused, and nothing of one that is discarded', async () => {
  hub.push('bad/gguf', { 'q4.gguf': 'x' })
  await expect(pull('bad/gguf')).rejects.toMatchObject({ problem: { code: 'hub.no-safetensors' } })
  hub.push('large/model', { ...contents, 'model.safetensors': new Uint8Array(2e7) })
  await expect(pull('large/model')).rejects.toMatchObject({ problem: { code: 'hub.no-room' } })
  expect([...(await listed()), ...(await unfinished())]).toEqual([])
  await stopped()
  await opened.handlers.discardPull({ repository: 'tiny/model' }, quietly())
  expect(await unfinished()).toEqual([])
})

// The shelf of the page: what was deleted can be put back, a change that fails is said and changes nothing, an adapter brings its base along.

import { beforeEach, expect, test, vi } from 'vitest'
import { someAdapter, summaryWith } from '../../test/modelSummary.ts'
import { ProblemError } from '../problem/problem.ts'
import type { ModelSource } from '../protocol/model.ts'
import type { KeptAdapter, KeptBase, ShelfItem } from '../protocol/shelf.ts'
import { createFakeWorker } from './runFakeWorker.ts'

const fake = createFakeWorker()
const itemOf = (id: string, base: KeptBase): ShelfItem<KeptAdapter> => ({
  id,
  name: `the ${id}`,
  bytes: 10,
  made: '',
  used: '',
  about: { kind: 'adapter', r: 8, parameters: 3, baseName: 'poet', base, run: null },
})
let there: ShelfItem[]
let log: string[]
let stores: Awaited<ReturnType<typeof load>>

async function load() {
  const [shelf, open, model] = await Promise.all([import('./shelf.ts'), import('./shelfOpen.ts'), import('./model.ts')])
  return { ...shelf, ...open, ...model }
}

const nameOf = (source: ModelSource | null) => (source === null || source.kind === 'embedded' ? 'embedded' : source.name)

beforeEach(async () => {
  vi.resetModules()
  vi.doMock('./startWorker.ts', () => ({ startWorker: fake.start }))
  vi.stubGlobal('history', { pushState: () => undefined, replaceState: () => undefined })
  vi.stubGlobal('location', { hash: '' })
  there = [itemOf('a', { kind: 'embedded' }), itemOf('b', { kind: 'shelf', id: 'a' })]
  log = []
  const all = there
  fake.handlers = {
    listShelf: async () => ({ items: there, room: { used: 1, free: 2 } }),
    changeShelf: async ({ id, change }) => {
      log.push(`${change.kind} ${id}`)
      if (id === 'gone') throw new ProblemError({ code: 'shelf.gone', values: { id }, where: '' })
      if (change.kind === 'take-off') there = there.filter((item) => item.id !== id)
      else if (change.kind === 'put-back') there = all
      return null
    },
    openModel: async ({ source }) => {
      log.push(`model ${nameOf(source)}`)
      return summaryWith()
    },
    openAdapter: async ({ source }) => {
      log.push(`adapter ${nameOf(source)}`)
      return summaryWith({ adapter: someAdapter })
    },
  }
  stores = await load()
  await stores.readShelf()
})

const ids = () => stores.shelf.get().items.map(({ id }) => id)

test('what was deleted is gone from the list, and comes back', async () => {
  await stores.takeOff(itemOf('a', { kind: 'embedded' }))
  expect(ids()).toEqual(['b'])
  expect(stores.shelf.get().takenOff?.id).toBe('a')
  await stores.putBack()
  expect(ids()).toEqual(['a', 'b'])
  expect(stores.shelf.get().takenOff).toBeNull()
  expect(await stores.putBack()).toBe(false)
})

test('a change that fails is said, and what is there is read again', async () => {
  there = []
  expect(await stores.renameOnShelf('gone', 'new')).toBe(false)
  expect(stores.shelf.get().problem?.code).toBe('shelf.gone')
  expect(ids()).toEqual([])
  expect(await stores.renameOnShelf('a', 'new')).toBe(true)
  expect(stores.shelf.get().problem).toBeNull()
})

test('no shelf is a state of its own, not a failure', async () => {
  fake.handlers.listShelf = async () => {
    throw new ProblemError({ code: 'shelf.missing', values: { reason: 'private' }, where: '' })
  }
  await stores.readShelf()
  expect(stores.shelf.get().status).toBe('missing')
})

test('an adapter is put beside its base: opened first where another one is open, left where it is', async () => {
  await stores.openModel({ kind: 'embedded' })
  log = []
  await stores.openKeptAdapter(itemOf('a', { kind: 'embedded' }))
  expect(log).toEqual(['adapter the a'])
  log = []
  await stores.openKeptAdapter(itemOf('b', { kind: 'shelf', id: 'a' }))
  expect(log).toEqual(['model the a', 'adapter the b'])
  log = []
  await stores.openKeptAdapter(itemOf('b', { kind: 'shelf', id: 'a' }))
  expect(log).toEqual(['adapter the b'])
  log = []
  await stores.openKeptAdapter(itemOf('c', { kind: 'elsewhere' }))
  expect(log).toEqual(['adapter the c'])
})

test('the base that is open is named so that it can be had again', async () => {
  await stores.openModel({ kind: 'embedded' })
  expect(stores.openBase()).toEqual({ kind: 'embedded' })
  await stores.openModel({ kind: 'shelf', id: 'a', name: 'mine' })
  expect(stores.openBase()).toEqual({ kind: 'shelf', id: 'a' })
  await stores.openModel({ kind: 'files', name: 'theirs', files: [] })
  expect(stores.openBase()).toEqual({ kind: 'elsewhere' })
})

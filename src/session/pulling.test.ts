// Fetching a model as the page does it, with a worker that answers over real message channels.

import { beforeEach, expect, test, vi } from 'vitest'
import { summaryWith } from '../../test/modelSummary.ts'
import { ProblemError } from '../problem/problem.ts'
import type { PullProgress, PullRequest, UnfinishedPull } from '../protocol/hub.ts'
import type { ModelSource } from '../protocol/model.ts'
import type { KeptModel, ShelfItem } from '../protocol/shelf.ts'
import { createFakeWorker } from './runFakeWorker.ts'

const fake = createFakeWorker()
const item: ShelfItem<KeptModel> = {
  id: 'i',
  name: 'a/b',
  bytes: 10,
  made: '',
  used: '',
  about: { kind: 'model', architecture: '', parameters: 1, dtype: '', license: '', run: null, hub: null },
}
const source: ModelSource = { kind: 'shelf', id: 'i', name: 'a/b' }
const progress: PullProgress = { bytes: 10, done: 4, bytesPerSecond: 2, secondsLeft: 3, files: [], anew: [] }
let stores: Awaited<ReturnType<typeof load>>
let asked: PullRequest[]
let opened: ModelSource[]
let left: readonly UnfinishedPull[]
const kept = new Map<string, string>()

async function load() {
  const [pulling, access, activity] = await Promise.all([
    import('./pulling.ts'),
    import('./hubAccess.ts'),
    import('./activity.ts'),
  ])
  return { ...pulling, ...access, ...activity }
}

beforeEach(async () => {
  vi.resetModules()
  vi.doMock('./startWorker.ts', () => ({ startWorker: fake.start }))
  kept.clear()
  vi.stubGlobal('navigator', {})
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
  asked = []
  opened = []
  left = []
  fake.handlers = {
    pull: async (request, { tell }) => {
      asked.push(request)
      tell(progress)
      return item
    },
    listShelf: async () => ({ items: [], room: null }),
    unfinishedPulls: async () => left,
    discardPull: async ({ repository }) => {
      left = left.filter((one) => one.repository !== repository)
      return null
    },
    openModel: async (request) => {
      opened.push(request.source)
      return summaryWith()
    },
  }
  stores = await load()
})

test('a name is fetched from the Hub without a token, and opened', async () => {
  await stores.pullNamed(' a/b@v1 ', '')
  expect(asked).toEqual([{ repository: 'a/b', revision: 'v1', endpoint: 'https://huggingface.co', token: null }])
  expect(opened).toEqual([source])
  expect(stores.pulling.get()).toEqual({ status: 'idle', wanted: null, progress: null, problem: null })
  expect(stores.activities.get()).toEqual([])
})

test('a mirror and a token are used; the token is remembered only where that is wanted', async () => {
  stores.changeHubAccess({ endpoint: 'https://mirror.example/', token: ' hf_x ' })
  await stores.pullNamed('a/b', 'dev')
  expect(asked).toEqual([{ repository: 'a/b', revision: 'dev', endpoint: 'https://mirror.example', token: 'hf_x' }])
  expect([...kept.values()].join()).toContain('mirror.example')
  expect([...kept.values()].join()).not.toContain('hf_x')
  stores.changeHubAccess({ keepsToken: true })
  expect([...kept.values()].join()).toContain('hf_x')
  vi.resetModules()
  expect((await load()).hubAccess.get()).toEqual({ endpoint: 'https://mirror.example/', token: ' hf_x ', keepsToken: true })
  stores.changeHubAccess({ keepsToken: false })
  expect([...kept.values()].join()).not.toContain('hf_x')
})

test('what is no name or no endpoint is said, and nothing is asked', async () => {
  await stores.pullNamed('no name', '')
  expect(stores.pulling.get()).toMatchObject({ status: 'failed', problem: { code: 'hub.bad-name' } })
  stores.changeHubAccess({ endpoint: 'x' })
  await stores.pullNamed('a/b', '')
  expect(stores.pulling.get()).toMatchObject({ status: 'failed', problem: { code: 'hub.bad-endpoint' } })
  expect(asked).toEqual([])
})

test('while a run is under way it is kept and not opened', async () => {
  const { run } = await import('./run.ts')
  run.update((now) => ({ ...now, status: 'training' }))
  await stores.pullNamed('a/b', '')
  expect(opened).toEqual([])
  expect(stores.pulling.get()).toMatchObject({ status: 'kept', wanted: { repository: 'a/b' } })
})

test('what an earlier visit left is told, and can be taken away', async () => {
  const one = { repository: 'c/d', revision: 'dev', bytes: 10, done: 3 }
  left = [one]
  await stores.readUnfinished()
  expect(stores.unfinished.get()).toEqual([one])
  await stores.discardUnfinished(one)
  expect(stores.unfinished.get()).toEqual([])
})

test('stopped, it says how far it came and goes on when asked; a failure likewise', async () => {
  const whole = fake.handlers.pull
  fake.handlers.pull = (_, { tell, signal }) => {
    tell(progress)
    return new Promise((_resolve, reject) =>
      signal.addEventListener('abort', () =>
        reject(new ProblemError({ code: 'run.cancelled', values: { what: 'pull' }, where: '' })),
      ),
    )
  }
  const first = stores.pullNamed('a/b', '')
  await vi.waitFor(() => expect(stores.pulling.get().progress).toEqual(progress))
  await stores.pullNamed('c/d', '')
  expect(stores.pulling.get().wanted?.repository).toBe('a/b')
  stores.stopPulling()
  await first
  expect(stores.pulling.get()).toEqual({
    status: 'stopped',
    wanted: { repository: 'a/b', revision: null },
    progress,
    problem: null,
  })
  const problem = { code: 'hub.gated', values: { repository: 'a/b', signedIn: false }, where: '' } as const
  fake.handlers.pull = async () => {
    throw new ProblemError(problem)
  }
  await stores.pullAgain()
  expect(stores.pulling.get()).toMatchObject({ status: 'failed', problem })
  fake.handlers = { ...fake.handlers, ...(whole && { pull: whole }) }
  await stores.pullAgain()
  expect(opened).toEqual([source])
  stores.putPullingAway()
  expect(stores.pulling.get().status).toBe('idle')
})

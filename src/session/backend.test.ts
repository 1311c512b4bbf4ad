// A backend that cannot be had leaves the one in use, and the choice that led to it.

import { beforeEach, expect, test, vi } from 'vitest'
import { ProblemError } from '../problem/problem.ts'
import { createFakeWorker } from './runFakeWorker.ts'

const fake = createFakeWorker()
let store: typeof import('./backend.ts')

beforeEach(async () => {
  vi.resetModules()
  vi.doMock('./startWorker.ts', () => ({ startWorker: fake.start }))
  store = await import('./backend.ts')
  fake.handlers = {
    chooseBackend: async ({ choice }) => {
      if (choice === 'webgpu')
        throw new ProblemError({ code: 'run.backend', values: { backend: 'webgpu', reason: 'no adapter was found' }, where: '' })
      return {
        backend: 'wasm',
        engine: 'plan',
        reason: choice === 'auto' ? 'no-adapter' : 'asked-for',
        adapter: '',
        threads: 1,
        threadsRefused: '',
        isolated: true,
      }
    },
  }
})

test('auto at first', async () => {
  expect(await store.chooseBackend()).toBe(true)
  expect(store.backend.get()).toMatchObject({
    status: 'ready',
    choice: 'auto',
    report: { backend: 'wasm', reason: 'no-adapter' },
  })
})

test('one that fails is said, and what was in use stays', async () => {
  await store.chooseBackend('wasm')
  expect(await store.chooseBackend('webgpu')).toBe(false)
  expect(store.backend.get()).toMatchObject({
    status: 'failed',
    choice: 'wasm',
    report: { backend: 'wasm', reason: 'asked-for' },
    problem: { code: 'run.backend' },
  })
  await store.chooseBackend('auto')
  expect(store.backend.get()).toMatchObject({ status: 'ready', problem: null })
})

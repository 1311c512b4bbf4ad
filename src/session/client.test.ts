// The client against a worker that answers over real message channels: replies, events, problems, cancelling, and a worker that is lost.

import { beforeEach, expect, test, vi } from 'vitest'
import { ProblemError } from '../problem/problem.ts'
import type { Progress } from '../protocol/progress.ts'
import { createClient } from './client.ts'
import { createFakeWorker } from './runFakeWorker.ts'

let fake = createFakeWorker()
beforeEach(() => {
  fake = createFakeWorker()
})

const half: Progress = { work: 'reading', done: 1, total: 2, unit: 'records' }
const reading = { source: { name: 'a.json', content: '[]' }, roles: null }

test('events arrive in their order, before the reply', async () => {
  fake.handlers.preview = async (_, { tell }) => {
    for (let done = 0; done < 3; done++) tell({ ...half, done })
    throw new ProblemError({ code: 'run.no-dataset', values: { needed: 'preview' }, where: '' })
  }
  const { call } = createClient(fake.start)
  const seen: number[] = []
  const asked = call(
    'preview',
    { mask: 'prefix', max_length: null, overlong: 'truncate', heldOut: null, chat: null },
    { onEvent: ({ done }) => seen.push(done) },
  )
  await expect(asked).rejects.toBeInstanceOf(ProblemError)
  expect(seen).toEqual([0, 1, 2])
})

test('a problem crosses the door whole, and is an error again on this side', async () => {
  const problem = { code: 'dataset.trailing-comma', values: { line: 4, column: 2 }, where: 'a.json' } as const
  fake.handlers.readDataset = async () => {
    throw new ProblemError(problem)
  }
  const { call } = createClient(fake.start)
  await expect(call('readDataset', reading)).rejects.toMatchObject({ problem })
})

test('cancelling reaches the handler, and the call ends as the worker says', async () => {
  fake.handlers.readDataset = (_, { signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () =>
        reject(new ProblemError({ code: 'run.cancelled', values: { what: 'readDataset' }, where: '' })),
      )
    })
  const { call } = createClient(fake.start)
  const stopping = new AbortController()
  const asked = call('readDataset', reading, { signal: stopping.signal })
  stopping.abort()
  await expect(asked).rejects.toMatchObject({ problem: { code: 'run.cancelled' } })
})

test('a call that was cancelled before it was made is not sent', async () => {
  const handler = vi.fn()
  fake.handlers.useDataset = handler
  const { call } = createClient(fake.start)
  await expect(call('useDataset', { goodRowsOnly: true }, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    problem: { code: 'run.cancelled' },
  })
  expect(handler).not.toHaveBeenCalled()
})

test('when the worker is lost every pending call is refused, and a new one takes the next call', async () => {
  fake.handlers.useDataset = () => new Promise(() => undefined)
  const start = vi.fn(fake.start)
  const { call, onRestart } = createClient(start)
  const told = vi.fn()
  onRestart(told)
  const pending = [call('useDataset', { goodRowsOnly: true }), call('useDataset', { goodRowsOnly: false })]
  fake.lose()
  for (const asked of pending) {
    await expect(asked).rejects.toMatchObject({ problem: { code: 'run.worker-lost', values: { message: 'killed' } } })
  }
  expect(told).toHaveBeenCalledExactlyOnceWith('killed')
  fake.handlers.useDataset = async () => ({ records: 3 })
  await expect(call('useDataset', { goodRowsOnly: true })).resolves.toEqual({ records: 3 })
  expect(start).toHaveBeenCalledTimes(2)
})

test('a worker that never came up is not started over and over, but at the next call', async () => {
  let lose = (_message: string) => {}
  const start = vi.fn(() => ({
    post: () => undefined,
    onReady: () => undefined,
    onLost: (listener: (message: string) => void) => {
      lose = listener
    },
    terminate: () => undefined,
  }))
  const { call, onRestart } = createClient(start)
  const told = vi.fn()
  onRestart(told)
  const asked = call('useDataset', { goodRowsOnly: true })
  lose('404')
  await expect(asked).rejects.toMatchObject({ problem: { code: 'run.worker-lost' } })
  expect(start).toHaveBeenCalledTimes(1)
  expect(told).not.toHaveBeenCalled()
  void call('useDataset', { goodRowsOnly: true }).catch(() => undefined)
  expect(start).toHaveBeenCalledTimes(2)
})

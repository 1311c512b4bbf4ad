// The door as a worker serves it, over real message ports: ready, reply, events, problems, cancelling.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { ProblemError } from '../problem/problem.ts'
import type { Handlers } from '../protocol/calls.ts'
import type { Answer, Call, Ready } from '../protocol/wire.ts'
import { type Scope, serve } from './serve.ts'

const notHere = async () => {
  throw new Error('not in this test')
}
const noHandlers: Handlers = {
  chooseBackend: notHere,
  openModel: notHere,
  openAdapter: notHere,
  readDataset: notHere,
  useDataset: notHere,
  changeRecord: notHere,
  saveDataset: notHere,
  preview: notHere,
  previewRecord: notHere,
  previewBatch: notHere,
  forecastRun: notHere,
  train: notHere,
  pauseTraining: notHere,
  resumeTraining: notHere,
  stopTraining: notHere,
  generate: notHere,
  evaluate: notHere,
  saveModel: notHere,
  saveHistory: notHere,
  listShelf: notHere,
  changeShelf: notHere,
  keepDataset: notHere,
  keptDataset: notHere,
  keepRun: notHere,
  keptRun: notHere,
  pull: notHere,
  unfinishedPulls: notHere,
  discardPull: notHere,
}

let scope: Scope & { said: Ready[] }
let ports: MessagePort[] = []

beforeEach(() => {
  const said: Ready[] = []
  scope = { onmessage: null, postMessage: (message) => said.push(message), said }
  ports = []
})
afterEach(() => {
  for (const port of ports) port.close()
})

/** Sends one call and collects what is answered, up to and with the last word. */
function ask(
  call: Call<'readDataset'> | Call<'useDataset'>,
  cancelAtOnce = false,
): Promise<Answer<'readDataset' | 'useDataset'>[]> {
  const { port1, port2 } = new MessageChannel()
  ports.push(port1, port2)
  const answers: Answer<'readDataset' | 'useDataset'>[] = []
  return new Promise((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<Answer<'readDataset' | 'useDataset'>>) => {
      answers.push(data)
      if (data.kind !== 'event') resolve(answers)
    }
    scope.onmessage?.(new MessageEvent('message', { data: { call, port: port2 } }))
    if (cancelAtOnce) port1.postMessage({ kind: 'cancel' })
  })
}

const use: Call<'useDataset'> = { name: 'useDataset', request: { goodRowsOnly: true } }
const read: Call<'readDataset'> = { name: 'readDataset', request: { source: { name: 'a', content: '' }, roles: null } }

test('says once that it is ready', async () => {
  await serve(noHandlers, scope)
  expect(scope.said).toHaveLength(1)
  expect(scope.said[0]?.kind).toBe('ready')
})

test('the handler of the name answers', async () => {
  await serve({ ...noHandlers, useDataset: async ({ goodRowsOnly }) => ({ records: goodRowsOnly ? 2 : 3 }) }, scope)
  expect(await ask(use)).toEqual([{ kind: 'reply', reply: { records: 2 } }])
})

test('events go before the last word; a problem crosses as data', async () => {
  const problem = { code: 'dataset.empty', values: { name: 'a' }, where: 'a' } as const
  await serve(
    {
      ...noHandlers,
      readDataset: async (_, { tell }) => {
        tell({ work: 'reading', done: 1, total: 2, unit: 'bytes' })
        throw new ProblemError(problem)
      },
    },
    scope,
  )
  expect(await ask(read)).toEqual([
    { kind: 'event', event: { work: 'reading', done: 1, total: 2, unit: 'bytes' } },
    { kind: 'problem', problem },
  ])
})

test('a fault of ours is a problem too, with its message', async () => {
  await serve(noHandlers, scope)
  expect(await ask(use)).toMatchObject([{ kind: 'problem', problem: { code: 'run.unexpected' } }])
})

test('whatever a handler throws after it was cancelled is the cancellation', async () => {
  const untilCancelled: Handlers['readDataset'] = (_, { signal }) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))
  await serve({ ...noHandlers, readDataset: untilCancelled }, scope)
  expect(await ask(read, true)).toMatchObject([{ kind: 'problem', problem: { code: 'run.cancelled' } }])
})

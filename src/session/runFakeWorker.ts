// A worker for tests: serves handlers that a test writes, over the same message channels as the real one, and can be lost.
// Must not know: what is tested with it.

import { asProblem } from '../problem/problem.ts'
import type { CallName, Handlers } from '../protocol/calls.ts'
import type { Answer, Call, CallMessage, Cancel } from '../protocol/wire.ts'
import type { WorkerHandle } from './client.ts'

export type FakeWorker = {
  handlers: Partial<Handlers>
  start: () => WorkerHandle
  /** The worker's death, as the system would cause it. */
  lose: () => void
}

export function createFakeWorker(): FakeWorker {
  const lostListeners = new Set<(message: string) => void>()
  const fake: FakeWorker = {
    handlers: {},
    start: () => ({
      post: ({ call, port }: CallMessage) => void serve(fake.handlers, call, port),
      onReady: (listener) => listener({ kind: 'ready', lock: null }),
      onLost: (listener) => {
        lostListeners.add(listener)
      },
      terminate: () => undefined,
    }),
    lose: () => {
      for (const listener of [...lostListeners]) listener('killed')
    },
  }
  return fake
}

async function serve<N extends CallName>(handlers: { [K in N]?: Handlers[K] }, call: Call<N>, port: MessagePort) {
  const cancelled = new AbortController()
  const post = (answer: Answer<N>) => port.postMessage(answer)
  port.onmessage = ({ data }: MessageEvent<Cancel>) => {
    if (data.kind === 'cancel') cancelled.abort()
  }
  const handler = handlers[call.name]
  try {
    if (handler === undefined) throw new Error(`the test has no handler for ${call.name}`)
    const reply = await handler(call.request, { tell: (event) => post({ kind: 'event', event }), signal: cancelled.signal })
    post({ kind: 'reply', reply })
  } catch (error) {
    post({ kind: 'problem', problem: asProblem(error) })
  }
  port.onmessage = null
}

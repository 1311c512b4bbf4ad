// The typed client of the worker: a call is a promise, its events arrive on the way, and it can be cancelled.
// When the worker is lost every pending call is refused with run.worker-lost, a new worker is started, and subscribers are told so that they put back what they hold.
// Must not know: what the calls mean, where the worker's code is (startWorker.ts knows).

import type { Problem } from '../problem/problem.ts'
import { ProblemError } from '../problem/problem.ts'
import type { CallName, Event, Reply, Request } from '../protocol/calls.ts'
import type { Answer, Call, CallMessage, Cancel, Ready } from '../protocol/wire.ts'

export type CallOptions<N extends CallName> = {
  onEvent?: (event: Event<N>) => void
  /** Cancels the call when aborted; the promise is settled by the worker's answer, so that both sides agree on what happened. */
  signal?: AbortSignal
}

/** What the client needs of a worker. `onLost` may be called more than once. */
export type WorkerHandle = {
  post: <N extends CallName>(message: CallMessage<N>, transfer: MessagePort[]) => void
  onReady: (listener: (ready: Ready) => void) => void
  onLost: (listener: (message: string) => void) => void
  terminate: () => void
}

export type Client = {
  /** Starts the worker if there is none. Rejects with a ProblemError, never with anything else. */
  call: <N extends CallName>(name: N, request: Request<N>, options?: CallOptions<N>) => Promise<Reply<N>>
  /** Told, with what the old one said last, after a worker that had been at work was replaced by a new one, which knows nothing yet. */
  onRestart: (listener: (message: string) => void) => () => void
}

type Pending = { refuse: (problem: Problem) => void }
type Running = { worker: WorkerHandle; ready: boolean; pending: Set<Pending> }

export function createClient(startWorker: () => WorkerHandle): Client {
  let running: Running | null = null
  const restartListeners = new Set<(message: string) => void>()

  function start(): Running {
    const started: Running = { worker: startWorker(), ready: false, pending: new Set() }
    running = started
    started.worker.onReady(() => {
      started.ready = true
    })
    started.worker.onLost((message) => lost(started, message))
    return started
  }

  function lost(gone: Running, message: string) {
    if (running !== gone) return
    running = null
    gone.worker.terminate()
    for (const { refuse } of gone.pending) refuse({ code: 'run.worker-lost', values: { message }, where: '' })
    gone.pending.clear()
    // A worker that never came up would fail again at once: then the next call is the next try.
    if (!gone.ready) return
    start()
    for (const listener of restartListeners) listener(message)
  }

  function call<N extends CallName>(name: N, request: Request<N>, options: CallOptions<N> = {}): Promise<Reply<N>> {
    const to = running ?? start()
    return new Promise((resolve, reject) => {
      const { signal, onEvent } = options
      if (signal?.aborted) {
        reject(new ProblemError({ code: 'run.cancelled', values: { what: name }, where: '' }))
        return
      }
      const { port1: port, port2 } = new MessageChannel()
      const cancel = () => port.postMessage({ kind: 'cancel' } satisfies Cancel)
      const settle = () => {
        to.pending.delete(pending)
        signal?.removeEventListener('abort', cancel)
        port.close()
      }
      const refuse = (problem: Problem) => {
        settle()
        reject(new ProblemError(problem))
      }
      const pending: Pending = { refuse }
      port.onmessage = ({ data: answer }: MessageEvent<Answer<N>>) => {
        if (answer.kind === 'event') {
          onEvent?.(answer.event)
        } else if (answer.kind === 'reply') {
          settle()
          resolve(answer.reply)
        } else {
          refuse(answer.problem)
        }
      }
      to.pending.add(pending)
      signal?.addEventListener('abort', cancel)
      const what: Call<N> = { name, request }
      send(to, name, { call: what, port: port2 }, refuse)
    })
  }

  return {
    call,
    onRestart: (listener) => {
      restartListeners.add(listener)
      return () => restartListeners.delete(listener)
    },
  }
}

/** Posting fails for a request that cannot be cloned, which is a fault of ours. */
function send<N extends CallName>(to: Running, name: N, message: CallMessage<N>, refuse: (problem: Problem) => void) {
  try {
    to.worker.post(message, [message.port])
  } catch (error) {
    refuse({ code: 'run.unexpected', values: { message: String(error) }, where: name })
  }
}

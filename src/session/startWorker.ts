// Starts the browser's worker and watches over its life.
// A worker that the system ends sends no event; but the lock that it holds while it lives falls to the page then.
// Must not know: what the calls are.

import type { Ready } from '../protocol/wire.ts'
import type { WorkerHandle } from './client.ts'

export function startWorker(): WorkerHandle {
  const worker = new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module' })
  const gone = new AbortController()
  const lostListeners = new Set<(message: string) => void>()
  const lost = (message: string) => {
    for (const listener of lostListeners) listener(message)
  }
  // A script that cannot be fetched sends a plain event, without a message.
  worker.addEventListener('error', (event) => lost(event instanceof ErrorEvent ? event.message : ''))
  worker.addEventListener('messageerror', () => lost('a message could not be read'))
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    onReady: (listener) => {
      worker.addEventListener('message', ({ data }: MessageEvent<Ready>) => {
        if (data.lock !== null) watch(data.lock, gone.signal, () => lost(''))
        listener(data)
      })
    },
    onLost: (listener) => {
      lostListeners.add(listener)
    },
    terminate: () => {
      gone.abort()
      lostListeners.clear()
      worker.terminate()
    },
  }
}

/** Calls `lost` when the lock `name` is free, that is, when its holder lives no more. */
function watch(name: string, signal: AbortSignal, lost: () => void) {
  navigator.locks.request(name, { signal }, () => lost()).catch(() => undefined)
}

// Serves the door in a worker: each call arrives with its own port, is answered by the handler of its name, and can be cancelled over that port.
// The map of handlers is checked against the map of calls, so there is no cast and no default branch.
// Must not know: what the handlers do.

import { asProblem, type Problem } from '../problem/problem.ts'
import type { CallName, Handlers } from '../protocol/calls.ts'
import type { Answer, Call, CallMessage, Cancel, Ready } from '../protocol/wire.ts'

/** The part of a worker's global scope that serving needs; a MessagePort has it as well. */
export type Scope = {
  onmessage: ((event: MessageEvent<CallMessage>) => void) | null
  postMessage: (message: Ready) => void
}

/** Answers calls that arrive at `scope` (a worker's own `self`), and says that it is ready. */
export async function serve(handlers: Handlers, scope: Scope = self): Promise<void> {
  scope.onmessage = ({ data: { call, port } }) => {
    void answer(handlers, call, port)
  }
  scope.postMessage({ kind: 'ready', lock: await holdLock() })
}

async function answer<N extends CallName>(handlers: Handlers, { name, request }: Call<N>, port: MessagePort): Promise<void> {
  const cancelled = new AbortController()
  port.onmessage = (_: MessageEvent<Cancel>) => cancelled.abort()
  const post = (message: Answer<N>) => port.postMessage(message)
  try {
    const reply = await handlers[name](request, {
      tell: (event) => post({ kind: 'event', event }),
      signal: cancelled.signal,
    })
    post({ kind: 'reply', reply })
  } catch (error) {
    post({ kind: 'problem', problem: problemOf(error, name, cancelled.signal) })
  }
}

/** What was thrown after a cancellation is the cancellation, whatever it says. */
function problemOf(error: unknown, name: CallName, signal: AbortSignal): Problem {
  if (signal.aborted) return { code: 'run.cancelled', values: { what: name }, where: '' }
  return asProblem(error)
}

/** Takes a lock that is never given back, so that it becomes free only when this worker ends. Returns its name. */
async function holdLock(): Promise<string | null> {
  const locks = globalThis.navigator?.locks
  if (locks === undefined) return null
  const name = `tabtune-worker-${crypto.randomUUID()}`
  await new Promise<void>((held) => {
    void locks.request(name, () => {
      held()
      return new Promise(() => undefined)
    })
  })
  return name
}

// How a call travels between the page and the worker: one MessageChannel a call, so that a reply has its call's type without a cast.
// Both ends import this file, and it knows neither of them.

import type { Problem } from '../problem/problem.ts'
import type { CallName, Event, Reply, Request } from './calls.ts'

/** What the page posts to the worker, with the call's own port beside it. */
export type Call<N extends CallName = CallName> = { [K in N]: { name: K; request: Request<K> } }[N]
export type CallMessage<N extends CallName = CallName> = { call: Call<N>; port: MessagePort }

/** What the worker posts on the call's port. */
export type Answer<N extends CallName> =
  | { kind: 'event'; event: Event<N> }
  | { kind: 'reply'; reply: Reply<N> }
  | { kind: 'problem'; problem: Problem }

/** What the page posts on the call's port. */
export type Cancel = { kind: 'cancel' }

/**
 * What the worker posts of itself, once, when it can take calls.
 * `lock` names the Web Lock that it holds as long as it lives, so the page hears of its end even when the system ended it; null where there are no locks.
 */
export type Ready = { kind: 'ready'; lock: string | null }

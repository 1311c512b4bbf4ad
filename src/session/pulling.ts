// A model that is being fetched from the Hub: one at a time, beside whatever else goes on. When it is whole it is on the shelf, and opened
// unless a run is under way.
// What has arrived stays when it is stopped or fails, so the same call goes on with it.
// Must not know: where it is kept, how it is fetched.

import { endpointNamed, repositoryNamed } from '../config/hub.ts'
import { asProblem, type Problem } from '../problem/problem.ts'
import type { PullProgress, UnfinishedPull } from '../protocol/hub.ts'
import { shown } from './activity.ts'
import { call } from './door.ts'
import { hubAccess } from './hubAccess.ts'
import { openModel } from './model.ts'
import { reportProblem } from './problems.ts'
import { run } from './run.ts'
import { isUnderWay } from './runState.ts'
import { keptSomething } from './shelf.ts'
import { createStore, type Readable } from './store.ts'
import { unlessLosing } from './unsaved.ts'

/** `revision` null: the newest. */
export type Wanted = { repository: string; revision: string | null }

export type Pulling = {
  /** kept: it is on the shelf and was not opened, because a run was under way. */
  status: 'idle' | 'pulling' | 'kept' | 'stopped' | 'failed'
  /** What is being fetched, or was last. */
  wanted: Wanted | null
  progress: PullProgress | null
  problem: Problem | null
}

const nothing: Pulling = { status: 'idle', wanted: null, progress: null, problem: null }
/** What earlier visits left. */
const left = createStore<readonly UnfinishedPull[]>([])
const held = createStore<Pulling>(nothing)
let stopping: AbortController | null = null

export const pulling: Readable<Pulling> = held
export const unfinished: Readable<readonly UnfinishedPull[]> = left

/** Fetches what a person has typed: owner/name, with @revision, or the address of its page. */
export async function pullNamed(text: string, revision: string): Promise<void> {
  const named = repositoryNamed(text)
  if (named === null) {
    const problem = { code: 'hub.bad-name', values: { name: text.trim() }, where: '' } as const
    return held.set({ ...nothing, status: 'failed', problem })
  }
  await pull({ ...named, revision: named.revision ?? (revision.trim() === '' ? null : revision.trim()) })
}

/** Fetches it, or goes on with it, and opens it. Nothing happens while another is being fetched. */
export async function pull(wanted: Wanted): Promise<void> {
  if (held.get().status === 'pulling') return
  const { endpoint: typed, token } = hubAccess.get()
  const endpoint = endpointNamed(typed)
  if (endpoint === null) {
    const problem = { code: 'hub.bad-endpoint', values: { endpoint: typed }, where: '' } as const
    return held.set({ status: 'failed', wanted, progress: null, problem })
  }
  held.set({ ...nothing, status: 'pulling', wanted })
  const stop = new AbortController()
  stopping = stop
  try {
    const item = await shown('pulling', (report, signal) => {
      signal.addEventListener('abort', () => stop.abort())
      const onEvent = (progress: PullProgress) => {
        held.update((now) => ({ ...now, progress }))
        report({ work: 'pulling', done: progress.done, total: progress.bytes, unit: 'bytes' })
      }
      const request = { ...wanted, endpoint, token: token.trim() === '' ? null : token.trim() }
      return call('pull', request, { signal: stop.signal, onEvent })
    })
    const { id, name } = item
    const canOpen = !isUnderWay(run.get().status)
    held.set(canOpen ? nothing : { ...nothing, status: 'kept', wanted })
    await keptSomething()
    if (canOpen) await unlessLosing({ what: 'model', name }, () => openModel({ kind: 'shelf', id, name }))
  } catch (error) {
    const problem = asProblem(error)
    const isStopped = problem.code === 'run.cancelled'
    held.update((now) => ({ ...now, status: isStopped ? 'stopped' : 'failed', problem: isStopped ? null : problem }))
  } finally {
    stopping = null
    await readUnfinished()
  }
}

/** Ends it; what has arrived stays. */
export function stopPulling() {
  stopping?.abort()
}

/** Goes on with what was stopped or failed. */
export async function pullAgain(): Promise<void> {
  const { wanted } = held.get()
  if (wanted !== null) await pull(wanted)
}

/** Looks for what was left unfinished. Where there is no shelf there is nothing, and the shelf says why. */
export async function readUnfinished(): Promise<void> {
  left.set(await call('unfinishedPulls', null).catch(() => []))
}

/** Takes away what had arrived of one. */
export async function discardUnfinished({ repository }: UnfinishedPull): Promise<void> {
  try {
    await call('discardPull', { repository })
    if (held.get().wanted?.repository === repository) putPullingAway()
  } catch (error) {
    reportProblem(error)
  }
  await readUnfinished()
}

/** It has been read how it ended. */
export function putPullingAway() {
  if (held.get().status !== 'pulling') held.set(nothing)
}

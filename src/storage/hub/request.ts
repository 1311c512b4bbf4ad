// One request to a Hub, and what to do when it fails: a broken connection, a server's own fault and 429 are worth another try,
// after a pause that doubles (with jitter, so that many do not come back at once) or that the server names (Retry-After).
// What can only be settled by the person (401, 403, 404) is a problem at once. A connection on which nothing comes is given up.
// Must not know: files, folders.

import { ProblemError } from '../../problem/problem.ts'
import { refusal } from './refusal.ts'

export type Access = {
  /** Without a slash at its end. */
  endpoint: string
  /** Sent to the endpoint alone; `fetch` drops it where a redirect leads to another host. */
  token: string | null
  signal: AbortSignal
  /** Resolves after so many milliseconds; rejects when the signal is aborted. */
  pause: (ms: number, signal: AbortSignal) => Promise<void>
  /** From 0 up to 1. */
  random: () => number
}

/** What a request is about, for the sentence that says why it was refused. */
export type Subject = { repository: string; revision: string }

/** A body that is still coming. `pieces` throws when the connection breaks. */
export type Answer = {
  failed: false
  response: Response
  pieces: () => AsyncGenerator<Uint8Array<ArrayBuffer>>
  drop: () => Promise<void>
}
/** Worth another try. `problem`: what is said when there will be none. */
export type Failure = { failed: true; problem: (tries: number) => ProblemError; waitMs: number | null }

const triesInARow = 8
const firstPauseMs = 500
const longestPauseMs = 30_000
/** Where a mirror, or the rules for pages, hide what the server asks for. */
const pauseUnasked429Ms = 15_000
/** A server that asks for more is not waited for. */
const longestAskedPauseMs = 180_000
const stalledMs = 45_000

/** Asks once. Rejects with a ProblemError where another try is of no use, and with the signal's reason when it is aborted. */
export async function ask(
  access: Access,
  address: string,
  subject: Subject,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer | Failure> {
  const stalled = new AbortController()
  let timer = setTimeout(() => stalled.abort(new Error('nothing came any more')), stalledMs)
  const authorization =
    access.token === null || !isOf(access.endpoint, address) ? {} : { Authorization: `Bearer ${access.token}` }
  try {
    const response = await fetch(address, {
      headers: { ...headers, ...authorization },
      signal: AbortSignal.any([access.signal, stalled.signal]),
      // A file of a gigabyte is kept once, and what is kept is what the server has now.
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    })
    if (response.ok || response.status === 416) {
      const drop = async () => {
        clearTimeout(timer)
        await response.body?.cancel().catch(() => undefined)
      }
      const onward = () => {
        clearTimeout(timer)
        timer = setTimeout(() => stalled.abort(new Error('nothing came any more')), stalledMs)
      }
      return { failed: false, response, drop, pieces: () => piecesOf(response, onward, drop) }
    }
    clearTimeout(timer)
    return await refused(access, response, address, subject)
  } catch (error) {
    clearTimeout(timer)
    if (error instanceof ProblemError) throw error
    return broken(access, error)
  }
}

async function* piecesOf(
  response: Response,
  onward: () => void,
  drop: () => Promise<void>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (response.body === null) return
  const reader = response.body.getReader()
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      onward()
      yield part.value
    }
  } finally {
    reader.releaseLock()
    await drop()
  }
}

/** A connection that broke, before or after the answer began. Throws when it was the person who ended it. */
export function broken({ endpoint, signal }: Access, error: unknown): Failure {
  signal.throwIfAborted()
  const message = reasonOf(error)
  return {
    failed: true,
    waitMs: null,
    problem: (tries) => new ProblemError({ code: 'hub.unreachable', values: { endpoint, message, tries }, where: '' }),
  }
}

/** Node says only "fetch failed" and puts the reason below it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message
}

async function refused(access: Access, response: Response, address: string, subject: Subject): Promise<Failure> {
  const { status } = response
  const message = (await response.text().catch(() => '')).slice(0, 2000)
  // Where a redirect led, an address is good for a while only: a new one is asked for.
  const elsewhere = response.redirected && !isOf(access.endpoint, response.url)
  if (!elsewhere && status < 500 && status !== 429 && status !== 408)
    throw refusal(
      { status, code: response.headers.get('X-Error-Code') ?? '', message, address, signedIn: access.token !== null },
      subject,
    )
  const waitMs = pauseAsked(response.headers.get('Retry-After'), Date.now()) ?? (status === 429 ? pauseUnasked429Ms : null)
  const seconds = Math.ceil((waitMs ?? longestPauseMs) / 1000)
  const problem = () =>
    status === 429
      ? new ProblemError({ code: 'hub.too-many-requests', values: { seconds }, where: '' })
      : new ProblemError({ code: 'hub.answered', values: { status, address, message: '' }, where: '' })
  if (waitMs !== null && waitMs > longestAskedPauseMs) throw problem()
  return { failed: true, waitMs, problem }
}

/** Milliseconds: the header holds seconds or a date. null: it holds neither. */
export function pauseAsked(retryAfter: string | null, nowMs: number): number | null {
  if (retryAfter === null) return null
  if (/^\d+$/.test(retryAfter.trim())) return Number(retryAfter) * 1000
  const dateMs = Date.parse(retryAfter)
  return Number.isNaN(dateMs) ? null : Math.max(0, dateMs - nowMs)
}

/** A pause in real time, for `Access`. */
export function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const ended = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', ended)
      resolve()
    }, ms)
    if (signal.aborted) ended()
    else signal.addEventListener('abort', ended, { once: true })
  })
}

/** How long one goes on trying. It begins anew with every byte that comes. */
export type Patience = { progressed: () => void; after: (failure: Failure) => Promise<void> }

export function patience(access: Access): Patience {
  let failures = 0
  return {
    progressed: () => {
      failures = 0
    },
    after: async ({ waitMs, problem }) => {
      failures += 1
      if (failures >= triesInARow) throw problem(failures)
      const doubled = Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1))
      await access.pause(Math.max(waitMs ?? 0, doubled * (0.5 + access.random() / 2)), access.signal)
    },
  }
}

/** Asks until there is an answer, and takes all of it. Rejects with a ProblemError. */
export async function askWhole(
  access: Access,
  address: string,
  subject: Subject,
  mostBytes: number,
): Promise<{ response: Response; bytes: Uint8Array<ArrayBuffer> }> {
  const patient = patience(access)
  for (;;) {
    const answer = await ask(access, address, subject)
    if (answer.failed) {
      await patient.after(answer)
      continue
    }
    try {
      return { response: answer.response, bytes: await gathered(answer, address, mostBytes) }
    } catch (error) {
      if (error instanceof ProblemError) throw error
      await patient.after(broken(access, error))
    }
  }
}

async function gathered({ pieces }: Answer, address: string, mostBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const all: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  for await (const piece of pieces()) {
    bytes += piece.length
    if (bytes > mostBytes) {
      const reason = `the answer for ${address} has more than ${mostBytes} bytes`
      throw new ProblemError({ code: 'hub.bad-answer', values: { reason }, where: '' })
    }
    all.push(piece)
  }
  return new Uint8Array(await new Blob(all).arrayBuffer())
}

function isOf(endpoint: string, address: string): boolean {
  return new URL(address).origin === new URL(endpoint).origin
}

// What a Hub means when it refuses: by its own code in X-Error-Code, and where a mirror does not pass that on, by the status and the words.
// A repository that is not there and one that may not be seen are answered alike, with 401 or 404.
// Must not know: how it was asked.

import { ProblemError } from '../../problem/problem.ts'
import type { Subject } from './request.ts'

export type Refused = { status: number; code: string; message: string; address: string; signedIn: boolean }

export function refusal({ status, code, message, address, signedIn }: Refused, { repository, revision }: Subject): ProblemError {
  if (code === 'GatedRepo' || (code === '' && (status === 401 || status === 403) && /gated|restricted/i.test(message)))
    return new ProblemError({ code: 'hub.gated', values: { repository, signedIn }, where: '' })
  if (status === 401 && signedIn && code !== 'RepoNotFound')
    return new ProblemError({ code: 'hub.bad-token', values: { endpoint: new URL(address).origin }, where: '' })
  if (code === 'RevisionNotFound' || (code === '' && status === 404 && /revision/i.test(message)))
    return new ProblemError({ code: 'hub.no-revision', values: { repository, revision }, where: '' })
  if (code === 'RepoNotFound' || (code === '' && (status === 401 || status === 404)))
    return new ProblemError({ code: 'hub.not-found', values: { repository, signedIn }, where: '' })
  return new ProblemError({ code: 'hub.answered', values: { status, address, message: shortly(message) }, where: '' })
}

/** The `error` of a JSON answer; nothing of a page of HTML. */
function shortly(message: string): string {
  const [, error] = /"error"\s*:\s*"([^"]{1,200})"/.exec(message) ?? []
  return error ?? (/^[^<]{1,200}$/.test(message.trim()) ? message.trim() : '')
}

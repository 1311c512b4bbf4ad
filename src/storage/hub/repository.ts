// A repository of the Hub at one commit: its files with sizes and checksums, and where each is fetched. A branch is looked up once and
// pinned, so that all files are of one commit whatever is pushed meanwhile. Asked through @huggingface/hub, whose `fetch` is ours: that tries
// again, can be stopped, and sends the token to the endpoint alone.
// Must not know: which files a model is made of.

import { listFiles, modelInfo } from '@huggingface/hub'
import * as v from 'valibot'
import { ProblemError } from '../../problem/problem.ts'
import { isInside } from '../partialFolder.ts'
import { isContent } from './checksum.ts'
import { type Access, askWhole, type Subject } from './request.ts'

export type HubFile = {
  path: string
  bytes: number
  /** With its kind in front: "sha256:…" of the content, or "git:…", git's name of it. */
  checksum: string
  url: string
}

export type Repository = Subject & { commit: string; files: readonly HubFile[] }

const mostListed = 50_000
const mostApiBytes = 64_000_000

const hex = (digits: number) => v.pipe(v.string(), v.regex(new RegExp(`^[0-9a-f]{${digits}}$`)))
const size = v.pipe(v.number(), v.integer(), v.minValue(0))
const fileEntry = v.object({
  type: v.literal('file'),
  path: v.pipe(v.string(), v.check(isInside)),
  size,
  oid: hex(40),
  lfs: v.optional(v.object({ oid: hex(64), size })),
})
const commitOf = v.object({ sha: hex(40) })

/** Rejects with the ProblemErrors of hub.…. @param revision a branch, a tag or a commit */
export async function openRepository(access: Access, repository: string, revision: string): Promise<Repository> {
  const subject = { repository, revision }
  const { sha: commit } = await asHubSays(
    subject,
    async (fetch) => {
      const info = await modelInfo({ name: repository, revision, additionalFields: ['sha'], hubUrl: access.endpoint, fetch })
      return v.parse(commitOf, info)
    },
    access,
  )
  const files = await asHubSays(
    subject,
    async (fetch) => {
      const found: HubFile[] = []
      const repo = { type: 'model', name: repository } as const
      for await (const entry of listFiles({ repo, revision: commit, recursive: true, hubUrl: access.endpoint, fetch })) {
        if (entry.type === 'file') found.push(fileOf(v.parse(fileEntry, entry), access.endpoint, repository, commit))
        if (found.length > mostListed) throw new Error('it lists more files than a model can have')
      }
      return found
    },
    access,
  )
  return { ...subject, commit, files }
}

/** Whatever is not as the Hub answers is said as such. */
async function asHubSays<T>(
  subject: Subject,
  ask: (fetch: (input: RequestInfo | URL) => Promise<Response>) => Promise<T>,
  access: Access,
): Promise<T> {
  try {
    return await ask(async (input) => {
      const { response, bytes } = await askWhole(
        access,
        String(input instanceof Request ? input.url : input),
        subject,
        mostApiBytes,
      )
      return new Response(bytes, { status: response.status, headers: response.headers })
    })
  } catch (error) {
    access.signal.throwIfAborted()
    if (error instanceof ProblemError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new ProblemError({ code: 'hub.bad-answer', values: { reason }, where: subject.repository })
  }
}

function fileOf(
  { path, size, oid, lfs }: v.InferOutput<typeof fileEntry>,
  endpoint: string,
  repository: string,
  commit: string,
): HubFile {
  const url = `${endpoint}/${repository}/resolve/${commit}/${path.split('/').map(encodeURIComponent).join('/')}`
  return { path, bytes: lfs?.size ?? size, checksum: lfs ? `sha256:${lfs.oid}` : `git:${oid}`, url }
}

/** A small file, whole and checked, without keeping it anywhere. */
export async function readHubFile(
  access: Access,
  { repository, revision }: Subject,
  { path, bytes, checksum, url }: HubFile,
): Promise<Uint8Array<ArrayBuffer>> {
  for (const _ of ['once', 'once more']) {
    const { bytes: content } = await askWhole(access, url, { repository, revision }, bytes)
    if (content.length === bytes && (await isContent(content, checksum))) return content
  }
  throw new ProblemError({ code: 'hub.wrong-content', values: { file: path }, where: repository })
}

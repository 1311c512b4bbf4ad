// A Hub on loopback: the paths, pages, redirects, headers and refusals of huggingface.co as the page meets them, over real HTTP.
// Large files are sent by a store at another address (another origin), as the Hub's are. It can be told to misbehave: drop connections at
// random places (seeded), ask for a pause, fail, forget about ranges, send other bytes than it states.
// Must not know: who asks.

import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { uniformNumbers } from '../../src/config/random.ts'

export type HubFiles = Readonly<Record<string, Uint8Array | string>>
export type Asked = { method: string; path: string; range: string | null; authorization: string | null; fromStore: boolean }

export type Faults = {
  /** Of the answers with a body, the share that breaks off somewhere in it. */
  dropShare: number
  /** The next so many requests of any kind are answered 429 with this header, or 503. */
  tooMany: { left: number; retryAfter: string | null }
  unavailable: { left: number }
  ignoresRanges: boolean
  /** Of a large file the store sends so many bytes in all and then no more, without hanging up; null: it sends everything. */
  holdsAfter: number | null
  /** A mirror that states none of the Hub's own headers. */
  hidesErrorCodes: boolean
  filesPerPage: number
  /** Every page of a list but the first lies at the store's address. */
  pagesElsewhere: boolean
}

const noFaults = (): Faults => ({
  dropShare: 0,
  tooMany: { left: 0, retryAfter: null },
  unavailable: { left: 0 },
  ignoresRanges: false,
  holdsAfter: null,
  hidesErrorCodes: false,
  filesPerPage: 1000,
  pagesElsewhere: false,
})

type Model = { branches: Map<string, Commit>; commits: Map<string, Commit>; token: string | null; gated: boolean }
type Commit = { sha: string; files: ReadonlyMap<string, StoredFile> }
type StoredFile = { content: Buffer; oid: string; sha256: string; isLarge: boolean }

const exposed =
  'X-Repo-Commit, X-Request-Id, X-Error-Code, X-Error-Message, ETag, Link, Accept-Ranges, Content-Range, X-Linked-Size, X-Linked-ETag'
const sum = (kind: string, ...parts: readonly (string | Uint8Array)[]) => {
  const hash = createHash(kind)
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

export type LoopbackHub = Awaited<ReturnType<typeof loopbackHub>>

/** Listens on two free ports of 127.0.0.1 until it is closed. */
export async function loopbackHub() {
  const models = new Map<string, Model>()
  /** What the store sends, by the name it is asked under. */
  const store = new Map<string, { content: Buffer; etag: string }>()
  const asked: Asked[] = []
  const faults = noFaults()
  let random = uniformNumbers(1)

  function misbehaves(response: ServerResponse): boolean {
    if (faults.tooMany.left > 0) {
      faults.tooMany.left -= 1
      response.writeHead(429, faults.tooMany.retryAfter === null ? {} : { 'Retry-After': faults.tooMany.retryAfter }).end()
      return true
    }
    if (faults.unavailable.left > 0) {
      faults.unavailable.left -= 1
      response.writeHead(503).end('<html>busy</html>')
      return true
    }
    return false
  }

  function send(request: IncomingMessage, response: ServerResponse, content: Buffer, etag: string) {
    response.setHeader('ETag', `"${etag}"`)
    response.setHeader('Accept-Ranges', 'bytes')
    const [, from] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? []
    const start = from === undefined || faults.ignoresRanges ? 0 : Number(from)
    if (start > 0 && start >= content.length) {
      response.writeHead(416, { 'Content-Range': `bytes */${content.length}` }).end()
      return
    }
    if (from !== undefined && !faults.ignoresRanges)
      response.writeHead(206, {
        'Content-Range': `bytes ${start}-${content.length - 1}/${content.length}`,
        'Content-Length': content.length - start,
      })
    else response.writeHead(200, { 'Content-Length': content.length })
    if (request.method === 'HEAD') return response.end()
    const body = content.subarray(start)
    if (faults.holdsAfter !== null && content.length > faults.holdsAfter)
      return response.write(body.subarray(0, Math.max(0, faults.holdsAfter - start)))
    if (random() >= faults.dropShare) return response.end(body)
    const part = body.subarray(0, Math.floor(random() * body.length))
    if (part.length === 0) response.destroy()
    else response.write(part, () => response.destroy())
  }

  function refuse(response: ServerResponse, status: number, code: string, error: string) {
    if (!faults.hidesErrorCodes)
      response.setHeaders(
        new Map([
          ['X-Error-Code', code],
          ['X-Error-Message', error],
        ]),
      )
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ error }))
  }

  /** The commit that may be seen, or null after a refusal. */
  function commitFor(
    request: IncomingMessage,
    response: ServerResponse,
    id: string,
    revision: string,
    isFile: boolean,
  ): Commit | null {
    const model = models.get(id)
    const token = /^Bearer (.*)$/.exec(request.headers.authorization ?? '')?.[1] ?? null
    const none = () => refuse(response, token === null ? 401 : 404, 'RepoNotFound', 'Repository not found')
    if (!model) none()
    else if (token !== null && token !== model.token && model.token !== null)
      refuse(response, 401, '', 'Invalid credentials in Authorization header')
    else if (isFile && model.gated && token !== model.token)
      refuse(response, 401, 'GatedRepo', `Access to model ${id} is restricted. You must have access to it and be authenticated.`)
    else {
      const commit = model.branches.get(revision) ?? model.commits.get(revision)
      if (commit) return commit
      refuse(response, 404, 'RevisionNotFound', `Invalid rev id: ${revision}`)
    }
    return null
  }

  function answerHub(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://hub')
    const path = decodeURIComponent(url.pathname)
    const [, id = '', kind, revision = 'main'] = /^\/api\/models\/([^/]+\/[^/]+)(?:\/(revision|tree)\/([^?]+))?$/.exec(path) ?? []
    if (id !== '') {
      const commit = commitFor(request, response, id, revision, false)
      if (!commit) return
      response.setHeader('Content-Type', 'application/json')
      if (kind === 'tree') return answerTree(response, commit, url)
      const gated = models.get(id)?.gated ? 'manual' : false
      const info = {
        _id: sum('md5', id),
        id,
        sha: commit.sha,
        private: false,
        gated,
        downloads: 1,
        likes: 0,
        lastModified: '2026-01-01T00:00:00.000Z',
      }
      return response.writeHead(200).end(JSON.stringify(info))
    }
    const [, repository = '', at = '', file = ''] = /^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(path) ?? []
    const commit = commitFor(request, response, repository, at, true)
    if (!commit) return
    const found = commit.files.get(file)
    if (!found) return refuse(response, 404, 'EntryNotFound', 'Entry not found')
    response.setHeader('X-Repo-Commit', commit.sha)
    if (!found.isLarge) return send(request, response, found.content, found.oid)
    response.setHeaders(
      new Map([
        ['X-Linked-Size', String(found.content.length)],
        ['X-Linked-ETag', `"${found.sha256}"`],
      ]),
    )
    response.writeHead(302, { Location: `${storeUrl}/${found.sha256}?Expires=1&Signature=s` }).end()
  }

  function answerTree(response: ServerResponse, commit: Commit, url: URL) {
    const from = Number(url.searchParams.get('cursor') ?? 0)
    const folders = [
      ...new Set(
        [...commit.files.keys()].filter((path) => path.includes('/')).map((path) => path.slice(0, path.lastIndexOf('/'))),
      ),
    ]
    const all = [
      ...folders.map((path) => ({ type: 'directory', path, size: 0, oid: sum('sha1', path) })),
      ...[...commit.files].map(([path, { content, oid, sha256, isLarge }]) => ({
        type: 'file',
        path,
        size: content.length,
        oid,
        ...(isLarge && { lfs: { oid: sha256, size: content.length, pointerSize: 134 } }),
      })),
    ]
    const to = from + faults.filesPerPage
    const next = `${faults.pagesElsewhere ? storeUrl : hubUrl}${url.pathname}?recursive=true&expand=false&cursor=${to}`
    if (to < all.length) response.setHeader('Link', `<${next}>; rel="next"`)
    response.writeHead(200).end(JSON.stringify(all.slice(from, to)))
  }

  function serverOf(fromStore: boolean, answer: (request: IncomingMessage, response: ServerResponse) => void): Server {
    return createServer((request, response) => {
      response.setHeader('Access-Control-Allow-Origin', '*')
      response.setHeader(
        'Access-Control-Expose-Headers',
        fromStore ? 'Accept-Ranges, Content-Range, Content-Type, ETag' : exposed,
      )
      // Neither lets a page send If-Range; the store takes nothing that is not free for every page.
      response.setHeader(
        'Access-Control-Allow-Headers',
        fromStore ? 'Content-Range, Content-Type, ETag' : 'Authorization, Content-Type, Range',
      )
      const { authorization = null, range = null } = request.headers
      asked.push({ method: request.method ?? '', path: request.url ?? '', range, authorization, fromStore })
      if (request.method === 'OPTIONS') return response.writeHead(204).end()
      if (!misbehaves(response)) answer(request, response)
    })
  }

  const storeServer = serverOf(true, (request, response) => {
    if (request.url?.startsWith('/api/')) return answerHub(request, response)
    const found = store.get(new URL(request.url ?? '/', 'http://store').pathname.slice(1))
    if (found) send(request, response, found.content, found.etag)
    else response.writeHead(403).end('expired')
  })
  const hubServer = serverOf(false, answerHub)
  const storeUrl = await listening(storeServer)
  const hubUrl = await listening(hubServer)

  /** Pushes a commit to a branch and returns its name. */
  function push(
    id: string,
    files: HubFiles,
    { branch = 'main', gated = false, token = null }: { branch?: string; gated?: boolean; token?: string | null } = {},
  ) {
    const stored = new Map(
      Object.entries(files).map(([path, given]): [string, StoredFile] => {
        const content = Buffer.from(given)
        const sha256 = sum('sha256', content)
        const isLarge = path.endsWith('.safetensors') || content.length > 200_000
        if (isLarge) store.set(sha256, { content, etag: sha256 })
        return [path, { content, sha256, isLarge, oid: sum('sha1', `blob ${content.length}\0`, content) }]
      }),
    )
    const sha = sum('sha1', id, branch, ...[...stored].flatMap(([path, { oid }]) => [path, oid]))
    const model = models.get(id) ?? { branches: new Map(), commits: new Map(), token, gated }
    const commit = { sha, files: stored }
    models.set(id, {
      ...model,
      gated,
      token,
      branches: model.branches.set(branch, commit),
      commits: model.commits.set(sha, commit),
    })
    return sha
  }

  return {
    url: hubUrl,
    storeUrl,
    asked,
    faults,
    /** From now on it does as a Hub should. */
    behave: () => Object.assign(faults, noFaults()),
    /** Restarts the chances of connections to be dropped. */
    reseed: (seed: number) => {
      random = uniformNumbers(seed)
    },
    push,
    /** From now on the store sends other bytes for what has this content; with its old ETag if it lies about it. */
    replace: (content: Uint8Array, by: Uint8Array, { lies = false } = {}) => {
      const name = sum('sha256', content)
      store.set(name, { content: Buffer.from(by), etag: lies ? name : sum('sha256', by) })
    },
    close: async () => {
      for (const server of [hubServer, storeServer]) {
        server.closeAllConnections()
        await new Promise((closed) => server.close(closed))
      }
    },
  }
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('the server has no port')
  return `http://127.0.0.1:${bound.port}`
}

// The static server: right types and headers, nothing outside its folder, a free port when the wanted one is taken.

import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { serve } from './serve.mjs'

let base: string
let server: Awaited<ReturnType<typeof serve>>

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'tabtune-serve-'))
  await mkdir(join(base, 'page/assets'), { recursive: true })
  await writeFile(join(base, 'page/index.html'), '<!doctype html><title>page</title>')
  await writeFile(join(base, 'page/assets/a b.wasm'), new Uint8Array([0, 97, 115, 109]))
  await writeFile(join(base, 'page/assets/data.json'), '{}')
  await writeFile(join(base, 'secret.txt'), 'secret')
  await mkdir(join(base, 'page-two'))
  await writeFile(join(base, 'page-two/secret.txt'), 'secret')
  await symlink(join(base, 'secret.txt'), join(base, 'page/link.txt'))
  server = await serve(join(base, 'page'))
})
afterAll(async () => {
  await server.close()
  await rm(base, { recursive: true })
})

/** Asks with the path as it is written: `fetch` would tidy the dots away. */
function ask(path: string, method = 'GET', headers: Record<string, string> = {}) {
  const { hostname, port } = new URL(server.url)
  return new Promise<{ status: number; body: string; header: (name: string) => string }>((resolve, reject) => {
    const asked = request({ hostname, port, path, method, headers }, (response) => {
      const chunks: Uint8Array[] = []
      response.on('data', (chunk: Uint8Array) => chunks.push(chunk))
      response.on('end', () => {
        const header = (name: string) => String(response.headers[name] ?? '')
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString(), header })
      })
    })
    asked.on('error', reject)
    asked.end()
  })
}

it('serves the page, isolated, with right types', async () => {
  const page = await ask('/')
  expect(page.status).toBe(200)
  expect(page.body).toContain('<title>page</title>')
  expect(page.header('content-type')).toBe('text/html; charset=utf-8')
  expect(page.header('cross-origin-opener-policy')).toBe('same-origin')
  expect(page.header('cross-origin-embedder-policy')).toBe('require-corp')
  expect((await ask('/assets/a%20b.wasm?v=1')).header('content-type')).toBe('application/wasm')
  expect((await ask('/assets/data.json')).header('content-type')).toContain('application/json')
})

it('leaves the isolation headers out when told to', async () => {
  const plain = await serve(join(base, 'page'), { isolation: false })
  const response = await fetch(plain.url)
  expect(response.headers.get('cross-origin-opener-policy')).toBeNull()
  expect(response.headers.get('cross-origin-embedder-policy')).toBeNull()
  expect(await response.text()).toContain('page')
  await plain.close()
})

it.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/assets/../../secret.txt',
  '/..%2fsecret.txt',
  '/..%5csecret.txt',
  '/../page-two/secret.txt',
  '/link.txt',
  '/%00',
  '/%zz',
  '/assets',
  '/absent.html',
  '//secret.txt',
])('has nothing at %s', async (path) => {
  const { status, body } = await ask(path)
  expect(status).toBe(404)
  expect(body).not.toContain('secret')
})

it('answers HEAD, an unchanged file and a wrong method', async () => {
  const head = await ask('/', 'HEAD')
  expect([head.status, head.body, head.header('content-length')]).toEqual([200, '', '34'])
  expect((await ask('/', 'GET', { 'If-None-Match': head.header('etag') })).status).toBe(304)
  expect((await ask('/', 'POST')).status).toBe(405)
})

it('takes a free port when the wanted one is taken', async () => {
  const taken = Number(new URL(server.url).port)
  const second = await serve(join(base, 'page'), { port: taken })
  expect(second.url).not.toBe(server.url)
  expect((await fetch(second.url)).status).toBe(200)
  await second.close()
})

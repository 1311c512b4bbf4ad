// Serves one folder of plain files on this machine only, for `npm start` and for the tests of the page.
// The two isolation headers let wasm use threads; without them the page must work as well, so they can be left out.
// Must not know: what is in the folder, who started it.

import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, sep } from 'node:path'

/** @type {Readonly<Record<string, string>>} */
const types = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.jsonl': 'application/x-ndjson; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

const isolationHeaders = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }

/**
 * The file that an address names, or null: what leads out of the folder, links included, is not there.
 * @param {string} folder a real path
 * @param {string} address of the request, with its query
 */
async function fileAt(folder, address) {
  let path
  try {
    path = decodeURIComponent(address.replace(/[?#].*$/s, ''))
  } catch {
    return null
  }
  if (path.includes('\0') || path.includes('\\')) return null
  try {
    const file = await realpath(join(folder, path.endsWith('/') ? `${path}index.html` : path))
    const info = await stat(file)
    return info.isFile() && file.startsWith(folder + sep) ? { file, bytes: info.size, changed: info.mtimeMs } : null
  } catch {
    return null
  }
}

/**
 * A server for a folder, not listening yet.
 * @param {string} folder
 * @param {{ isolation: boolean }} options isolation: send the headers that make the page cross-origin isolated
 */
export function createStaticServer(folder, { isolation }) {
  return createServer(async (request, response) => {
    if (isolation) response.setHeaders(new Headers(isolationHeaders))
    response.setHeader('X-Content-Type-Options', 'nosniff')
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end()
      return
    }
    const found = await fileAt(await realpath(folder), request.url ?? '/')
    if (found === null) {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Not found\n')
      return
    }
    const tag = `"${found.bytes.toString(36)}-${Math.round(found.changed).toString(36)}"`
    response.setHeader('Content-Type', types[extname(found.file)] ?? 'application/octet-stream')
    response.setHeader('Cache-Control', 'no-cache')
    response.setHeader('ETag', tag)
    if (request.headers['if-none-match'] === tag) {
      response.writeHead(304).end()
      return
    }
    response.setHeader('Content-Length', found.bytes)
    if (request.method === 'HEAD') {
      response.end()
      return
    }
    const stream = createReadStream(found.file)
    stream.on('error', () => response.destroy())
    response.on('close', () => stream.destroy())
    stream.pipe(response)
  })
}

/**
 * Serves a folder on 127.0.0.1. Takes the wanted port, or any free one if that is taken.
 * @param {string} folder
 * @param {{ port?: number, isolation?: boolean }} [options] port 0 (the default) means any
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} close ends open connections too
 */
export async function serve(folder, { port = 0, isolation = true } = {}) {
  const server = createStaticServer(folder, { isolation })
  /** @param {number} wanted @returns {Promise<void>} */
  const listen = (wanted) =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(wanted, '127.0.0.1', () => {
        server.off('error', reject)
        resolve()
      })
    })
  await listen(port).catch((/** @type {NodeJS.ErrnoException} */ error) => {
    if (port === 0 || (error.code !== 'EADDRINUSE' && error.code !== 'EACCES')) throw error
    return listen(0)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

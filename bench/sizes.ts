// The built page's bytes as a browser fetches them, compressed: what the first paint needs, and what comes after.

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { buildPage, pageFolder } from '../tools/setup/page.mjs'

export type PageSizes = { firstPaint: number; worker: number; wasm: number }

/** Bytes after gzip. The first paint needs what index.html names. */
export async function measureSizes(): Promise<PageSizes> {
  await buildPage()
  const html = await readFile(join(pageFolder, 'index.html'), 'utf8')
  const named = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(([, path]) => path ?? '')
  const assets = await readdir(join(pageFolder, 'assets'))
  const worker = assets.find((name) => /^main-.*\.js$/.test(name)) ?? ''
  const wasm = assets.find((name) => /threaded-simd.*\.wasm$/.test(name)) ?? ''
  const sizes = await Promise.all(['index.html', ...named].map(gzipped))
  return {
    firstPaint: sizes.reduce((sum, size) => sum + size, 0),
    worker: await gzipped(`assets/${worker}`),
    wasm: await gzipped(`assets/${wasm}`),
  }
}

async function gzipped(path: string): Promise<number> {
  return gzipSync(await readFile(join(pageFolder, path))).length
}

// What is kept comes back, and what cannot be kept or read is simply not there.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { browserKeptJson } from './browserKeptJson.ts'
import { nodeKeptJson } from './nodeKeptJson.ts'

const before = process.env.XDG_CACHE_HOME
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tabtune-kept-'))
  process.env.XDG_CACHE_HOME = folder
})
afterEach(async () => {
  if (before === undefined) delete process.env.XDG_CACHE_HOME
  else process.env.XDG_CACHE_HOME = before
  await rm(folder, { recursive: true })
})

it('comes back from a disk', async () => {
  expect(await nodeKeptJson('a').read()).toBeNull()
  await nodeKeptJson('a').write({ some: ['thing'] })
  expect(await nodeKeptJson('a').read()).toEqual({ some: ['thing'] })
  expect(await nodeKeptJson('b').read()).toBeNull()
})

it('is not there where a file is damaged or the folder cannot be made', async () => {
  await nodeKeptJson('a').write(1)
  await writeFile(join(folder, 'tabtune', 'a.json'), '{"cut')
  expect(await nodeKeptJson('a').read()).toBeNull()
  await writeFile(join(folder, 'file'), '')
  process.env.XDG_CACHE_HOME = join(folder, 'file')
  await nodeKeptJson('a').write(1)
  expect(await nodeKeptJson('a').read()).toBeNull()
})

it('is not there where a browser has no cache storage', async () => {
  const kept = browserKeptJson('http://127.0.0.1/', 'a')
  await kept.write(1)
  expect(await kept.read()).toBeNull()
})

// `pull` as a process: it fetches, goes on after Ctrl-C, and says in one line what it cannot do. What it fetched is a --model.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LoopbackHub, loopbackHub } from '../hub/loopbackHub.ts'
import { tinyFolderFiles } from '../studio.ts'
import { jsonOf, refusalOf, tabtune, workplace } from './tabtune.ts'

const { path } = workplace()
const embedded = join(import.meta.dirname, '../../public/models/tabtune-poet')
let hub: LoopbackHub
let sha = ''
const contents: Record<string, Uint8Array> = {}
beforeAll(async () => {
  hub = await loopbackHub()
  for (const { path: file, file: blob } of await tinyFolderFiles()) contents[file] = new Uint8Array(await blob.arrayBuffer())
  sha = hub.push('tiny/model', contents)
  hub.push('tiny/gated', contents, { gated: true, token: 'hf_secret' })
})
afterAll(() => hub.close())

it('fetches a model that the other commands take', async () => {
  hub.faults.dropShare = 0.3
  hub.reseed(5)
  const lines = await jsonOf(['pull', 'tiny/model@main', '--endpoint', hub.url, '--out', path('pulled')])
  hub.behave()
  expect(lines.at(-1)).toMatchObject({ done: true, repository: 'tiny/model', commit: sha, out: path('pulled') })
  expect(lines.at(-2)).toMatchObject({ bytesDone: expect.any(Number), bytes: expect.any(Number) })
  expect(readdirSync(path('pulled')).sort()).toEqual(Object.keys(contents).sort())
  for (const [file, content] of Object.entries(contents))
    expect(Buffer.compare(readFileSync(join(path('pulled'), file)), content)).toBe(0)
  expect(await jsonOf(['inspect', path('pulled')])).toMatchObject([{ kind: 'model' }])
})

it('goes on after Ctrl-C with what had arrived', async () => {
  const poet = Object.fromEntries(readdirSync(embedded).map((name) => [name, new Uint8Array(readFileSync(join(embedded, name)))]))
  hub.push('tiny/poet', poet)
  const { 'model.safetensors': weights = new Uint8Array(), 'files.json': _, ...small } = poet
  hub.faults.holdsAfter = 3_000_000
  const arrived = Object.values(small).reduce((sum, { length }) => sum + length, 3_000_000)
  const args = ['pull', 'tiny/poet', '--endpoint', hub.url, '--out', path('ended'), '--json']
  expect((await tabtune(args, { interruptAt: `"bytesDone":${arrived},` })).status).not.toBe(0)
  expect(existsSync(join(path('ended'), 'model.safetensors'))).toBe(false)
  hub.behave()
  hub.asked.length = 0
  expect((await jsonOf(args.slice(0, -1))).at(-1)).toMatchObject({ done: true })
  const ranges = hub.asked.filter(({ fromStore }) => fromStore).map(({ range }) => Number(/\d+/.exec(range ?? '')?.[0]))
  expect(ranges).toHaveLength(1)
  expect(ranges[0]).toBeGreaterThanOrEqual(2_000_000)
  expect(Buffer.compare(readFileSync(join(path('ended'), 'model.safetensors')), weights)).toBe(0)
})

it('says in one line what is wrong, with the way on', async () => {
  const out = ['--endpoint', hub.url, '--out', path('refused')]
  expect(await refusalOf(['pull', 'tiny/gated', ...out], 1)).toContain('Accept the terms')
  expect(await refusalOf(['pull', 'tiny/none', ...out], 1)).toContain('There is no model repository tiny/none')
  expect(await refusalOf(['pull', 'tiny/model', '--endpoint', hub.url], 2)).toContain('--out is needed')
  expect(await refusalOf(['pull', 'a b', ...out], 2)).toContain('OWNER/NAME')
  expect(await refusalOf(['pull', 'tiny/gated', ...out, '--token-env', 'TABTUNE_NO_SUCH_TOKEN'], 2)).toContain('is not set')
  expect(existsSync(path('refused'))).toBe(false)
})

it('prints the files for a person', async () => {
  const { status, out, err } = await tabtune(['pull', 'tiny/model', '--endpoint', hub.url, '--out', path('again')])
  expect(status).toBe(0)
  expect(out).toContain(`tiny/model at ${sha.slice(0, 12)}`)
  expect(err).toMatch(/of 0\.\d MB/)
})

// `npm start` as a process: says where the page is, serves it with and without isolation, takes a free port when its own is
// taken, ends with Ctrl-C; and a Node that is too old is one sentence.

import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { afterEach, expect, it } from 'vitest'

type Started = { process: ChildProcessByStdio<null, Readable, Readable>; output: () => string; ended: Promise<number | null> }
const running: Started[] = []

function start(...args: string[]): Started {
  const env = { ...process.env, NO_OPEN: '1', NODE_ENV: '' }
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += String(chunk)
  })
  child.stderr.on('data', (chunk: Buffer) => {
    said += String(chunk)
  })
  const started = {
    process: child,
    output: () => said,
    ended: new Promise<number | null>((resolve) => child.on('close', resolve)),
  }
  running.push(started)
  return started
}

async function addressOf({ output }: Started): Promise<string> {
  await expect.poll(output, { timeout: 60_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+\//)
  return /http:\/\/127\.0\.0\.1:\d+\//.exec(output())?.[0] ?? ''
}

afterEach(async () => {
  for (const { process: child, ended } of running.splice(0)) {
    child.kill('SIGKILL')
    await ended
  }
})

it('prints the address, serves the page isolated, and ends with Ctrl-C', async () => {
  const started = start('tools/start.mjs')
  const response = await fetch(await addressOf(started))
  expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin')
  expect(await response.text()).toContain('<title>Tabtune</title>')
  started.process.kill('SIGINT')
  expect(await started.ended).toBe(0)
})

it('serves as a plain static host does when asked to', async () => {
  const response = await fetch(await addressOf(start('tools/start.mjs', '--no-isolation')))
  expect(response.headers.get('cross-origin-opener-policy')).toBeNull()
})

it('takes a free port when the usual one is taken', async () => {
  const first = await addressOf(start('tools/start.mjs'))
  const second = await addressOf(start('tools/start.mjs'))
  expect(second).not.toBe(first)
  for (const address of [first, second]) expect((await fetch(address)).status).toBe(200)
})

it('refuses what it does not know', async () => {
  const started = start('tools/start.mjs', '--fast')
  expect(await started.ended).toBe(2)
  expect(started.output()).toContain('--fast')
})

it.each(['tools/start.mjs', 'tools/test.mjs'])('%s says in one sentence that a Node is too old', async (tool) => {
  const pretend = "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'18.20.4'})"
  const started = start('--import', pretend, tool)
  expect(await started.ended).toBe(1)
  expect(started.output().trim().split('\n')).toEqual([
    expect.stringMatching(/^Tabtune needs Node\.js 20\.19 or newer .* 18\.20\.4/),
  ])
})

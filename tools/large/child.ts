// A measured process: this project's command line, or a script of it, as somebody would run it. It ends by itself, or with this one.

import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import * as v from 'valibot'

export type Ran = {
  /** One parsed object a line of standard output. */
  lines: readonly unknown[]
  seconds: number
  /** Its peak resident memory and its processor time, all threads together. */
  peakBytes: number
  cpuSeconds: number
}

const usageSchema = v.object({ peakBytes: v.number(), cpuSeconds: v.number() })

const USAGE = '.cache/large/usage.txt'

/** Runs a file of this project with arguments. Rejects with what it wrote on standard error where it failed or took too long. */
export async function run(file: string, args: readonly string[], limitMinutes = 30): Promise<Ran> {
  const startedMs = performance.now()
  const preload = pathToFileURL('tools/large/usage.mjs').href
  const child = spawn(process.execPath, ['--import', preload, 'tools/run.mjs', file, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TABTUNE_USAGE: USAGE },
  })
  const end = () => child.kill()
  process.once('exit', end)
  const timer = setTimeout(end, limitMinutes * 60_000)
  const texts = { out: '', error: '' }
  child.stdout.on('data', (part: Buffer) => {
    texts.out += String(part)
  })
  child.stderr.on('data', (part: Buffer) => {
    texts.error += String(part)
  })
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve))
  clearTimeout(timer)
  process.removeListener('exit', end)
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${status}: ${texts.error.trim()}`)
  const lines = texts.out.split('\n').filter((line) => line.startsWith('{'))
  return {
    lines: lines.map((line): unknown => JSON.parse(line)),
    seconds: (performance.now() - startedMs) / 1000,
    ...v.parse(usageSchema, JSON.parse(readFileSync(USAGE, 'utf8'))),
  }
}

/** A command of the command line, told to print JSON. */
export const tabtune = (args: readonly string[], limitMinutes?: number): Promise<Ran> =>
  run('src/cli/main.ts', [...args, '--json'], limitMinutes)

// The command line as a process, as a person or a script starts it, with a folder of its own for what it reads and writes.

import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { type TinyFolder, tinyFolderFiles } from '../studio.ts'

const root = join(import.meta.dirname, '../..')

export type Ended = { status: number | null; out: string; err: string }

/** Runs `tabtune …` in the project's root to its end. `interruptAt` sends Ctrl-C as soon as standard output holds it. */
export function tabtune(args: readonly string[], options: { interruptAt?: string } = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['tools/run.mjs', 'src/cli/main.ts', ...args], { cwd: root })
    let [out, err, interrupted] = ['', '', false]
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
      if (options.interruptAt === undefined || interrupted || !out.includes(options.interruptAt)) return
      interrupted = true
      child.kill('SIGINT')
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text
    })
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, out, err }))
  })
}

/** The objects that a command with --json printed: one a line, nothing else, and nothing on standard error. */
export async function jsonOf(args: readonly string[]): Promise<unknown[]> {
  const { status, out, err } = await tabtune([...args, '--json'])
  expect({ status, err }).toEqual({ status: 0, err: '' })
  expect(out.endsWith('\n')).toBe(true)
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** The one line that a command which failed printed: all of standard error, with nothing on standard output. */
export async function refusalOf(args: readonly string[], status: 1 | 2): Promise<string> {
  const ended = await tabtune(args)
  expect(ended).toMatchObject({ status, out: '' })
  expect(ended.err).toMatch(/^[^\n]+\n$/)
  return ended.err.trimEnd()
}

/** A folder that is gone after the tests of a file, and what they put into it. */
export function workplace() {
  const folder = mkdtempSync(join(tmpdir(), 'tabtune-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const path = (name: string) => join(folder, name)
  const write = (name: string, content: string | Uint8Array): string => {
    mkdirSync(dirname(path(name)), { recursive: true })
    writeFileSync(path(name), content)
    return path(name)
  }
  return {
    path,
    write,
    json: (name: string, value: unknown) => write(name, JSON.stringify(value)),
    /** The tiny model with the small tokenizer, as a folder on disk. */
    model: async (name: string, options: TinyFolder = {}): Promise<string> => {
      for (const { path: file, file: blob } of await tinyFolderFiles(options))
        write(join(name, file), new Uint8Array(await blob.arrayBuffer()))
      return path(name)
    },
  }
}

export const poems = [
  { instruct: 'a: ', input: 'hello we', label: '12' },
  { instruct: 'b: ', input: 'sun warm', label: '345' },
  { instruct: 'he', input: 'll', label: 'o 月' },
]

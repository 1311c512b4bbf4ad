// The arguments of a command, by Node's own parser; what does not fit is wrong usage.

import { readFile } from 'node:fs/promises'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import type { ChatForm } from '../config/chatForm.ts'
import { parseSettings, type Settings } from '../config/settings.ts'
import { ProblemError } from '../problem/problem.ts'
import type { BackendRequest } from '../protocol/backend.ts'
import { UsageError } from './usageError.ts'

type OptionTypes = NonNullable<ParseArgsConfig['options']>

/** Options that every command over a model takes. */
export const deviceOptions = {
  backend: { type: 'string' },
  engine: { type: 'string' },
  threads: { type: 'string' },
  adapter: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const satisfies OptionTypes

/** Options of a command that asks a model or shows what it is asked. */
export const chatOptions = {
  chat: { type: 'boolean', default: false },
  'system-prompt': { type: 'string' },
} as const satisfies OptionTypes

/** In the model's chat template, or null: as plain text. */
export function chatFormFrom(values: { chat: boolean; 'system-prompt'?: string | undefined }): ChatForm | null {
  const system_prompt = values['system-prompt']
  if (!values.chat && system_prompt !== undefined) throw new UsageError('--system-prompt needs --chat.')
  return values.chat ? { system_prompt: system_prompt ?? null } : null
}

/** Parses or throws a UsageError. */
export function argumentsOf<O extends OptionTypes>(argv: readonly string[], options: O, positionals = 0) {
  try {
    const parsed = parseArgs({ args: [...argv], options, allowPositionals: positionals > 0, strict: true })
    if (parsed.positionals.length > positionals) throw new UsageError(`One argument too many: ${parsed.positionals.at(-1)}`)
    return parsed
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** The option's value, or wrong usage. */
export function required(name: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new UsageError(`--${name} is needed.`)
  return value
}

/** A number from `least` to `most`, or wrong usage. */
export function numberOf(
  name: string,
  value: string | undefined,
  fallback: number,
  least = 0,
  most = Number.POSITIVE_INFINITY,
): number {
  if (value === undefined) return fallback
  const number = Number(value)
  if (value.trim() === '' || !Number.isFinite(number)) throw new UsageError(`--${name} takes a number, not "${value}".`)
  if (number < least) throw new UsageError(`--${name} is at least ${least}, not ${value}.`)
  if (number > most) throw new UsageError(`--${name} is at most ${most}, not ${value}.`)
  return number
}

/** A whole number of at least `least`, or wrong usage. */
export function wholeNumberOf(name: string, value: string | undefined, fallback: number, least = 0): number {
  const number = numberOf(name, value, fallback, least)
  if (!Number.isInteger(number)) throw new UsageError(`--${name} takes a whole number, not "${value}".`)
  return number
}

/** One of the words, or wrong usage. */
export function oneOf<W extends string>(name: string, value: string | undefined, words: readonly W[], fallback: W): W {
  if (value === undefined) return fallback
  const word = words.find((candidate) => candidate === value)
  if (word === undefined) throw new UsageError(`--${name} is one of ${words.join(', ')}, not "${value}".`)
  return word
}

/** Checks the options of the device. */
export function deviceOf(values: {
  backend?: string | undefined
  engine?: string | undefined
  threads?: string | undefined
}): BackendRequest {
  const threads = wholeNumberOf('threads', values.threads, 1, 1)
  const choice = oneOf('backend', values.backend, ['webgpu', 'wasm', 'cpu', 'auto'], 'wasm')
  if (values.engine === undefined) return { choice, threads }
  return { choice, threads, engine: oneOf('engine', values.engine, ['eager', 'plan'], 'eager') }
}

/** A JSON file; what is wrong with it is said as a problem of the settings. */
export async function readJson(file: string, setting: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ProblemError({ code: 'run.settings', values: { setting, reason }, where: file })
  }
}

/** The settings in a --config file; `base` without one. Faults are named by their setting. */
export async function settingsFrom(file: string | undefined, base: Settings): Promise<Settings> {
  if (file === undefined) return base
  const value = await readJson(file, '--config')
  const parsed = parseSettings(value)
  if (parsed.ok) return parsed.settings
  const [issue] = parsed.issues
  throw new ProblemError({
    code: 'run.settings',
    values: issue ?? { setting: 'settings', reason: 'cannot be read' },
    where: file,
  })
}

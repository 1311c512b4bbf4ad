// The address names the step and, where there are such, the record and the setting that is looked at, `#/train/12/max_length`,
// or a run of before, `#/runs/…`.
// So reload and the back button work.
// Steps are entries of the history; going from record to record replaces the entry, or the back button would visit each.

import { type SettingName, settingNamed } from '../config/settings.ts'
import { createStore, type Readable } from './store.ts'

export const steps = ['data', 'model', 'train', 'play', 'keep', 'runs'] as const
export type Step = (typeof steps)[number]
/** `record` is its number in the file, from 1. `setting` is one of the run's, to be brought into sight. `run` is an entry of the shelf, in the step Runs alone. */
export type Address = { step: Step; record: number | null; setting: SettingName | null; run: string | null }

const held = createStore<Address>({ step: 'data', record: null, setting: null, run: null })

let writing: ReturnType<typeof setTimeout> | undefined

export const address: Readable<Address> = held

/** Opens a step; the record stays unless another is named. */
export function go(step: Step, record: number | null = held.get().record) {
  const from = held.get()
  const next = { step, record, setting: null, run: null }
  if (sayAddress(next) === sayAddress(from)) return
  held.set(next)
  if (step === from.step) return writeSoon()
  writeNow()
  history.pushState(null, '', sayAddress(next))
}

/** Reads the address now and whenever it changes. Called once, when the page opens. */
export function followAddress() {
  const read = () => {
    clearTimeout(writing)
    held.set(readAddress(location.hash))
  }
  window.addEventListener('hashchange', read)
  window.addEventListener('popstate', read)
  read()
}

/** Browsers refuse to write the address hundreds of times in a row, which an arrow key held down would ask for. */
function writeSoon() {
  clearTimeout(writing)
  writing = setTimeout(writeNow, 200)
}

function writeNow() {
  clearTimeout(writing)
  if (readAddress(location.hash).step === held.get().step) history.replaceState(null, '', sayAddress(held.get()))
}

export function sayAddress({ step, record, setting = null, run = null }: Pick<Address, 'step' | 'record'> & Partial<Address>) {
  const parts = step === 'runs' ? [step, run] : [step, record, setting]
  return `#/${parts.filter((part) => part !== null).join('/')}`
}

/** What an address names; anything else names the first step. */
export function readAddress(hash: string): Address {
  const [name, ...parts] = hash.replace(/^#\/?/, '').split('/')
  if (name === 'runs')
    return { step: name, record: null, setting: null, run: parts.find((part) => /^[\w-]{8,}$/.test(part)) ?? null }
  const numbers = parts.map(Number).filter((number) => Number.isInteger(number) && number > 0)
  return {
    step: steps.find((step) => step === name) ?? 'data',
    record: numbers[0] ?? null,
    setting: parts.map(settingNamed).find((setting) => setting !== null) ?? null,
    run: null,
  }
}

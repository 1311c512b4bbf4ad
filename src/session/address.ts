// The address names the step and, where there is one, the record: `#/data/12`. So reload and the back button work.
// Steps are entries of the history; going from record to record replaces the entry, or the back button would visit each.

import { createStore, type Readable } from './store.ts'

export const steps = ['data', 'model', 'train', 'play', 'keep'] as const
export type Step = (typeof steps)[number]
/** `record` is its number in the file, from 1. */
export type Address = { step: Step; record: number | null }

const held = createStore<Address>({ step: 'data', record: null })

let writing: ReturnType<typeof setTimeout> | undefined

export const address: Readable<Address> = held

/** Opens a step; the record stays unless another is named. */
export function go(step: Step, record: number | null = held.get().record) {
  const from = held.get()
  const next = { step, record }
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

export function sayAddress({ step, record }: Address): string {
  return record === null ? `#/${step}` : `#/${step}/${record}`
}

/** What an address names; anything else names the first step. */
export function readAddress(hash: string): Address {
  const [name, record] = hash.replace(/^#\/?/, '').split('/')
  const number = Number(record)
  return {
    step: steps.find((step) => step === name) ?? 'data',
    record: record !== undefined && Number.isInteger(number) && number > 0 ? number : null,
  }
}

// The shelf as the page shows it: what is kept in the browser's own storage, the room left, and the changes of it.
// What is taken off can be put back; nothing is asked before. Every tab hears of what another one changed.
// Must not know: how anything is kept, what a run or a model is (keptRuns.ts and shelfOpen.ts know).

import { asProblem, type Problem } from '../problem/problem.ts'
import type { ShelfAbout, ShelfChange, ShelfItem, ShelfRoom } from '../protocol/shelf.ts'
import { call } from './door.ts'
import { model } from './model.ts'
import { createStore, type Readable } from './store.ts'

export type ShelfState = {
  /** missing: this browser keeps nothing for the page; `problem` says why. */
  status: 'unknown' | 'ready' | 'missing' | 'failed'
  items: readonly ShelfItem[]
  room: ShelfRoom | null
  /** Whether the browser has promised not to clear it when the disk is short; null before it was asked. */
  persisted: boolean | null
  /** What was taken off last, and can be put back. */
  takenOff: ShelfItem | null
  problem: Problem | null
}

const held = createStore<ShelfState>({
  status: 'unknown',
  items: [],
  room: null,
  persisted: null,
  takenOff: null,
  problem: null,
})

export const shelf: Readable<ShelfState> = held

const otherTabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('tabtune-shelf')

/** Reads the shelf now, and whenever another tab changed it. Called once, when the page opens. */
export function followShelf() {
  if (otherTabs !== null) otherTabs.onmessage = () => void readShelf()
  void readShelf()
  void readPersisted()
  // The worker could not be had at first: it is there when a model is.
  model.subscribe(() => {
    if (held.get().status === 'failed' && model.get().status === 'ready') void readShelf()
  })
}

/** Reads what is there. */
export async function readShelf(): Promise<void> {
  try {
    const { items, room } = await call('listShelf', null)
    held.update((now) => ({ ...now, status: 'ready', items, room, problem: now.status === 'failed' ? null : now.problem }))
  } catch (error) {
    const problem = asProblem(error)
    held.update((now) => ({ ...now, status: problem.code === 'shelf.missing' ? 'missing' : 'failed', problem }))
  }
}

/** Something was kept, used or changed by this tab: all tabs read the shelf again. */
export async function shelfChanged(): Promise<void> {
  otherTabs?.postMessage(null)
  await readShelf()
}

/** The items of one kind, the last used first. */
export function itemsOf<K extends ShelfAbout['kind']>(items: readonly ShelfItem[], kind: K) {
  return items.filter((item): item is ShelfItem<Extract<ShelfAbout, { kind: K }>> => item.about.kind === kind)
}

export function renameOnShelf(id: string, name: string): Promise<boolean> {
  return change(id, { kind: 'rename', name })
}

/** Takes an entry off; `putBack` undoes it. */
export async function takeOff(item: ShelfItem): Promise<boolean> {
  const done = await change(item.id, { kind: 'take-off' })
  if (done) held.update((now) => ({ ...now, takenOff: item }))
  return done
}

export async function putBack(): Promise<boolean> {
  const { takenOff } = held.get()
  if (takenOff === null) return false
  forgetTakenOff()
  return change(takenOff.id, { kind: 'put-back' })
}

/** It has been read that something was taken off. */
export function forgetTakenOff() {
  held.update((now) => ({ ...now, takenOff: null }))
}

export function dismissShelfProblem() {
  held.update((now) => ({ ...now, problem: null }))
}

/**
 * The person has kept something: the browser is asked not to clear it when the disk is short. Not sooner, because some browsers ask
 * the person then; and here, because a worker may not ask.
 */
export async function keptSomething(): Promise<void> {
  await shelfChanged()
  if (held.get().persisted === true) return
  const persisted = await navigator.storage?.persist?.().catch(() => false)
  held.update((now) => ({ ...now, persisted: persisted ?? false }))
}

async function readPersisted() {
  const persisted = await globalThis.navigator?.storage?.persisted?.().catch(() => false)
  if (persisted === true) held.update((now) => ({ ...now, persisted }))
}

async function change(id: string, asked: ShelfChange): Promise<boolean> {
  held.update((now) => ({ ...now, problem: null }))
  try {
    await call('changeShelf', { id, change: asked })
    await shelfChanged()
    return true
  } catch (error) {
    held.update((now) => ({ ...now, problem: asProblem(error) }))
    await readShelf()
    return false
  }
}

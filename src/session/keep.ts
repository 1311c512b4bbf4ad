// Saving: the tuned model and its twin as Hugging Face folders, and the history of a run.
// A model goes into one .zip that the browser downloads, straight into a folder that the person chose, or onto the shelf.
// Must not know: what the files hold.

import { asProblem, type Problem } from '../problem/problem.ts'
import type { SavedFile, SaveForm, SaveRequest } from '../protocol/model.ts'
import type { Progress } from '../protocol/progress.ts'
import type { KeptBase } from '../protocol/shelf.ts'
import { shown } from './activity.ts'
import { call } from './door.ts'
import type { TrainSlot } from './runState.ts'
import { createStore } from './store.ts'

export type KeepWhat = 'zip' | 'folder' | 'shelf' | 'history'

export type Keep = {
  status: 'idle' | 'saving' | 'saved' | 'failed'
  /** What is being saved, or was saved last. */
  what: { slot: TrainSlot; kind: KeepWhat } | null
  progress: Progress | null
  saved: { name: string; bytes: number } | null
  problem: Problem | null
  /** Slots whose model was saved since they were trained. */
  kept: readonly TrainSlot[]
}

export const keep = createStore<Keep>({ status: 'idle', what: null, progress: null, saved: null, problem: null, kept: [] })

const wholeModel: SaveForm = { kind: 'model', dtype: 'checkpoint' }

let saving: AbortController | null = null

/** The model in a slot as one .zip. The content is the caller's to hand to the person; null if nothing came of it. */
export function saveZip(slot: TrainSlot, name: string, form: SaveForm = wholeModel): Promise<SavedFile | null> {
  return saveModel(slot, 'zip', { slot, name, form, to: { kind: 'zip' } })
}

/** The model in a slot, written into a folder on the person's disk. */
export function saveFolder(
  slot: TrainSlot,
  name: string,
  folder: FileSystemDirectoryHandle,
  form: SaveForm = wholeModel,
): Promise<SavedFile | null> {
  return saveModel(slot, 'folder', { slot, name, form, to: { kind: 'folder', folder } })
}

/** The model in a slot, put on the shelf. */
export function saveOnShelf(
  slot: TrainSlot,
  name: string,
  form: SaveForm,
  from: { run: string; base: KeptBase },
): Promise<SavedFile | null> {
  return saveModel(slot, 'shelf', { slot, name, form, to: { kind: 'shelf', ...from } })
}

async function saveModel(slot: TrainSlot, kind: KeepWhat, request: SaveRequest): Promise<SavedFile | null> {
  const saved = await save(slot, kind, (report, signal) => call('saveModel', request, { onEvent: report, signal }))
  if (saved !== null) keep.update((now) => ({ ...now, kept: [...now.kept.filter((other) => other !== slot), slot] }))
  return saved
}

/** The run's trainer_state.json, as Trainer writes it. */
export function saveHistory(slot: TrainSlot): Promise<SavedFile | null> {
  return save(slot, 'history', (_report, signal) => call('saveHistory', { slot }, { signal }))
}

export function stopSaving() {
  saving?.abort()
}

/** A slot was trained anew: what was saved is of another model. */
export function forgetKept(slot: TrainSlot) {
  keep.update((now) => ({ ...now, kept: now.kept.filter((other) => other !== slot) }))
}

type Saver = (report: (progress: Progress) => void, signal: AbortSignal) => Promise<SavedFile>

async function save(slot: TrainSlot, kind: KeepWhat, saver: Saver): Promise<SavedFile | null> {
  if (saving !== null) return null
  const stopping = new AbortController()
  saving = stopping
  keep.update((now) => ({ ...now, status: 'saving', what: { slot, kind }, progress: null, saved: null, problem: null }))
  try {
    const file = await shown('saving', (report, signal) => {
      signal.addEventListener('abort', () => stopping.abort())
      const onEvent = (progress: Progress) => {
        keep.update((now) => ({ ...now, progress }))
        report(progress)
      }
      return saver(onEvent, stopping.signal)
    })
    keep.update((now) => ({ ...now, status: 'saved', progress: null, saved: { name: file.name, bytes: file.bytes } }))
    return file
  } catch (error) {
    const problem = asProblem(error)
    const stopped = problem.code === 'run.cancelled'
    keep.update((now) => ({ ...now, status: stopped ? 'idle' : 'failed', progress: null, problem: stopped ? null : problem }))
    return null
  } finally {
    saving = null
  }
}

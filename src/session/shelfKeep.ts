// Puts what is there on the shelf: a tuned model or its adapter, the model or adapter that was opened from files, the data set in use.
// Must not know: what the files hold.

import type { SavedFile, SaveForm, SaveRequest } from '../protocol/model.ts'
import { shown } from './activity.ts'
import { dataset } from './dataset.ts'
import { call } from './door.ts'
import { saveOnShelf } from './keep.ts'
import { currentRun } from './keptRuns.ts'
import { model } from './model.ts'
import { reportProblem } from './problems.ts'
import type { TrainSlot } from './runState.ts'
import { keptSomething } from './shelf.ts'
import { openBase } from './shelfOpen.ts'

/** The model in a slot, with the run that made it and, for an adapter, the base that it stands beside. null if nothing came of it. */
export async function keepModel(slot: TrainSlot, name: string, form: SaveForm): Promise<SavedFile | null> {
  const saved = await saveOnShelf(slot, name, form, { run: currentRun(), base: openBase() })
  if (saved !== null) await keptSomething()
  return saved
}

/** What was opened from elsewhere, so that it need not be chosen again. What went wrong is reported. */
export async function keepOpened(what: 'model' | 'adapter'): Promise<boolean> {
  const { summary } = model.get()
  const name = what === 'model' ? summary?.name : summary?.adapter?.name
  if (name === undefined) return false
  const form: SaveForm = what === 'model' ? { kind: 'model', dtype: 'checkpoint' } : { kind: 'adapter' }
  const to = { kind: 'shelf', run: null, base: openBase() } as const
  const request: SaveRequest = { slot: 'base', name: name.replace(/\.zip$/i, '').slice(0, 100), form, to }
  try {
    await shown('saving', (onEvent, signal) => call('saveModel', request, { onEvent, signal }))
    await keptSomething()
    return true
  } catch (error) {
    reportProblem(error)
    return false
  }
}

/** The data set in use, its edits included, under its file's name. What went wrong is reported. */
export async function keepDataset(): Promise<boolean> {
  const { inUse } = dataset.get()
  if (inUse === null) return false
  try {
    await shown('saving', () => call('keepDataset', { name: inUse.source.name.slice(0, 100) }))
    await keptSomething()
    return true
  } catch (error) {
    reportProblem(error)
    return false
  }
}

// Watch it learn: which record is written out after each epoch, and what became of it so far.
// Must not know: who writes it, React.

import type { WatchSample } from '../protocol/train.ts'
import { call } from './door.ts'
import { type Prompt, promptOf } from './playPrompt.ts'
import { preview } from './preview.ts'
import type { TrainSlot } from './runState.ts'
import { createStore } from './store.ts'

export type WatchChoice = { kind: 'record'; index: number } | { kind: 'own'; instruct: string; input: string } | { kind: 'none' }

export type Watch = {
  /** For the next run. */
  choice: WatchChoice
  /** What the run under way, or the last one, writes out; its label is empty for a person's own words. */
  watched: Prompt | null
  samples: Readonly<Record<TrainSlot, readonly WatchSample[]>>
}

export const watch = createStore<Watch>({ choice: { kind: 'record', index: 0 }, watched: null, samples: { tuned: [], twin: [] } })

export function chooseWatch(choice: WatchChoice) {
  watch.update((now) => ({ ...now, choice }))
}

/** The chosen record's prompts, as the run will be asked to write them; null where nothing is to be watched. */
export async function promptToWatch(): Promise<Prompt | null> {
  const { choice } = watch.get()
  if (choice.kind === 'none') return null
  if (choice.kind === 'own')
    return choice.instruct + choice.input === '' ? null : { instruct: choice.instruct, input: choice.input, label: '' }
  const rows = preview.get().report?.rows ?? []
  // The records may be others than when this one was chosen: then the first one is as good.
  const row = rows.find(({ index }) => index === choice.index) ?? rows[0]
  return row === undefined ? null : promptOf(await call('previewRecord', { index: row.index }))
}

export function watchBegins(slot: TrainSlot, watched: Prompt | null) {
  watch.update((now) => ({ ...now, watched, samples: slot === 'tuned' ? { tuned: [], twin: [] } : { ...now.samples, twin: [] } }))
}

export function samplesArrived(slot: TrainSlot, samples: readonly WatchSample[]) {
  if (samples.length === 0) return
  watch.update((now) => ({ ...now, samples: { ...now.samples, [slot]: [...now.samples[slot], ...samples] } }))
}

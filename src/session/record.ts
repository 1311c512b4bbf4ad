// The record that is open: its tokens and labels, and the batch it falls into, as of the last preview.
// Must not know: how they are shown.

import { asProblem, type Problem } from '../problem/problem.ts'
import type { BatchPreview, RecordPreview, RecordRow } from '../protocol/dataset.ts'
import { address } from './address.ts'
import { call } from './door.ts'
import { preview } from './preview.ts'
import { settings } from './settings.ts'
import { createStore, type Readable } from './store.ts'

export type OpenRecord = {
  status: 'none' | 'opening' | 'open' | 'failed'
  /** Stays while the next one is fetched, so that nothing flickers. */
  record: RecordPreview | null
  batch: BatchPreview | null
  problem: Problem | null
}

const held = createStore<OpenRecord>({ status: 'none', record: null, batch: null, problem: null })
let asked = ''

export const openRecord: Readable<OpenRecord> = held

/** Keeps the open record true to the address, the preview and the batch size. Called once, when the page opens. */
export function followRecord(): () => void {
  const stops = [address, preview, settings].map((store) => store.subscribe(renew))
  renew()
  return () => {
    for (const stop of stops) stop()
  }
}

/** The record that an address names by its number in the file, or the first one. */
export function addressedRow(rows: readonly RecordRow[], record: number | null): RecordRow | undefined {
  return rows.find((row) => row.row === record) ?? rows[0]
}

function renew() {
  const index = addressedRow(preview.get().report?.rows ?? [], address.get().record)?.index
  const { version, status } = preview.get()
  if (index === undefined) {
    asked = ''
    if (held.get().status !== 'none') held.set({ status: 'none', record: null, batch: null, problem: null })
    return
  }
  if (status === 'working') return
  const batchSize = settings.get().settings.per_device_train_batch_size
  const question = `${index} ${version} ${batchSize}`
  if (question === asked) return
  asked = question
  void ask(question, index, batchSize)
}

async function ask(question: string, index: number, batchSize: number): Promise<void> {
  held.update((now) => ({ ...now, status: 'opening' }))
  try {
    const [record, batch] = await Promise.all([call('previewRecord', { index }), call('previewBatch', { index, batchSize })])
    if (question === asked) held.set({ status: 'open', record, batch, problem: null })
  } catch (error) {
    if (question === asked) held.set({ status: 'failed', record: null, batch: null, problem: asProblem(error) })
  }
}

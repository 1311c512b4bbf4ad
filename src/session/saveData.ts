// Gives the data set in use, edits included, to the person as a file.
// Must not know: how a download is started.

import type { SavedFile } from '../protocol/model.ts'
import { shown } from './activity.ts'
import { dataset } from './dataset.ts'
import { call } from './door.ts'
import { reportProblem } from './problems.ts'

/** The file to hand over; null if it could not be made, which is reported. */
export async function saveDataset(): Promise<SavedFile | null> {
  const { inUse } = dataset.get()
  if (inUse === null) return null
  const stem = inUse.source.name.replace(/\.[^.]*$/, '')
  try {
    return await shown('saving', (_report, signal) => call('saveDataset', { name: `${stem}.edited.json` }, { signal }))
  } catch (error) {
    reportProblem(error)
    return null
  }
}

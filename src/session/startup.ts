// What happens by itself: the page opens, and the worker, the backend and the model of the last visit are there; a worker is lost, and all of it is put back.
// Must not know: how anything of it is shown.

import { ProblemError } from '../problem/problem.ts'
import { followAdapter } from './adapter.ts'
import { followAddress } from './address.ts'
import { chooseBackend } from './backend.ts'
import { restoreDataset } from './dataset.ts'
import { onRestart } from './door.ts'
import { followForecast } from './forecast.ts'
import { followKeptRuns } from './keptRuns.ts'
import { followModel, openLastModel } from './lastModel.ts'
import { modelLost, reopenModel } from './model.ts'
import { followPreview } from './preview.ts'
import { reportProblem } from './problems.ts'
import { readUnfinished } from './pulling.ts'
import { followRecord } from './record.ts'
import { followDataset, reopenKept } from './reload.ts'
import { followRuns } from './runFollow.ts'
import { followShelf } from './shelf.ts'

/** Called once, before the page is drawn. */
export function open() {
  followAddress()
  followPreview()
  followForecast()
  followRecord()
  followRuns()
  followAdapter()
  followModel()
  followShelf()
  followKeptRuns()
  onRestart((message) => {
    reportProblem(new ProblemError({ code: 'run.worker-lost', values: { message }, where: '' }))
    void putBack()
  })
  void begin()
}

async function begin() {
  await someBackend()
  await Promise.all([reopenKept().then(followDataset), openLastModel(), readUnfinished()])
}

/** The last choice; on a machine where it does not work any more, whatever does. */
async function someBackend() {
  if (!(await chooseBackend())) await chooseBackend('auto')
}

/** The records first: the preview is asked for as soon as the model is there. */
async function putBack() {
  modelLost()
  await someBackend()
  await restoreDataset()
  await reopenModel()
}

// What each step of the rail says of itself, in a few words.
// attention: something there wants to be looked at.

import type { Step } from '../../session/address.ts'
import { dataset } from '../../session/dataset.ts'
import { evaluation } from '../../session/evaluation.ts'
import { keep } from '../../session/keep.ts'
import { model } from '../../session/model.ts'
import { preview } from '../../session/preview.ts'
import { run } from '../../session/run.ts'
import { isUnderWay } from '../../session/runState.ts'
import { itemsOf, shelf } from '../../session/shelf.ts'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'

export type StepState = { text: string; attention: boolean }

const calm = (text: string): StepState => ({ text, attention: false })
const wanting = (text: string): StepState => ({ text, attention: true })

export function useStepState(step: Step): StepState {
  const states = {
    data: useDataState,
    model: useModelState,
    train: useTrainState,
    play: usePlayState,
    keep: useKeepState,
    runs: useRunsState,
  }
  return states[step]()
}

function useDataState(): StepState {
  const { app } = useWords()
  const { count } = useFigures()
  const { status, inUse, refused } = useStore(dataset)
  const rows = useStore(preview, ({ report }) => report?.rows.filter((row) => !row.leftOut).length)
  if (status === 'reading') return calm(app.readingData)
  if (status === 'report') return wanting(app.waitingReport)
  if (inUse === null) return refused === null ? calm(app.noData) : wanting(app.notRead)
  const records = rows ?? inUse.reading.goodRows
  const problems = inUse.reading.problems.filter(({ severity }) => severity !== 'note').length + inUse.reading.moreProblems
  const text = app.records(count(records), records === 1)
  return problems === 0 ? calm(text) : wanting(text + app.withProblems(count(problems), problems === 1))
}

function useModelState(): StepState {
  const { app } = useWords()
  const { percent, short } = useFigures()
  const { status, summary, progress, problem } = useStore(model)
  if (status === 'opening') {
    const share =
      progress === null || progress.total === null || progress.total === 0 ? '' : percent(progress.done / progress.total)
    return calm(app.loadingModel(share))
  }
  if (summary === null) return problem === null ? calm(app.noModel) : wanting(app.modelFailed)
  const { name, parameters, adapter } = summary
  return calm(adapter === null ? app.modelReady(name, short(parameters)) : app.modelWithAdapter(name, short(parameters)))
}

function useTrainState(): StepState {
  const { app } = useWords()
  const { count, precise } = useFigures()
  const { status, slot, histories, problem } = useStore(run)
  const hasData = useStore(dataset, (now) => now.inUse !== null)
  const hasModel = useStore(model, (now) => now.summary !== null)
  // Once all is done it is the run itself that counts, not the twin that came after it.
  const history = isUnderWay(status) ? histories[slot] : (histories.tuned ?? histories[slot])
  const last = history?.steps.at(-1)
  const total = history?.plan?.totalSteps
  if (isUnderWay(status)) {
    if (last === undefined || status === 'preparing') return calm(app.preparing)
    if (status === 'judging') return calm(app.judging)
    return calm(
      (status === 'paused' ? app.pausedAt : app.trainingAt)(count(last.step), count(total ?? last.step), precise(last.loss)),
    )
  }
  if (problem !== null) return wanting(app.runFailed)
  if (last !== undefined) return calm(app.trained(count(last.step), precise(last.loss)))
  if (!hasData) return calm(app.needsData)
  return calm(hasModel ? app.readyToTrain : app.needsModel)
}

function usePlayState(): StepState {
  const { app } = useWords()
  const tuned = useStore(evaluation, ({ slots }) => slots.tuned)
  const hasModel = useStore(model, (now) => now.summary !== null)
  if (tuned !== null) return calm(app.verdicts[tuned.verdict.kind])
  return calm(hasModel ? app.baseOnly : app.needsModel)
}

function useKeepState(): StepState {
  const { app } = useWords()
  const held = useStore(run, ({ histories }) => histories.tuned?.held === true)
  const kept = useStore(keep, (now) => now.kept.includes('tuned'))
  if (!held) return calm(app.notYet)
  return calm(kept ? app.kept : app.notKept)
}

function useRunsState(): StepState {
  const { app } = useWords()
  const { count } = useFigures()
  const { status, items } = useStore(shelf)
  const runs = itemsOf(items, 'run').length
  if (status === 'missing') return calm(app.noShelf)
  return calm(runs === 0 ? app.noRuns : app.runsKept(count(runs), runs === 1))
}

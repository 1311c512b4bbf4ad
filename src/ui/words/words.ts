// All words of the page, in both languages. English is the definition: a word that the Chinese catalogue lacks is a type error.
// One file a step and language; a value is a sentence, or a function from what it speaks of.

import type { ProblemTexts } from '../../problem/problem.ts'
import { problemTexts } from '../../problem/problem.ts'
import type { Language } from '../../session/preferences.ts'
import { app as enApp } from './en/app.ts'
import { dataset as enDataset } from './en/dataset.ts'
import { hub as enHub } from './en/hub.ts'
import { keep as enKeep } from './en/keep.ts'
import { model as enModel } from './en/model.ts'
import { playground as enPlayground } from './en/playground.ts'
import { record as enRecord } from './en/record.ts'
import { runs as enRuns } from './en/runs.ts'
import { shelf as enShelf } from './en/shelf.ts'
import { training as enTraining } from './en/training.ts'
import { app as zhApp } from './zh/app.ts'
import { dataset as zhDataset } from './zh/dataset.ts'
import { hub as zhHub } from './zh/hub.ts'
import { keep as zhKeep } from './zh/keep.ts'
import { model as zhModel } from './zh/model.ts'
import { playground as zhPlayground } from './zh/playground.ts'
import { problems as zhProblems } from './zh/problems.ts'
import { record as zhRecord } from './zh/record.ts'
import { runs as zhRuns } from './zh/runs.ts'
import { shelf as zhShelf } from './zh/shelf.ts'
import { training as zhTraining } from './zh/training.ts'

const en = {
  app: enApp,
  dataset: enDataset,
  record: enRecord,
  model: enModel,
  hub: enHub,
  training: enTraining,
  playground: enPlayground,
  keep: enKeep,
  shelf: enShelf,
  runs: enRuns,
}

export type Words = typeof en

const zh: Words = {
  app: zhApp,
  dataset: zhDataset,
  record: zhRecord,
  model: zhModel,
  hub: zhHub,
  training: zhTraining,
  playground: zhPlayground,
  keep: zhKeep,
  shelf: zhShelf,
  runs: zhRuns,
}

export const catalogue: Readonly<Record<Language, { words: Words; problems: ProblemTexts }>> = {
  en: { words: en, problems: problemTexts },
  zh: { words: zh, problems: zhProblems },
}

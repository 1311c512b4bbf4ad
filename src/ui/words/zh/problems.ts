// Everything that can go wrong, said in Simplified Chinese. A code without its sentence is a type error.

import type { ProblemTexts } from '../../../problem/problem.ts'
import { datasetProblems } from './problemsDataset.ts'
import { hubProblems } from './problemsHub.ts'
import { modelProblems } from './problemsModel.ts'
import { runProblems } from './problemsRun.ts'
import { shelfProblems } from './problemsShelf.ts'

export const problems: ProblemTexts = { ...datasetProblems, ...modelProblems, ...hubProblems, ...runProblems, ...shelfProblems }

// The words, figures and problems of the page in the language that the person reads.
// Must not know: any word.

import { useMemo } from 'react'
import { type Problem, type ProblemText, sayProblem } from '../../problem/problem.ts'
import { preferences } from '../../session/preferences.ts'
import { useStore } from '../kit/useStore.ts'
import { type Figures, figuresIn } from './figures.ts'
import { catalogue, type Words } from './words.ts'

export function useWords(): Words {
  return catalogue[useStore(preferences).language].words
}

/** How numbers are written: `figures.count(12000)`, `figures.bytes(9e6)`. */
export function useFigures(): Figures {
  const { language } = useStore(preferences)
  return useMemo(() => figuresIn(language), [language])
}

/** Says a problem in the person's language. */
export function useSayProblem(): (problem: Problem) => ProblemText {
  const { problems } = catalogue[useStore(preferences).language]
  return (problem) => sayProblem(problem, problems)
}

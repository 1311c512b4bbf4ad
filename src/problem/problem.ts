// What any layer says when something cannot be done: what happened, where, and what to do about it.
// A problem is data, a code with its values, so it crosses the worker's door whole and the page can say it in the person's language;
// the English sentences beside the codes are the definition, and the command line prints them.
// Must not know: who will show it.

import { datasetProblems } from './dataset.ts'
import { hubProblems } from './hub.ts'
import { modelProblems } from './model.ts'
import { runProblems } from './run.ts'
import { shelfProblems } from './shelf.ts'

/** The two sentences a problem is said in. */
export type ProblemText = { what: string; remedy: string }

export const problemTexts = { ...datasetProblems, ...modelProblems, ...hubProblems, ...runProblems, ...shelfProblems }

export type ProblemTexts = typeof problemTexts
export type ProblemCode = keyof ProblemTexts
export type ProblemValues<C extends ProblemCode> = Parameters<ProblemTexts[C]>[0]

export type ProblemOf<C extends ProblemCode> = {
  code: C
  values: ProblemValues<C>
  /** A file, a row, a tensor, a step: the place to look. Never translated. Empty when there is no place. */
  where: string
}
export type Problem = { [C in ProblemCode]: ProblemOf<C> }[ProblemCode]

/** The sentences of a problem in one language; `texts` is the English definition or a translation of it. */
export function sayProblem(problem: Problem, texts: ProblemTexts = problemTexts): ProblemText {
  return say(problem, texts)
}

function say<C extends ProblemCode>(problem: ProblemOf<C>, texts: { [K in C]: (values: ProblemValues<K>) => ProblemText }) {
  return texts[problem.code](problem.values)
}

/** The one error class of the project. Thrown wherever a person can do something about what happened. */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    const { what, remedy } = sayProblem(problem)
    super([problem.where, what, remedy].filter((part) => part !== '').join(': '))
    this.name = 'ProblemError'
    this.problem = problem
  }
}

/** A fault of ours, or of the machine's, as a problem: the message is kept, and the person is told that nothing of theirs is at fault. */
export function asProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return { code: 'run.unexpected', values: { message }, where: '' }
}

// The demo poems that come with the page, in both of its languages.
// Must not know: who asks for them.

import { asProblem, ProblemError } from '../problem/problem.ts'
import { readSource, refuse } from './dataset.ts'
import type { Language } from './preferences.ts'

export const sampleFiles: Readonly<Record<Language, string>> = { en: 'poems.en.json', zh: 'poems.zh.json' }

/** Fetches a sample from beside the page and reads it like any file. */
export async function readSample(language: Language): Promise<void> {
  const name = sampleFiles[language]
  try {
    const answer = await fetch(new URL(`data/${name}`, document.baseURI))
    if (!answer.ok)
      throw new ProblemError({ code: 'dataset.unreadable', values: { message: `HTTP ${answer.status}` }, where: name })
    await readSource({ name, content: await answer.blob() })
  } catch (error) {
    const problem = asProblem(error)
    refuse(
      name,
      problem.code === 'run.unexpected' ? { code: 'dataset.unreadable', values: problem.values, where: name } : problem,
    )
  }
}

// Where things are on the page, by the words that a person reads: the steps of the rail, what each says, common waits.

import type { Locator } from 'playwright-core'
import type { Step } from '../../src/session/address.ts'
import type { Studio } from './studio.ts'

/** The link of a step in the rail; it holds the step's state too. */
export function stepLink({ page, words }: Studio, step: Step): Locator {
  return page
    .getByRole('navigation', { name: words.app.rail })
    .getByRole('link', { name: new RegExp(`^${words.app.steps[step]}( |$)`) })
}

export async function goTo(studio: Studio, step: Step): Promise<void> {
  await stepLink(studio, step).click()
  await studio.page.waitForURL(new RegExp(`#/${step}`))
  await studio.page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
}

/** Waits until a step's state in the rail says something. */
export async function stepSays(studio: Studio, step: Step, text: string | RegExp, timeout = 60_000): Promise<void> {
  const ends = Date.now() + timeout
  for (;;) {
    // A narrow screen has no room for the states; they are there all the same.
    const said = (await stepLink(studio, step).textContent()) ?? ''
    if (typeof text === 'string' ? said.includes(text) : text.test(said)) return
    if (Date.now() > ends) throw new Error(`The step ${step} says “${said}”, not ${text}, after ${timeout / 1000} s.`)
    await studio.page.waitForTimeout(150)
  }
}

/** A sentence as a pattern in which each mark stands for something. */
export function asPattern(sentence: string, marks: Readonly<Record<string, string>>): RegExp {
  let pattern = sentence.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  for (const [mark, meaning] of Object.entries(marks)) pattern = pattern.replaceAll(mark, meaning)
  return new RegExp(pattern, 's')
}

/** A sentence of the page, whatever figures stand in it. */
export function around(sentence: (...figures: [string, string, string]) => string): RegExp {
  return asPattern(sentence('\u0001', '\u0001', '\u0001'), { '\u0001': '.+?' })
}

export async function seen(locator: Locator, timeout = 30_000): Promise<void> {
  await locator.first().waitFor({ state: 'visible', timeout })
}

/** The embedded model is read and can be used. */
export async function modelIsReady(studio: Studio): Promise<void> {
  const { words } = studio
  await stepSays(
    studio,
    'model',
    around((parameters) => words.app.modelReady('tabtune-poet', parameters)),
  )
}

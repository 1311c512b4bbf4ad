// One look of the page (language, theme, width): opened, filled with the demo poems, trained, and photographed step by step.
// Finds things by the words that a person reads.

import type { Browser, Page } from 'playwright-core'
import type { Step } from '../../src/session/address.ts'
import type { Language } from '../../src/session/preferences.ts'
import { catalogue, type Words } from '../../src/ui/words/words.ts'

export type Look = { language: Language; colorScheme: 'light' | 'dark'; width: number; height: number }

export type Shown = {
  page: Page
  words: Words
  /** Loads the demo poems in the page's own language. */
  sample: () => Promise<void>
  /** Goes to a step and takes its picture. */
  take: (path: string, step: Step) => Promise<void>
  close: () => Promise<void>
}

export const steps: readonly Step[] = ['data', 'model', 'train', 'play', 'keep', 'runs']

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' }
/** Until what moves has come to rest. */
const settledMs = 900

export async function openLook(browser: Browser, url: string, { language, colorScheme, width, height }: Look): Promise<Shown> {
  const context = await browser.newContext({ locale: locales[language], colorScheme, viewport: { width, height } })
  const page = await context.newPage()
  page.setDefaultTimeout(120_000)
  await page.goto(url)
  const { words } = catalogue[language]
  await page
    .getByText(/tabtune-poet/)
    .first()
    // A narrow screen has no room for the states; they are there all the same.
    .waitFor({ state: 'attached' })
  const goTo = async (step: Step) => {
    await page.goto(`${url}#/${step}`)
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
    await page.waitForTimeout(settledMs)
  }
  return {
    page,
    words,
    sample: async () => {
      await goTo('data')
      await page.getByRole('button', { name: words.dataset.tryDemo }).first().click()
      await page.getByRole('listbox').or(page.getByRole('list')).first().waitFor()
      await page.waitForTimeout(settledMs)
    },
    take: async (path, step) => {
      await goTo(step)
      await page.evaluate(() => {
        for (const element of [document.documentElement, ...document.querySelectorAll('main')]) element.scrollTop = 0
      })
      await page.screenshot({ path })
    },
    close: () => context.close(),
  }
}

/** Trains the demo poems with their twin, to the verdict of both. */
export async function trained({ page, words }: Shown): Promise<void> {
  await page.evaluate(() => {
    window.location.hash = '#/train'
  })
  await page.getByRole('switch', { name: words.training.twin.label }).click()
  const epochs = words.training.button('28', false, '16', false)
  await page.getByRole('button', { name: epochs }).click()
  // The summary's line on the twin is the last thing that a run writes.
  const sentence = words.training.summary.twin('§', '§').split('§')[0] ?? ''
  await page.getByText(sentence).first().waitFor({ timeout: 600_000 })
}

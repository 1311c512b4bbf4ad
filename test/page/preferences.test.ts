// How the page speaks and looks: as the browser says, until the person chooses; a choice stays, and nothing else changes with it.

import { afterEach, expect, it } from 'vitest'
import { catalogue } from '../../src/ui/words/words.ts'
import { photographFailures } from './failures.ts'
import { goTo, modelIsReady, seen, stepLink, stepSays } from './steps.ts'
import { openStudio, type Studio } from './studio.ts'

let studio: Studio
photographFailures(() => studio)
afterEach(() => studio.close())

const main = () => studio.page.getByRole('main')
const zh = catalogue.zh.words
const theme = () => studio.page.evaluate(() => document.documentElement.dataset.theme)

async function choose(menu: string, choice: string) {
  await studio.page.getByRole('button', { name: new RegExp(`^${menu}`) }).click()
  await studio.page.getByRole('menuitemradio', { name: choice, exact: true }).click()
}

it('changes its language in the middle of the work, and everything stays', async () => {
  studio = await openStudio({ language: 'en' })
  const { words, page } = studio
  await modelIsReady(studio)
  await main().getByRole('button', { name: words.dataset.tryDemo }).click()
  await stepSays(studio, 'data', words.app.records('28', false))
  await main().getByRole('button', { name: words.record.next }).click()
  await choose(words.app.language, words.app.languages.zh)
  await seen(main().getByRole('heading', { name: zh.record.title('2') }))
  studio = { ...studio, words: zh, problems: catalogue.zh.problems, language: 'zh' }
  await stepSays(studio, 'data', zh.app.records('28', false))
  expect(await page.evaluate(() => document.documentElement.lang)).toMatch(/^zh/)
  for (const step of ['model', 'train', 'play', 'keep'] as const) {
    await goTo(studio, step)
    expect(await main().innerText()).not.toContain(words.training.intro)
  }
  await page.reload()
  await seen(stepLink(studio, 'data'))
})

it('follows the system into the dark, until a theme is chosen; the choice stays', async () => {
  studio = await openStudio({ colorScheme: 'dark' })
  const { words, page } = studio
  await seen(main().getByRole('heading', { level: 1 }))
  expect(await theme()).toBe('dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await expect.poll(theme).toBe('light')
  await choose(words.app.theme, words.app.themes.dark)
  await expect.poll(theme).toBe('dark')
  await page.reload()
  await seen(main().getByRole('heading', { level: 1 }))
  expect(await theme()).toBe('dark')
})

// The walk on a screen of 360 px: everything can be reached and pressed, and nothing is wider than the screen.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { overflow } from './axe.ts'
import { oneAfterAnother } from './failures.ts'
import { around, goTo, modelIsReady, seen, stepSays } from './steps.ts'
import { openStudio, type Studio } from './studio.ts'

let studio: Studio
oneAfterAnother(() => studio)
beforeAll(async () => {
  studio = await openStudio({ width: 360, height: 740 })
  await modelIsReady(studio)
})
afterAll(() => studio.close())

const main = () => studio.page.getByRole('main')
const button = (name: string | RegExp) => main().getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) })
const nothingIsCut = async () => expect(await overflow(studio.page)).toBe(0)

it('opens the demo and a record of it', async () => {
  const { words } = studio
  await button(words.dataset.tryDemo).click()
  await stepSays(studio, 'data', words.app.records('28', false))
  await main().getByRole('option').nth(2).click()
  await seen(main().getByRole('heading', { name: words.record.title('3') }))
  await main().getByRole('radio', { name: words.record.views.tokens }).click()
  await nothingIsCut()
})

it('trains, with the curve and the way to stop in reach', async () => {
  const { words, page } = studio
  await goTo(studio, 'train')
  await main().getByText(words.training.settings.title, { exact: true }).click()
  await main().getByRole('textbox', { name: 'max_steps', exact: true }).fill('40')
  await page.keyboard.press('Enter')
  await button(words.training.buttonSteps('28', false, '40')).click()
  await stepSays(studio, 'train', around(words.app.trainingAt))
  await seen(main().getByRole('slider', { name: words.training.chart.read }))
  await nothingIsCut()
  await page
    .getByRole('contentinfo')
    .getByRole('button', { name: words.app.stop(words.app.work.training) })
    .click()
  await stepSays(studio, 'train', around(words.app.trained), 90_000)
})

it('writes, and keeps', async () => {
  const { words } = studio
  await goTo(studio, 'play')
  await button(words.playground.writeAll('4')).click()
  await seen(main().getByText(around(words.playground.panes.speed)), 90_000)
  await nothingIsCut()
  await goTo(studio, 'keep')
  await Promise.all([studio.page.waitForEvent('download'), button(words.keep.model.zip).click()])
  await nothingIsCut()
})

it('opens its menus within the screen', async () => {
  const { words, page } = studio
  for (const label of [words.app.chooseBackend, words.app.language, words.app.theme]) {
    await page.getByRole('button', { name: new RegExp(`^${label}`) }).click()
    const box = await page.getByRole('menu').boundingBox()
    expect(box?.x).toBeGreaterThanOrEqual(0)
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(360)
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'hidden' })
  }
})

// The first minute of somebody who has never seen the page, on a small laptop: the demo and its training are two presses, and each step
// ends in the press that leads to the next, down to a saved model.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { photographFailures } from './failures.ts'
import { around, modelIsReady, seen } from './steps.ts'
import { openStudio, type Studio } from './studio.ts'

let studio: Studio
photographFailures(() => studio)
beforeAll(async () => {
  studio = await openStudio({ width: 1280, height: 800 })
  await modelIsReady(studio)
})
afterAll(() => studio.close())

const main = () => studio.page.getByRole('main')
const button = (name: string) => main().getByRole('button', { name, exact: true })
const heading = (name: string) => main().getByRole('heading', { level: 1, name })
/** Whether a button is there to be pressed without scrolling. */
const inSight = (name: string) =>
  button(name).evaluate((element) => element.getBoundingClientRect().bottom < (document.querySelector('main')?.clientHeight ?? 0))
const focusIsIn = (selector: string) =>
  studio.page.evaluate((within) => document.activeElement?.closest(within) !== null, selector)

it('says what the way is, and trains the demo in two presses', async () => {
  const { words } = studio
  await seen(main().getByRole('list', { name: words.dataset.loop.title }))
  expect(await inSight(words.dataset.tryDemo)).toBe(true)
  await button(words.dataset.tryDemo).click()
  const train = words.training.button('28', false, '16', false)
  await seen(button(train))
  expect(await inSight(train)).toBe(true)
  await button(train).click()
  await seen(heading(words.training.title))
  await seen(main().getByRole('slider', { name: words.training.chart.read }), 60_000)
  expect(await focusIsIn('main'), 'the keyboard is in the step').toBe(true)
})

it('leads from the verdict to what it writes, and on to keeping it, each step from its top', async () => {
  const { words } = studio
  await seen(main().getByText(around(words.training.summary.verdictTime)), 180_000)
  expect(await inSight(words.training.summary.see)).toBe(true)
  await button(words.training.summary.see).click()
  await seen(heading(words.playground.title))
  await seen(main().getByText(words.playground.panes.title, { exact: true }))
  expect(await focusIsIn('main')).toBe(true)
  await button(words.training.summary.keep).click()
  await seen(heading(words.keep.title))
  expect(await main().evaluate((element) => element.scrollTop)).toBe(0)
  expect(await inSight(words.keep.model.zip)).toBe(true)
})

it('only leads to Train from Data once there was a run, so that no press replaces it unasked', async () => {
  const { page, words } = studio
  await page.goto(`${studio.url}#/data`)
  await seen(button(words.dataset.toTrain))
  expect(await button(words.training.button('28', false, '16', false)).count()).toBe(0)
  await button(words.dataset.toTrain).click()
  await seen(main().getByText(around(words.training.summary.verdictTime)))
})

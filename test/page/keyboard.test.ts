// The walk without a mouse: every press is a key, and at each stop of the Tab key one can see where one is.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { oneAfterAnother } from './failures.ts'
import { around, modelIsReady, seen, stepSays } from './steps.ts'
import { openStudio, type Studio } from './studio.ts'

let studio: Studio
oneAfterAnother(() => studio)
beforeAll(async () => {
  studio = await openStudio()
  await modelIsReady(studio)
})
afterAll(() => studio.close())

const mostStops = 150
const press = (key: string) => studio.page.keyboard.press(key)

/** What has the focus: its accessible words, and whether something shows that it has. */
function focused() {
  return studio.page.evaluate(() => {
    const element = document.activeElement
    if (!(element instanceof HTMLElement) || element === document.body) return null
    const labels = element instanceof HTMLInputElement || element instanceof HTMLButtonElement ? [...(element.labels ?? [])] : []
    const named = (element.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.innerText ?? '')
    const words = [
      element.getAttribute('aria-label') ?? '',
      ...named,
      ...labels.map((label) => label.innerText),
      element.innerText,
    ]
    const around = [element, element.parentElement, element.nextElementSibling, element.parentElement?.parentElement]
    const shown = around.some((each) => {
      if (!each) return false
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each)
      return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
    })
    return { name: words.join(' ').replaceAll(/\s+/g, ' ').trim(), shown }
  })
}

/** Presses Tab until something with these words has the focus; every stop on the way must be visible. */
async function tabTo(words: string | RegExp) {
  const stops: string[] = []
  for (let stop = 0; stop < mostStops; stop++) {
    await press('Tab')
    const at = await focused()
    if (at === null) continue
    stops.push(at.name)
    expect(at.shown, `one sees that “${at.name}” has the focus`).toBe(true)
    if (typeof words === 'string' ? at.name.includes(words) : words.test(at.name)) return
  }
  throw new Error(`Tab does not come to ${words}; it came to: ${stops.join(' | ')}`)
}

const main = () => studio.page.getByRole('main')

it('skips the rail', async () => {
  await press('Tab')
  expect((await focused())?.name).toBe(studio.words.app.skip)
  await press('Enter')
  await tabTo(studio.words.dataset.tryDemo)
})

it('opens the demo and goes through its records', async () => {
  const { words } = studio
  await press('Enter')
  await stepSays(studio, 'data', words.app.records('28', false))
  await seen(main().getByRole('listbox'))
  await main().getByRole('listbox').focus()
  await press('ArrowDown')
  await press('ArrowDown')
  await seen(main().getByRole('heading', { name: words.record.title('3') }))
  await press('End')
  await seen(main().getByRole('heading', { name: words.record.title('28') }))
  await press('Home')
  await seen(main().getByRole('heading', { name: words.record.title('1') }))
})

it('switches from text to tokens with an arrow key', async () => {
  const { words } = studio
  await tabTo(words.record.views.text)
  await press('ArrowRight')
  await seen(main().getByRole('radio', { name: words.record.views.tokens, checked: true }))
  await press('ArrowLeft')
})

it('chooses a language and a theme from menus', async () => {
  const { words, page } = studio
  await tabTo(words.app.theme)
  await press('Enter')
  await seen(page.getByRole('menuitemradio', { name: words.app.themes.dark }))
  await press('ArrowDown')
  await press('ArrowDown')
  await press('Enter')
  await page.getByRole('menu').waitFor({ state: 'hidden' })
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
})

it('goes to Train by the rail, changes a setting and trains', async () => {
  const { words } = studio
  // With its state: “Train 28 records …” in Data would begin at once.
  await tabTo(`${words.app.steps.train} ${words.app.readyToTrain}`)
  await press('Enter')
  await seen(main().getByRole('heading', { level: 1, name: words.training.title }))
  await tabTo(words.training.settings.title)
  await press('Enter')
  await tabTo(/^max_steps/)
  await press('Control+a')
  await studio.page.keyboard.type('4')
  await press('Enter')
  await tabTo(words.training.buttonSteps('28', false, '4'))
  await press('Enter')
  await stepSays(studio, 'train', around(words.app.trained), 60_000)
})

it('reads the curve with the arrow keys', async () => {
  const { words } = studio
  await main().getByRole('slider', { name: words.training.chart.read }).focus()
  await press('Home')
  const first = await main().getByText(around(words.training.chart.at)).innerText()
  await press('ArrowRight')
  await expect.poll(() => main().getByText(around(words.training.chart.at)).innerText()).not.toBe(first)
})

it('plays, and keeps', async () => {
  const { words } = studio
  await tabTo(new RegExp(`^${words.app.steps.play} `))
  await press('Enter')
  await tabTo(words.playground.writeAll('4'))
  await press('Enter')
  await seen(main().getByText(around(words.playground.panes.speed)), 60_000)
  await tabTo(new RegExp(`^${words.app.steps.keep} `))
  await press('Enter')
  await tabTo(words.keep.model.zip)
  const [saved] = await Promise.all([studio.page.waitForEvent('download'), press('Enter')])
  expect(saved.suggestedFilename()).toMatch(/\.zip$/)
})

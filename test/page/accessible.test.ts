// Every step, empty and full, in both themes, wide and narrow, in both languages: axe finds nothing, and nothing is cut off.

import { afterAll, beforeAll, describe, it } from 'vitest'
import type { Language } from '../../src/session/preferences.ts'
import { photographFailures } from './failures.ts'
import { dropPaths, fileOf } from './hand.ts'
import { everyLook as look } from './looks.ts'
import { around, goTo, modelIsReady, seen, stepSays } from './steps.ts'
import { openStudio, type Studio } from './studio.ts'

describe.each<Language>(['en', 'zh'])('in %s', (language) => {
  let studio: Studio
  photographFailures(() => studio)
  beforeAll(async () => {
    studio = await openStudio({ language })
    await modelIsReady(studio)
  })
  afterAll(() => studio.close())

  const main = () => studio.page.getByRole('main')
  const button = (name: string | RegExp) => main().getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) })

  const everyLook = (what: string, options = {}) => look(studio, what, options)

  it('Data, empty', () => everyLook('welcome'))

  it('Train, Play, Keep and Runs with nothing to do yet', async () => {
    for (const step of ['train', 'play', 'keep', 'runs'] as const) {
      await goTo(studio, step)
      await everyLook(`${step}, empty`)
    }
  })

  it('Data, a refused file', async () => {
    await dropPaths(studio.page, [await fileOf('bad.json', '[')])
    await seen(main().getByRole('region', { name: studio.words.dataset.refused('bad.json') }))
    await everyLook('refused')
  })

  it('Data, the report on a file with faults', async () => {
    const rows = [{ instruct: 'a', input: '', label: 'b' }, { instruct: 'a' }, { instruct: 'a', input: 'x', label: 'b', more: 1 }]
    await dropPaths(studio.page, [await fileOf('faults.json', JSON.stringify(rows))])
    await seen(main().getByRole('heading', { name: studio.words.dataset.report.title('faults.json') }))
    await everyLook('report')
    await button(studio.words.dataset.report.dropIt).click()
  })

  it('Data, with records: as text, as tokens, as the article prints them, edited', async () => {
    const { words } = studio
    await button(words.dataset.tryDemo).click()
    await stepSays(studio, 'data', words.app.records('28', false))
    for (const view of Object.values(words.record.views)) {
      await main().getByRole('radio', { name: view }).click()
      await everyLook(view)
    }
    await button(words.record.edit.start).click()
    await everyLook('editing')
    await button(words.record.edit.cancel).click()
  })

  it('Model', async () => {
    await goTo(studio, 'model')
    await main().getByText(studio.words.model.shape.title, { exact: true }).click()
    await everyLook('model')
  })

  it('Train, with every setting open', async () => {
    const { words } = studio
    await goTo(studio, 'train')
    await main().getByText(words.training.settings.title, { exact: true }).click()
    await main().getByText(words.training.command.title, { exact: true }).click()
    await main().getByRole('switch', { name: words.training.twin.label }).click()
    await everyLook('settings')
    await main().getByRole('textbox', { name: 'max_steps', exact: true }).fill('6')
    await studio.page.keyboard.press('Enter')
  })

  it('Train, paused in the middle', async () => {
    const { words } = studio
    await button(words.training.buttonSteps('28', false, '6')).click()
    await stepSays(studio, 'train', around(words.app.trainingAt))
    await button(words.training.run.pause).click()
    await stepSays(studio, 'train', around(words.app.pausedAt))
    await everyLook('paused')
    await button(words.training.run.goOn).click()
  })

  it('Train, when the run and its twin are over, as curve and as tables', async () => {
    const { words } = studio
    await seen(main().getByText(around(words.training.summary.twin)), 120_000)
    await stepSays(studio, 'train', around(words.app.trained))
    for (const view of [words.training.chart.curve, words.training.chart.steps, words.training.chart.epochs]) {
      await main().getByRole('radio', { name: view, exact: true }).click()
      await everyLook(view)
    }
  })

  it('Play, with six panes written', async () => {
    const { words } = studio
    await goTo(studio, 'play')
    await button(words.playground.writeAll('6')).click()
    await seen(main().getByText(around(words.playground.panes.speed)), 90_000)
    await everyLook('play')
    await main().getByRole('radio', { name: words.playground.subject.own }).click()
    await everyLook('own words')
  })

  it('Keep', async () => {
    await goTo(studio, 'keep')
    await everyLook('keep')
  })

  it('Runs, as a list and one by itself', async () => {
    const { words } = studio
    await goTo(studio, 'runs')
    await everyLook('runs')
    await main().getByRole('listitem').getByRole('link').first().click()
    await seen(main().getByRole('heading', { name: words.runs.facts.title }))
    await everyLook('a run')
  })

  it('the menus', async () => {
    const { page, words } = studio
    await goTo(studio, 'data')
    for (const label of [words.app.language, words.app.theme, words.app.chooseBackend]) {
      await page.getByRole('button', { name: new RegExp(`^${label}`) }).click()
      await seen(page.getByRole('menu'))
      await everyLook(label, { menuOpen: true })
      await page.keyboard.press('Escape')
      await page.getByRole('menu').waitFor({ state: 'hidden' })
    }
  })
})

// A run under way: paused, gone on with, stopped and kept or discarded; a tab that asks before it is closed; a worker that is
// lost; a loss that is no number. Nothing of the person's is lost by any of it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { photographFailures } from './failures.ts'
import { dropPaths, fileOf } from './hand.ts'
import { around, goTo, modelIsReady, seen, stepLink, stepSays } from './steps.ts'
import { openStudio, type Studio } from './studio.ts'

let studio: Studio
photographFailures(() => studio)
const records = Array.from({ length: 8 }, (_, n) => ({ instruct: `Say ${n}:\n`, input: 'Now.\n', label: `It is ${n}.` }))

async function openWithRecords() {
  studio = await openStudio()
  await modelIsReady(studio)
  await dropPaths(studio.page, [await fileOf('eight.json', JSON.stringify(records))])
  await stepSays(studio, 'data', studio.words.app.records('8', false))
  await goTo(studio, 'train')
}

const main = () => studio.page.getByRole('main')
const button = (name: string) => main().getByRole('button', { name, exact: true })
const trainingAt = () => around(studio.words.app.trainingAt)

async function set(name: string, value: string) {
  const field = main().getByRole('textbox', { name, exact: true })
  if (!(await field.isVisible())) await main().getByText(studio.words.training.settings.title, { exact: true }).click()
  await field.fill(value)
  await field.press('Enter')
}

async function train(steps: number) {
  await set('max_steps', String(steps))
  await button(studio.words.training.buttonSteps('8', false, String(steps))).click()
}

const stepNow = async () => Number(/\d+/.exec(await stepLink(studio, 'train').innerText())?.[0] ?? 0)

describe('a run', () => {
  beforeAll(openWithRecords)
  afterAll(() => studio.close())

  it('pauses: no step is made until it goes on', async () => {
    const { words } = studio
    await train(500)
    await stepSays(studio, 'train', trainingAt())
    await button(words.training.run.pause).click()
    await stepSays(studio, 'train', around(words.app.pausedAt))
    const at = await stepNow()
    await studio.page.waitForTimeout(1500)
    expect(await stepNow()).toBe(at)
    await button(words.training.run.goOn).click()
    await expect.poll(stepNow, { timeout: 20_000 }).toBeGreaterThan(at)
  })

  it('is watched from every step of the page, and can be stopped from the strip', async () => {
    const { words, page } = studio
    await goTo(studio, 'data')
    await seen(page.getByRole('contentinfo').getByRole('button', { name: words.app.stop(words.app.work.training) }))
    await goTo(studio, 'train')
  })

  it('asks before the tab is closed', async () => {
    const { page } = studio
    const asked = page.waitForEvent('dialog')
    await page.close({ runBeforeUnload: true })
    const dialog = await asked
    expect(dialog.type()).toBe('beforeunload')
    await dialog.dismiss()
    await stepSays(studio, 'train', trainingAt())
  })

  it('stops and keeps what it learned', async () => {
    const { words } = studio
    await button(words.training.run.stop).click()
    await button(words.training.run.stopKeep).click()
    await seen(main().getByText(around(words.training.summary.stopped)))
    await stepSays(studio, 'keep', words.app.notKept)
  })

  it('does not ask when nothing is under way', async () => {
    const { page, words } = studio
    if (await button(words.training.run.skip).isVisible()) await button(words.training.run.skip).click()
    await stepSays(studio, 'train', around(words.app.trained))
    let asked = false
    page.on('dialog', (dialog) => {
      asked = true
      void dialog.accept()
    })
    await page.reload()
    expect(asked).toBe(false)
    await seen(main().getByRole('heading', { level: 1, name: words.training.title }))
  })
})

describe('a run that goes wrong', () => {
  beforeAll(openWithRecords)
  afterAll(() => studio.close())

  it('stops at a loss that is no number, says at which step and what to try, and keeps the last good weights', async () => {
    const { words } = studio
    await set('learning_rate', '10')
    await set('weight_decay', '10')
    await train(60)
    await expect
      .poll(() => main().innerText(), { timeout: 90_000 })
      .toMatch(
        around(
          (step) => studio.problems['run.not-finite']({ step: 7, quantity: 'loss', learningRate: 10 }).what.split('7')[0] + step,
        ),
      )
    await seen(main().getByText(words.training.run.keptGood))
    await stepSays(studio, 'keep', words.app.notKept)
  })

  it('discards what it learned when asked to', async () => {
    const { words } = studio
    await set('learning_rate', '0.001')
    await set('weight_decay', '0')
    await train(500)
    await stepSays(studio, 'train', trainingAt())
    await button(words.training.run.stop).click()
    await button(words.training.run.stopDiscard).click()
    await seen(main().getByText(around(words.training.summary.discarded)))
    await stepSays(studio, 'keep', words.app.notYet)
  })

  it('survives the loss of its worker: records, settings and curve are there, and it can train again', async () => {
    const { words, page } = studio
    await train(500)
    await stepSays(studio, 'train', trainingAt())
    const [worker] = page.workers()
    await worker?.evaluate(() => self.close()).catch(() => undefined)
    await seen(main().getByText(studio.problems['run.worker-lost']({ message: '' }).remedy))
    await modelIsReady(studio)
    await stepSays(studio, 'data', words.app.records('8', false))
    expect(await main().getByRole('textbox', { name: 'max_steps', exact: true }).inputValue()).toBe('500')
    await train(3)
    await stepSays(studio, 'train', around(words.app.trained), 60_000)
  })
})

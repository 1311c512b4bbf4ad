// Held-out records as a person meets them: held back with one setting, marked in Data, measured after each epoch, said in words.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { oneAfterAnother } from './failures.ts'
import { dropPaths, fileOf } from './hand.ts'
import { everyLook } from './looks.ts'
import { around, goTo, modelIsReady, seen, stepSays } from './steps.ts'
import { openStudio, type Studio } from './studio.ts'

let studio: Studio
const records = Array.from({ length: 8 }, (_, n) => ({ instruct: `Say ${n}:\n`, input: 'Now.\n', label: `It is ${n}.` }))
const main = () => studio.page.getByRole('main')
const button = (name: string) => main().getByRole('button', { name, exact: true })
const field = (name: string) => main().getByRole('textbox', { name, exact: true })

/** The settings lie behind a fold, which is shut again when the step is left. */
const openSettings = () => main().getByText(studio.words.training.settings.title, { exact: true }).click()

async function set(name: string, value: string) {
  await field(name).fill(value)
  await field(name).press('Enter')
}

async function choose(name: string, value: string) {
  await main().getByRole('combobox', { name, exact: true }).click()
  await studio.page.getByRole('option', { name: value, exact: true }).click()
}

describe('held-out records', () => {
  oneAfterAnother(() => studio)
  beforeAll(async () => {
    studio = await openStudio()
    await modelIsReady(studio)
    await dropPaths(studio.page, [await fileOf('eight.json', JSON.stringify(records))])
    await stepSays(studio, 'data', studio.words.app.records('8', false))
    await goTo(studio, 'train')
    await openSettings()
  })
  afterAll(() => studio.close())

  it('are asked for where something needs them', async () => {
    const { card } = studio.words.training
    await set('early_stopping_patience', '30')
    await seen(main().getByText(card.missing.evaluation))
    await button(card.missing.toEvaluation).click()
    await seen(main().getByText(card.heldOutOf('1', true)))
    await set('test_size', '0.3')
    await seen(main().getByText(card.heldOutOf('3', false)))
    await choose('eval_strategy', 'no')
    await seen(main().getByText(card.missing.evaluation))
    await choose('eval_strategy', 'epoch')
  })

  it('are marked in Data, under a filter of their own', async () => {
    const { list } = studio.words.dataset
    await goTo(studio, 'data')
    await main()
      .getByRole('button', { name: new RegExp(`^${list.filters.heldOut}`) })
      .click()
    await expect.poll(() => main().getByRole('option').count()).toBe(3)
    expect(await main().getByRole('option').filter({ hasText: list.flags.heldOut }).count()).toBe(3)
    await main().getByRole('option').first().click()
    await seen(main().getByText(studio.words.record.heldOut))
    await seen(main().getByText(studio.words.record.batch.heldOut))
    await everyLook(studio, 'held-out records in Data')
  })

  it('are measured after each epoch: a line of the curve, a column of the table, and words when the curves part', async () => {
    const { training } = studio.words
    await goTo(studio, 'train')
    await openSettings()
    await set('num_train_epochs', '12')
    await set('learning_rate', '0.004')
    await main().getByRole('switch', { name: 'load_best_model_at_end' }).click()
    await button(training.button('5', false, '12', false)).click()
    await seen(main().getByText(around(training.summary.verdictTime)), 120_000)
    await seen(main().getByText(training.chart.heldOut, { exact: true }))
    await seen(main().getByText(around((epoch, loss) => training.summary.best(epoch, loss, true))))
    await seen(main().getByText(around(training.chart.parted)))
    await seen(main().getByText(around(studio.words.playground.verdict.heldOut)))
    await everyLook(studio, 'held-out loss in the chart')
    await main().getByText(training.chart.epochs, { exact: true }).click()
    await seen(main().getByText(training.chart.columns.heldOut))
  })
})

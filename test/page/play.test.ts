// The playground's smaller promises: a record opened from anywhere is the one in the panes, writing can be stopped.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { photographFailures } from './failures.ts'
import { dropPaths, fileOf } from './hand.ts'
import { around, goTo, modelIsReady, seen, stepSays } from './steps.ts'
import { openStudio, type Studio } from './studio.ts'

let studio: Studio
photographFailures(() => studio)
const records = Array.from({ length: 4 }, (_, n) => ({ instruct: `Say ${n}:\n`, input: 'Now.\n', label: `It is ${n}.` }))

beforeAll(async () => {
  studio = await openStudio()
  const { words } = studio
  await modelIsReady(studio)
  await dropPaths(studio.page, [await fileOf('four.json', JSON.stringify(records))])
  await stepSays(studio, 'data', words.app.records('4', false))
  await goTo(studio, 'train')
  await main().getByText(words.training.settings.title, { exact: true }).click()
  await main().getByRole('textbox', { name: 'max_steps', exact: true }).fill('2')
  await studio.page.keyboard.press('Enter')
  await button(words.training.buttonSteps('4', false, '2')).click()
  await stepSays(studio, 'train', around(words.app.trained))
  await goTo(studio, 'play')
})
afterAll(() => studio.close())

const main = () => studio.page.getByRole('main')
const button = (name: string) => main().getByRole('button', { name, exact: true })

it('opens a record from the table also after a person’s own words', async () => {
  const { words } = studio
  const open = main().getByRole('button', { name: words.playground.table.open('3') })
  await seen(open)
  await main().getByRole('radio', { name: words.playground.subject.own }).click()
  await open.click()
  await seen(main().getByRole('radio', { name: words.playground.subject.record, checked: true }))
})

it('stops writing when asked to, and keeps what was written', async () => {
  const { words } = studio
  await main().getByRole('radio', { name: words.playground.subject.record }).click()
  await main().getByText(words.playground.sampling.title, { exact: true }).click()
  await main().getByRole('textbox', { name: words.playground.sampling.max_new_tokens.name }).fill('400')
  await studio.page.keyboard.press('Enter')
  await button(words.playground.writeAll('4')).click()
  await button(words.playground.stop).click()
  await seen(button(words.playground.writeAll('4')))
})

it('says what is missing instead of letting a dead button stand', async () => {
  const { words } = studio
  await main().getByRole('radio', { name: words.playground.subject.own }).click()
  for (const field of [words.playground.subject.instruct, words.playground.subject.input]) {
    await main().getByRole('textbox', { name: field }).fill('')
  }
  await seen(main().getByText(words.playground.reasons.prompt))
  expect(
    await main()
      .getByRole('button', { name: new RegExp(`^${words.playground.write}`) })
      .isDisabled(),
  ).toBe(true)
})

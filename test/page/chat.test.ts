// A model's own chat template as a person meets it: chosen in Train, seen in Data with its own tokens, asked in it in Play.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { oneAfterAnother } from './failures.ts'
import { dropPaths, fileOf } from './hand.ts'
import { everyLook } from './looks.ts'
import { around, goTo, modelIsReady, seen, stepSays } from './steps.ts'
import { openStudio, type Studio } from './studio.ts'

let studio: Studio
const records = Array.from({ length: 6 }, (_, n) => ({ instruct: `Say ${n}:\n`, input: 'Now.\n', label: `It is ${n}.` }))
const main = () => studio.page.getByRole('main')
const button = (name: string) => main().getByRole('button', { name, exact: true })
const field = (name: string) => main().getByRole('textbox', { name, exact: true })
const tokensOfList = () => main().getByRole('option').first().innerText()

async function set(name: string, value: string) {
  await field(name).fill(value)
  await field(name).press('Enter')
}

describe('the chat template', () => {
  oneAfterAnother(() => studio)
  beforeAll(async () => {
    studio = await openStudio()
    await modelIsReady(studio)
    await dropPaths(studio.page, [await fileOf('six.json', JSON.stringify(records))])
    await stepSays(studio, 'data', studio.words.app.records('6', false))
  })
  afterAll(() => studio.close())

  it('puts its own tokens around each record, shown as special ones', async () => {
    await goTo(studio, 'data')
    const plain = await tokensOfList()
    await goTo(studio, 'train')
    await main().getByText(studio.words.training.settings.title, { exact: true }).click()
    await main().getByRole('switch', { name: 'chat_template' }).click()
    await set('system_prompt', 'Answer in one line.')
    await goTo(studio, 'data')
    await expect.poll(tokensOfList).not.toBe(plain)
    await main().getByRole('option').first().click()
    await seen(main().getByText('<|im_start|>', { exact: true }))
    await seen(main().getByText(/Answer in one line\./))
    expect(await main().getByText('<|im_end|>', { exact: true }).count()).toBeGreaterThanOrEqual(3)
    await everyLook(studio, 'a record in the chat template')
  })

  it('is how the models are asked after a run in it; plain prompts are one press away', async () => {
    const { training, playground } = studio.words
    const { form } = playground.subject
    await goTo(studio, 'train')
    await main().getByText(training.settings.title, { exact: true }).click()
    await set('max_steps', '12')
    await button(training.buttonSteps('6', false, '12')).click()
    await seen(main().getByText(around(training.summary.verdictTime)), 120_000)
    await goTo(studio, 'play')
    expect(await main().getByRole('radio', { name: form.chat, exact: true }).isChecked()).toBe(true)
    expect(await field(form.system).inputValue()).toBe('Answer in one line.')
    const scored = main().getByText(playground.panes.scored)
    await seen(scored)
    await everyLook(studio, 'asking in the chat template')
    await main().getByRole('radio', { name: form.plain, exact: true }).click()
    await expect.poll(() => scored.count()).toBe(0)
    expect(await field(form.system).count()).toBe(0)
    await button(playground.writeAll('4')).click()
    await seen(button(playground.writeAll('4')), 60_000)
  })
})

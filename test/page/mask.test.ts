// The ways between the mask and the settings that decide it: from a record to the field in Train, and back to the record.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { oneAfterAnother } from './failures.ts'
import { dropPaths, fileOf } from './hand.ts'
import { modelIsReady, seen, stepSays } from './steps.ts'
import { openStudio, type Studio } from './studio.ts'

let studio: Studio
const records = Array.from({ length: 6 }, (_, n) => ({ instruct: `Say ${n}:\n`, input: 'Now.\n', label: `It is ${n}.` }))
const main = () => studio.page.getByRole('main')
const field = (name: string) => main().getByRole('textbox', { name, exact: true })

oneAfterAnother(() => studio)
beforeAll(async () => {
  studio = await openStudio()
  await modelIsReady(studio)
  await dropPaths(studio.page, [await fileOf('six.json', JSON.stringify(records))])
  await stepSays(studio, 'data', studio.words.app.records('6', false))
})
afterAll(() => studio.close())

it('leads from a record to the field that decides it, and back to the record', async () => {
  const { words, page } = studio
  await main().getByRole('option').nth(2).click()
  await seen(main().getByRole('heading', { name: words.record.title('3') }))
  await main()
    .getByRole('link', { name: words.record.decides.open('max_length', words.record.decides.none) })
    .click()
  await page.waitForURL(/#\/train\/3\/max_length$/)
  await expect.poll(() => field('max_length').evaluate((element) => element === document.activeElement)).toBe(true)
  await page.keyboard.type('12')
  await page.keyboard.press('Enter')
  await main()
    .getByRole('link', { name: words.training.settings.previewOf('max_length') })
    .click()
  await seen(main().getByRole('heading', { name: words.record.title('3') }))
  const link = main().getByRole('link', { name: words.record.decides.open('max_length', '12') })
  await seen(link)
  expect(await link.evaluate((element) => element === document.activeElement)).toBe(true)
  await seen(main().getByText(words.record.truncated))
})

it('finds the fields of choice as well', async () => {
  const { words } = studio
  await main()
    .getByRole('link', { name: words.record.decides.open('overlong', 'truncate') })
    .click()
  await expect
    .poll(() => studio.page.evaluate(() => document.activeElement?.getAttribute('aria-labelledby')))
    .toContain('setting-overlong-name')
})

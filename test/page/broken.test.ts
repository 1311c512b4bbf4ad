// What the server can no longer give: a model cut off on its way, a worker or a step that is gone because the server was stopped.
// Each is said in words, what is there stays, and trying again is one press.

import { afterEach, expect, it } from 'vitest'
import { photographFailures } from './failures.ts'
import { goTo, modelIsReady, seen, stepSays } from './steps.ts'
import { openStudio, type Studio } from './studio.ts'

let studio: Studio
photographFailures(() => studio)
afterEach(() => studio.close())

const main = () => studio.page.getByRole('main')

it('says that the model was cut off, and reads it again on one press', async () => {
  studio = await openStudio({
    before: (context) =>
      context.route('**/model.safetensors', async (route) => {
        const response = await route.fetch()
        await route.fulfill({ status: 200, body: (await response.body()).subarray(0, 100_000) })
      }),
  })
  const { words, page } = studio
  await stepSays(studio, 'model', words.app.modelFailed)
  await goTo(studio, 'model')
  await seen(main().getByText(/100000 of \d+ bytes/))
  await page.context().unroute('**/model.safetensors')
  await main().getByRole('button', { name: words.model.tryAgain }).click()
  await modelIsReady(studio)
})

it('says that the worker cannot be had, and starts it on one press', async () => {
  const script = '**/assets/main-*.js'
  studio = await openStudio({ before: (context) => context.route(script, (route) => route.fulfill({ status: 404 })) })
  const { words, page } = studio
  await stepSays(studio, 'model', words.app.modelFailed)
  await goTo(studio, 'model')
  expect(await page.locator('body').innerText()).not.toContain('undefined')
  await page.context().unroute(script)
  await main().getByRole('button', { name: words.model.tryAgain }).click()
  await modelIsReady(studio)
})

it('works where the browser lets nothing be remembered', async () => {
  studio = await openStudio({
    before: (context) =>
      context.addInitScript(() => {
        Object.defineProperty(window, 'localStorage', {
          get: () => {
            throw new DOMException('denied', 'SecurityError')
          },
        })
      }),
  })
  await modelIsReady(studio)
  expect(studio.complaints).toEqual([])
})

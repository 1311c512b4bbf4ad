// What the server can no longer give: a model cut off on its way, a worker or a step that is gone because the server was stopped.
// Each is said in words, what is there stays, and trying again is one press.

import { afterEach, expect, it } from 'vitest'
import { photographFailures } from './failures.ts'
import { around, goTo, modelIsReady, seen, stepLink, stepSays } from './steps.ts'
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

it('keeps the page and its records when a step cannot be fetched, and opens the step on one press', async () => {
  studio = await openStudio()
  const { words, problems, page } = studio
  await modelIsReady(studio)
  await main().getByRole('button', { name: words.dataset.tryDemo }).click()
  await stepSays(studio, 'data', words.app.records('28', false))
  await page.context().route('**/PlaygroundStep-*.js', (route) => route.abort())
  await stepLink(studio, 'play').click()
  const again = main().getByRole('button', { name: words.app.tryAgain })
  await seen(again)
  await seen(main().getByText(problems['run.step-not-fetched']({ failures: 1 }).what))
  await stepSays(studio, 'data', words.app.records('28', false))
  await page.context().unroute('**/PlaygroundStep-*.js')
  await again.click()
  await seen(main().getByRole('heading', { level: 1, name: words.playground.title }))
})

it('opens the steps, and trains, after all of the server was gone for a while', async () => {
  studio = await openStudio()
  const { words, problems, page } = studio
  await modelIsReady(studio)
  await main().getByRole('button', { name: words.dataset.tryDemo }).click()
  await stepSays(studio, 'data', words.app.records('28', false))
  const missing = new Set<string>()
  page.on('requestfailed', (request) => missing.add(request.url()))
  page.on('requestfinished', (request) => missing.delete(request.url()))
  // Offline, not a route that is aborted: then no file of the step, script or style, shared or its own, can be had.
  await page.context().setOffline(true)
  const again = main().getByRole('button', { name: words.app.tryAgain })
  await stepLink(studio, 'train').click()
  await seen(again)
  await again.click()
  await seen(main().getByText(problems['run.step-not-fetched']({ failures: 2 }).remedy))
  await stepLink(studio, 'keep').click()
  await seen(again)
  await page.context().setOffline(false)
  await again.click()
  await seen(main().getByRole('heading', { level: 1, name: words.keep.title }))
  // Opening a step again from the rail is asking for it again.
  await goTo(studio, 'train')
  const train = main().getByRole('button', { name: around((epochs) => words.training.button('28', false, epochs, false)) })
  await seen(train)
  await page.context().setOffline(true)
  await train.click()
  await seen(main().getByRole('slider', { name: words.training.chart.read }), 60_000)
  await seen(main().locator('canvas'))
  expect(studio.complaints.filter((complaint) => complaint.startsWith('uncaught'))).toEqual([])
  expect([...missing], 'asked for in vain, and never again').toEqual([])
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

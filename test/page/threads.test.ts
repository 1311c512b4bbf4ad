// Threads of the plan in the page: as many as the processor has cores where the page is isolated, named at the foot, started
// without asking the server, never in the way of the page's own frames or of Pause; and one where they cannot be started.

import type { BrowserContext } from 'playwright-core'
import { afterEach, expect, it } from 'vitest'
import { photographFailures } from './failures.ts'
import { dropPaths, fileOf } from './hand.ts'
import { around, goTo, modelIsReady, seen, stepLink, stepSays } from './steps.ts'
import { openStudio, type Studio, type StudioOptions } from './studio.ts'

let studio: Studio
photographFailures(() => studio)
afterEach(() => studio.close())

const records = Array.from({ length: 8 }, (_, n) => ({ instruct: `Say ${n}:\n`, input: 'Now.\n', label: `It is ${n}.` }))

const main = () => studio.page.getByRole('main')
const button = (name: string) => main().getByRole('button', { name, exact: true })
const chip = () => studio.page.getByRole('contentinfo').getByRole('button', { name: studio.words.app.chooseBackend })
const threadsWanted = () => studio.page.evaluate(() => Math.min(8, navigator.hardwareConcurrency))
const namedThreads = (threads: number) => `CPU · ${threads === 1 ? '1 thread' : `${threads} threads`}`

async function openWithRecords(options: StudioOptions = {}) {
  studio = await openStudio(options)
  await modelIsReady(studio)
  await dropPaths(studio.page, [await fileOf('eight.json', JSON.stringify(records))])
  await stepSays(studio, 'data', studio.words.app.records('8', false))
  await goTo(studio, 'train')
}

async function train(steps: number) {
  const { words, page } = studio
  await main().getByText(words.training.settings.title, { exact: true }).click()
  const field = main().getByRole('textbox', { name: 'max_steps', exact: true })
  await field.fill(String(steps))
  await field.press('Enter')
  await button(words.training.buttonSteps('8', false, String(steps))).waitFor()
  const before = page.workers().length
  await button(words.training.buttonSteps('8', false, String(steps))).click()
  return before
}

it('has a thread a core, and trains with them while the page draws its frames', async () => {
  await openWithRecords()
  const { page, words } = studio
  const threads = await threadsWanted()
  expect(await chip().innerText()).toContain(namedThreads(threads))
  const before = await train(500)
  await stepSays(studio, 'train', around(words.app.trainingAt))
  await expect.poll(() => page.workers().length - before, { timeout: 20_000 }).toBeGreaterThanOrEqual(threads - 1)
  const frames = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let drawn = 0
        const count = () => {
          drawn += 1
          requestAnimationFrame(count)
        }
        requestAnimationFrame(count)
        setTimeout(() => resolve(drawn), 2000)
      }),
  )
  expect(frames).toBeGreaterThan(20)
  await stepSays(studio, 'train', around(words.app.trainingAt))
  expect(studio.complaints).toEqual([])
})

it('pauses behind the step under way', async () => {
  await openWithRecords()
  const { words } = studio
  await train(500)
  await stepSays(studio, 'train', around(words.app.trainingAt))
  await button(words.training.run.pause).waitFor()
  const stepNow = async () => Number(/\d+/.exec(await stepLink(studio, 'train').innerText())?.[0] ?? 0)
  const link = stepLink(studio, 'train')
  const pause = await button(words.training.run.pause).elementHandle()
  // Read and pressed in one turn of the page, so that no step can come between.
  const pressedAt = await link.evaluate((rail, pressed) => {
    const step = Number(/\d+/.exec(rail.textContent ?? '')?.[0] ?? 0)
    if (pressed instanceof HTMLElement) pressed.click()
    return step
  }, pause)
  await stepSays(studio, 'train', around(words.app.pausedAt))
  // The step under way, and those that were done before the press and not yet drawn.
  expect((await stepNow()) - pressedAt).toBeLessThanOrEqual(4)
})

it('trains to the verdict when the network is gone', async () => {
  await openWithRecords()
  const { words } = studio
  const threads = await threadsWanted()
  await studio.cutNetwork()
  const before = await train(60)
  await stepSays(studio, 'train', around(words.app.trainingAt))
  await expect.poll(() => studio.page.workers().length - before, { timeout: 20_000 }).toBeGreaterThanOrEqual(threads - 1)
  await stepSays(studio, 'train', around(words.app.trained), 60_000)
  expect(studio.complaints).toEqual([])
})

/** The page's worker as in a browser that starts no workers from workers. TensorFlow.js' own are no modules. */
async function refuseThreads(context: BrowserContext) {
  const refusal =
    'const Own=self.Worker;self.Worker=class extends Own{constructor(a,o){if(o?.type)throw new Error("not here");super(a,o)}};'
  await context.route(/assets\/main-[^/]+\.js$/, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: refusal + (await response.text()) })
  })
}

it('has one thread where others cannot be started, says why, and trains', async () => {
  await openWithRecords({ before: refuseThreads })
  const { words, page } = studio
  expect(await chip().innerText()).toContain(namedThreads(1))
  if ((await threadsWanted()) > 1) await seen(page.getByRole('contentinfo').getByText(/More could not be started \(not here\)/))
  await train(3)
  await stepSays(studio, 'train', around(words.app.trained), 60_000)
  expect(studio.complaints).toEqual([])
})

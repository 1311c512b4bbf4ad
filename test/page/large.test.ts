// Much data: 10,000 records scroll and filter without a hitch, and 50 MB can be read, or stopped while they are.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { photographFailures } from './failures.ts'
import { dropPaths, fileOf } from './hand.ts'
import { modelIsReady, seen, stepSays } from './steps.ts'
import { openStudio, type Studio } from './studio.ts'

let studio: Studio
photographFailures(() => studio)
beforeAll(async () => {
  studio = await openStudio()
  await modelIsReady(studio)
})
afterAll(() => studio.close())

const main = () => studio.page.getByRole('main')
const records = (count: number, matter: string) =>
  JSON.stringify(
    Array.from({ length: count }, (_, n) => ({ instruct: `Question ${n + 1}?\n`, input: matter, label: `Answer ${n + 1}.` })),
  )

/** Milliseconds between frames while something is done: the median and the longest. */
async function framesDuring(work: () => Promise<void>) {
  await studio.page.evaluate(() => {
    const times: number[] = []
    const tick = (now: number) => {
      times.push(now)
      if (times.length < 5000) requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
    Object.assign(window, { frameTimes: times })
  })
  await work()
  const times: number[] = await studio.page.evaluate(() =>
    'frameTimes' in window && Array.isArray(window.frameTimes) ? window.frameTimes : [],
  )
  const gaps = times
    .slice(1)
    .map((time, n) => time - (times[n] ?? time))
    .sort((a, b) => a - b)
  return { median: gaps[gaps.length >> 1] ?? Number.POSITIVE_INFINITY, longest: gaps.at(-1) ?? Number.POSITIVE_INFINITY }
}

it('shows 10,000 records, of which only those in sight are drawn', async () => {
  await dropPaths(studio.page, [await fileOf('many.json', records(10_000, ''))])
  await stepSays(studio, 'data', studio.words.app.records('10,000', false))
  await seen(main().getByRole('option').first(), 120_000)
  expect(await main().getByRole('option').count()).toBeLessThan(100)
})

it('scrolls them without a hitch', async () => {
  const list = main().getByRole('listbox')
  const box = await list.boundingBox()
  await studio.page.mouse.move((box?.x ?? 0) + 50, (box?.y ?? 0) + 50)
  const frames = await framesDuring(async () => {
    for (let turn = 0; turn < 60; turn++) await studio.page.mouse.wheel(0, 2500)
    await studio.page.waitForTimeout(300)
  })
  console.log(`Scrolling 10,000 records: median frame ${frames.median.toFixed(1)} ms, longest ${frames.longest.toFixed(0)} ms.`)
  expect(frames.median).toBeLessThan(50)
  expect(frames.longest).toBeLessThan(500)
  expect(await list.innerText()).toMatch(/Question \d{3,}/)
})

it('finds one of them, and comes to the last with one key', async () => {
  const search = main().getByRole('textbox', { name: studio.words.dataset.list.search })
  await search.fill('Question 7777')
  await expect.poll(() => main().getByRole('option').count()).toBe(1)
  await search.fill('')
  await main().getByRole('listbox').focus()
  await studio.page.keyboard.press('End')
  await seen(
    main()
      .getByRole('heading', { name: studio.words.record.title('10,000') })
      .or(main().getByRole('heading', { name: studio.words.record.title('10000') })),
  )
})

it('stops reading 50 MB when asked to, and what was there stays', async () => {
  const { words, page } = studio
  await dropPaths(page, [await fileOf('huge.json', records(120_000, `${'Much to read. '.repeat(26)}\n`))])
  const stop = page.getByRole('contentinfo').getByRole('button', { name: words.app.stop(words.app.work.reading) })
  await stop.click()
  await stop.waitFor({ state: 'hidden' })
  await seen(main().getByRole('heading', { name: 'many.json' }))
  await stepSays(studio, 'data', words.app.records('10,000', false))
})

it('reads 50 MB, with the page alive all the while', { timeout: 300_000 }, async () => {
  const { words, page } = studio
  const path = await fileOf('huge.json', records(120_000, `${'Much to read. '.repeat(26)}\n`))
  const frames = await framesDuring(async () => {
    await dropPaths(page, [path])
    await stepSays(studio, 'data', words.app.records('120,000', false), 240_000)
  })
  console.log(`Reading 50 MB: median frame ${frames.median.toFixed(1)} ms, longest ${frames.longest.toFixed(0)} ms.`)
  expect(frames.longest).toBeLessThan(2000)
})

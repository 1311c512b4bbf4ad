// Times of the walk in a real browser, by what a person would see.

import { chromium, type Page } from 'playwright-core'
import { serve } from '../tools/serve.mjs'
import { browserArguments, browserMissing, findBrowser } from '../tools/setup/browser.mjs'
import { pageFolder } from '../tools/setup/page.mjs'

export type PageTimes = {
  browser: string
  backend: string
  readyMs: number
  baseScoreMs: number
  firstStepMs: number
  verdictMs: number
}

/** Opens the page twice: the first fills the browser's cache, the second is measured. */
export async function measurePage(): Promise<PageTimes> {
  const executablePath = findBrowser()
  if (executablePath === null) throw new Error(browserMissing)
  const server = await serve(pageFolder, { port: 0, isolation: true })
  const browser = await chromium.launch({ executablePath, args: browserArguments })
  try {
    const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 860 } })
    const page = await context.newPage()
    await page.goto(server.url)
    await ready(page)
    return { browser: browser.version(), ...(await measured(page, server.url)) }
  } finally {
    await browser.close()
    await server.close()
  }
}

async function measured(page: Page, url: string): Promise<Omit<PageTimes, 'browser'>> {
  const openedMs = performance.now()
  await page.goto(url, { waitUntil: 'commit' })
  await ready(page)
  const readyMs = performance.now() - openedMs
  await page.getByRole('button', { name: 'Poems in Chinese' }).click()
  await page.getByRole('navigation').getByText('Train', { exact: true }).click()
  const button = page.getByRole('button', { name: /^Train \d+ records/ })
  await button.click()
  const pressedMs = performance.now()
  await page.getByRole('progressbar').first().waitFor()
  await page
    .getByText(/^Step 1: loss/)
    .or(page.getByText(/step [1-9]\d* of \d+/))
    .first()
    .waitFor({ timeout: 300_000 })
  const stepMs = performance.now()
  await page.getByText(/from pressing Train to this verdict/).waitFor({ timeout: 1_200_000 })
  const verdictMs = performance.now() - pressedMs
  const backend = (await page.getByRole('contentinfo').getByRole('button').first().textContent()) ?? ''
  return {
    backend: backend.split(': ').at(-1) ?? backend,
    readyMs,
    firstStepMs: stepMs - openedMs,
    baseScoreMs: stepMs - pressedMs,
    verdictMs,
  }
}

async function ready(page: Page): Promise<void> {
  await page
    .getByText(/tabtune-poet .* ready/)
    .first()
    .waitFor({ timeout: 120_000 })
}

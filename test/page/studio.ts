// Opens the built page in a real Chromium, as a person would find it, and keeps what the browser complains about.
// Must not know: any step of the page.

import { mkdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterEach, beforeEach } from 'vitest'
import type { ProblemTexts } from '../../src/problem/problem.ts'
import type { Language } from '../../src/session/preferences.ts'
import { catalogue, type Words } from '../../src/ui/words/words.ts'
import { serve } from '../../tools/serve.mjs'
import { browserArguments, browserMissing, findBrowser, softwareGpuArguments } from '../../tools/setup/browser.mjs'
import { pageFolder } from '../../tools/setup/page.mjs'

export type StudioOptions = {
  language?: Language
  colorScheme?: 'light' | 'dark'
  width?: number
  height?: number
  /** Whether the server sends the headers of cross-origin isolation. */
  isolation?: boolean
  /** Serves the page from a folder of a larger site instead of from the root. */
  inFolder?: boolean
  /** Starts the browser with a software WebGPU adapter. */
  softwareGpu?: boolean
}

export type Studio = {
  page: Page
  url: string
  /** The page's own words, in its language. */
  words: Words
  problems: ProblemTexts
  language: Language
  /** What the browser reported: uncaught errors, refused loads, breaches of the content security policy. */
  complaints: string[]
  /** Every address that the page and its worker asked for. */
  asked: string[]
  close: () => Promise<void>
}

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' }
/** How long something may take to be seen that should be there soon; this machine may be busy. */
const patienceMs = 30_000

async function launch(softwareGpu: boolean): Promise<Browser> {
  const executablePath = findBrowser()
  if (executablePath === null) throw new Error(browserMissing)
  return await chromium.launch({ executablePath, args: [...browserArguments, ...(softwareGpu ? softwareGpuArguments : [])] })
}

/** A browser of its own on a server of its own, at the page's first step. */
export async function openStudio(options: StudioOptions = {}): Promise<Studio> {
  const { language = 'en', colorScheme = 'light', width = 1280, height = 900 } = options
  const server = await serve(options.inFolder ? dirname(pageFolder) : pageFolder, { isolation: options.isolation ?? true })
  const url = options.inFolder ? `${server.url}${basename(pageFolder)}/` : server.url
  const browser = await launch(options.softwareGpu ?? false)
  const context = await browser.newContext({
    locale: locales[language],
    viewport: { width, height },
    colorScheme,
    acceptDownloads: true,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(patienceMs)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  const asked: string[] = []
  context.on('request', (request) => asked.push(request.url()))
  await page.goto(url)
  const { words, problems } = catalogue[language]
  const close = async () => {
    await browser.close()
    await server.close()
  }
  return { page, url, words, problems, language, complaints, asked, close }
}

/**
 * For tests that follow one another on one page: after a failed one a picture of the page lies in .cache/test/, and the rest
 * is skipped, because it stands on what did not happen.
 */
export function oneAfterAnother(studio: () => Studio | undefined) {
  let broken = false
  beforeEach(({ skip }) => {
    if (broken) skip('an earlier step of the walk failed')
  })
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    broken = true
    await photograph(studio()?.page, task.name)
  })
}

/** For tests that stand alone: a picture of the page after each that fails. */
export function photographFailures(studio: () => Studio | undefined) {
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await photograph(studio()?.page, task.name)
  })
}

async function photograph(page: Page | undefined, name: string) {
  if (!page || page.isClosed()) return
  mkdirSync('.cache/test', { recursive: true })
  await page.screenshot({ path: `.cache/test/${name.replaceAll(/\W+/g, '-').slice(0, 80)}.png` })
}

// Opens the built page in a real Chromium, as a person would find it, and keeps what the browser complains about.
// Used by the tests and by what takes the README's pictures. Must not know: any step of the page, the test runner.

import { basename, dirname } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
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
  /** Device pixels a CSS pixel. */
  scale?: number
  /** Whether the server sends the headers of cross-origin isolation. */
  isolation?: boolean
  /** Serves the page from a folder of a larger site instead of from the root. */
  inFolder?: boolean
  /** Starts the browser with a software WebGPU adapter. */
  softwareGpu?: boolean
  /** Changes what the page will meet, before it is opened. */
  before?: (context: BrowserContext) => Promise<unknown>
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
  /** From here on the page's server answers nothing any more. */
  cutNetwork: () => Promise<void>
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
  const { language = 'en', colorScheme = 'light', width = 1280, height = 900, scale = 1 } = options
  const server = await serve(options.inFolder ? dirname(pageFolder) : pageFolder, { isolation: options.isolation ?? true })
  const url = options.inFolder ? `${server.url}${basename(pageFolder)}/` : server.url
  const browser = await launch(options.softwareGpu ?? false)
  const viewport = { width, height }
  const look = { locale: locales[language], viewport, colorScheme, deviceScaleFactor: scale }
  const context = await browser.newContext({ ...look, acceptDownloads: true })
  await options.before?.(context)
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
  return { page, url, words, problems, language, complaints, asked, cutNetwork: server.close, close }
}

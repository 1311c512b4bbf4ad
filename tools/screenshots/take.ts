// Takes pictures of the built page in a real browser.
//   npm run screenshots            the four pictures of the README, into docs/pictures/
//   npm run screenshots -- --all   each step in both languages and themes, wide and narrow, into .cache/screenshots/, to be looked at
// A run with its twin is trained for the pictures, so they show what a person gets.

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { serve } from '../serve.mjs'
import { browserArguments, browserMissing, findBrowser } from '../setup/browser.mjs'
import { buildPage, pageFolder } from '../setup/page.mjs'
import { type Look, openLook, type Shown, steps, trained } from './look.ts'

const { values: options } = parseArgs({ options: { all: { type: 'boolean', default: false } } })

const executablePath = findBrowser()
if (executablePath === null) throw new Error(browserMissing)
await buildPage()
const server = await serve(pageFolder, { isolation: true })
const browser = await chromium.launch({ executablePath, args: browserArguments })

/** The README's four. */
async function forReadme(): Promise<void> {
  const folder = 'docs/pictures'
  await mkdir(folder, { recursive: true })
  const light = await openLook(browser, server.url, { language: 'en', colorScheme: 'light', width: 1280, height: 900 })
  await light.sample()
  await light.take(join(folder, 'data.png'), 'data')
  await trained(light)
  // Tall enough for the curve and for the verdict under the panes.
  await light.page.setViewportSize({ width: 1280, height: 1340 })
  await light.take(join(folder, 'train.png'), 'train')
  await light.take(join(folder, 'play.png'), 'play')
  await light.close()
  const dark = await openLook(browser, server.url, { language: 'zh', colorScheme: 'dark', width: 1280, height: 900 })
  await dark.sample()
  await dark.take(join(folder, 'dark-zh.png'), 'data')
  await dark.close()
}

/** Every step in every look; each look trains once. */
async function all(): Promise<void> {
  const folder = '.cache/screenshots'
  await mkdir(folder, { recursive: true })
  const looks: Look[] = (['en', 'zh'] as const).flatMap((language) =>
    (['light', 'dark'] as const).flatMap((colorScheme) =>
      [1280, 360].map((width) => ({ language, colorScheme, width, height: 900 })),
    ),
  )
  for (const look of looks) {
    const name = `${look.language}-${look.colorScheme}-${look.width}`
    const shown: Shown = await openLook(browser, server.url, look)
    await shown.take(join(folder, `${name}-0-welcome.png`), 'data')
    await shown.sample()
    for (const step of steps) await shown.take(join(folder, `${name}-1-${step}.png`), step)
    await trained(shown)
    for (const step of steps) await shown.take(join(folder, `${name}-2-${step}.png`), step)
    await shown.close()
  }
}

await (options.all ? all() : forReadme())
await browser.close()
await server.close()
process.exit(0)

// What happens after a test of the page has failed: a picture of the page lies in .cache/test/.

import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach } from 'vitest'
import type { Studio } from './studio.ts'

/** For tests that follow one another on one page: after a failed one the rest is skipped, for it stands on what did not happen. */
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

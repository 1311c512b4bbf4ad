// Looks at what is open in both themes, wide and narrow: what axe finds, and what is cut off.

import { expect } from 'vitest'
import { overflow, overhang, violations } from './axe.ts'
import type { Studio } from './studio.ts'

const wide = { width: 1280, height: 900 }
const sizes = [wide, { width: 360, height: 740 }]

/** Follows the system into a theme, and waits until the colours have changed. */
async function light({ page }: Studio, colorScheme: 'light' | 'dark') {
  await page.emulateMedia({ colorScheme })
  await page.locator(`html[data-theme=${colorScheme}]`).waitFor({ state: 'attached' })
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)))
}

/** In all four ways; afterwards the page is wide and light again. */
export async function everyLook(studio: Studio, what: string, { menuOpen = false } = {}): Promise<void> {
  const faults: string[] = []
  for (const size of sizes) {
    await studio.page.setViewportSize(size)
    for (const colorScheme of ['light', 'dark'] as const) {
      await light(studio, colorScheme)
      for (const fault of await violations(studio.page, { menuOpen }))
        faults.push(`${what}, ${colorScheme}, ${size.width} px: ${fault}`)
    }
    const cut = await overflow(studio.page)
    if (cut > 0) faults.push(`${what}, ${size.width} px: ${cut} px too wide`)
    const below = await overhang(studio.page)
    if (below > 0) faults.push(`${what}, ${size.width} px: ${below} px too long`)
  }
  await studio.page.setViewportSize(wide)
  await light(studio, 'light')
  // Soft, so that one place's faults do not hide the next one's.
  expect.soft(faults).toEqual([])
}

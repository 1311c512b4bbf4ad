// Asks axe what of the page a person with a screen reader, a keyboard or weak eyes could not use.
// Injected as text through the browser's own debugger, so the page's content security policy stays as it is.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Context = { exclude: string[] }
type Options = { rules: Record<string, { enabled: boolean }> }

declare global {
  interface Window {
    axe: { run: (context: Context, options: Options) => Promise<AxeResults> }
  }
}

/**
 * Every violation as one line: the rule, how bad, and the first places.
 * An open menu lies outside the landmarks, between two guards that catch the focus: so the headless library makes every popup,
 * and screen readers know it. Only there these two are no fault.
 */
export async function violations(page: Page, { menuOpen = false } = {}): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const context: Context = { exclude: menuOpen ? ['[data-base-ui-focus-guard]'] : [] }
  const options: Options = { rules: { region: { enabled: !menuOpen } } }
  const results = await page.evaluate((asked) => window.axe.run(asked.context, asked.options), { context, options })
  return results.violations.map(({ id, impact, help, nodes }) => {
    const places = nodes
      .slice(0, 4)
      .map(({ target, failureSummary }) => `\n    ${target.join(' ')}: ${failureSummary?.split('\n').slice(1).join('; ')}`)
    return `${id} (${impact}): ${help}${places.join('')}`
  })
}

/** How many pixels the page is longer than the window: the step scrolls, the page does not. */
export function overhang(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollHeight - document.documentElement.clientHeight))
}

/** How many pixels the page is wider than the window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth))
}

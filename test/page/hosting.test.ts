// The built page as a plain static folder: with and without cross-origin isolation, in a folder of a larger site, talking to
// nobody but its own server, small enough to be there at once; and where the work runs when the GPU is only a software one.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, it } from 'vitest'
import { pageFolder } from '../../tools/setup/page.mjs'
import { photographFailures } from './failures.ts'
import { goTo, modelIsReady, seen, stepSays } from './steps.ts'
import { openStudio, type Studio } from './studio.ts'

let studio: Studio
photographFailures(() => studio)
afterEach(() => studio.close())

const main = () => studio.page.getByRole('main')
const strip = () => studio.page.getByRole('contentinfo')
const bytesOfFirstPaint = 250_000

/** The base model writes four tokens to a demo poem. */
async function writesSomething() {
  const { words } = studio
  await goTo(studio, 'data')
  await main().getByRole('button', { name: words.dataset.tryDemo }).click()
  await stepSays(studio, 'data', words.app.records('28', false))
  await goTo(studio, 'play')
  await main().getByText(words.playground.sampling.title, { exact: true }).click()
  await main().getByRole('textbox', { name: words.playground.sampling.max_new_tokens.name }).fill('4')
  await studio.page.keyboard.press('Enter')
  await main()
    .getByRole('button', { name: words.playground.writeAll('2') })
    .click()
  await seen(main().getByText(words.playground.panes.tokens('4', false)), 120_000)
}

it('is isolated when served by npm start’s own server, and asks nobody else for anything', async () => {
  studio = await openStudio()
  await modelIsReady(studio)
  expect(await studio.page.evaluate(() => crossOriginIsolated)).toBe(true)
  await writesSomething()
  const elsewhere = studio.asked.filter((address) => !/^(blob|data):/.test(address) && !address.startsWith(studio.url))
  expect(elsewhere).toEqual([])
  expect(studio.complaints).toEqual([])
})

it('works without cross-origin isolation, and says what that costs', async () => {
  studio = await openStudio({ isolation: false })
  await modelIsReady(studio)
  expect(await studio.page.evaluate(() => crossOriginIsolated)).toBe(false)
  const { app } = studio.words
  const oneThread = { backend: 'wasm', engine: 'plan', adapter: '', threads: 1, threadsRefused: '', isolated: false } as const
  await seen(strip().getByRole('button', { name: `${app.chooseBackend}: CPU · 1 thread` }))
  await seen(
    strip()
      .getByText(app.backendReason({ ...oneThread, reason: 'no-adapter' }))
      .or(strip().getByText(app.backendReason({ ...oneThread, reason: 'no-webgpu' }))),
  )
  await writesSomething()
  expect(studio.complaints).toEqual([])
})

it('works in a folder of a larger site', async () => {
  studio = await openStudio({ inFolder: true })
  await modelIsReady(studio)
  await writesSomething()
  expect(studio.complaints).toEqual([])
})

it('chooses wasm where the GPU is a software one, says why, and can be overruled', async () => {
  studio = await openStudio({ softwareGpu: true })
  await modelIsReady(studio)
  const { app } = studio.words
  await seen(strip().getByRole('button', { name: new RegExp(`^${app.chooseBackend}: CPU · \\d threads?$`) }))
  await seen(strip().getByText(/The GPU here is a software one \(.*SwiftShader.*\), which is slower than wasm/i))
  await strip()
    .getByRole('button', { name: new RegExp(`^${app.chooseBackend}: CPU · \\d threads?$`) })
    .click()
  await studio.page.getByRole('menuitemradio', { name: app.backendChoices.webgpu }).click()
  await seen(strip().getByRole('button', { name: `${app.chooseBackend}: GPU · WebGPU` }))
  await modelIsReady(studio)
  await writesSomething()
})

it('is there quickly: the scripts of the first paint are small, and the engine comes after', async () => {
  studio = await openStudio()
  await seen(main().getByRole('heading', { level: 1 }))
  const html = await readFile(join(pageFolder, 'index.html'), 'utf8')
  const files = [...html.matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+\.(?:js|css))"/g)].map(([, path]) => path ?? '')
  expect(files.length).toBeGreaterThan(0)
  const sizes = await Promise.all(files.map(async (path) => gzipSync(await readFile(join(pageFolder, path))).byteLength))
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(bytesOfFirstPaint)
})

// A model from the Hub as a person fetches it: by name from a mirror on loopback, through a closed tab, behind a gate, onto the shelf, and opened.
// Meanwhile the page talks to nobody but its own server and that mirror.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type LoopbackHub, loopbackHub } from '../hub/loopbackHub.ts'
import { violations } from './axe.ts'
import { photographFailures } from './failures.ts'
import { around, goTo, modelIsReady, seen, stepSays } from './steps.ts'
import { openStudio, type Studio } from './studio.ts'

const embedded = 'public/models/tabtune-poet'
const files = Object.fromEntries(readdirSync(embedded).map((name) => [name, new Uint8Array(readFileSync(join(embedded, name)))]))

let hub: LoopbackHub
let studio: Studio
photographFailures(() => studio)
beforeAll(async () => {
  hub = await loopbackHub()
  hub.push('tiny/poet', files)
  hub.push('tiny/gated', files, { gated: true, token: 'hf_secret' })
  hub.push('tiny/gguf', { 'README.md': '', 'q4.gguf': 'x' })
})
afterAll(() => hub.close())
beforeEach(async () => {
  hub.behave()
  hub.asked.length = 0
  studio = await openStudio()
  await modelIsReady(studio)
})
afterEach(() => studio.close())

const panel = () => studio.page.getByRole('region', { name: studio.words.hub.title, exact: true })

/** Names the mirror, and a token where one is given. */
async function useMirror(token = '') {
  const { words } = studio
  await goTo(studio, 'model')
  await panel().getByText(words.hub.more, { exact: true }).click()
  await panel().getByRole('textbox', { name: words.hub.endpoint }).fill(hub.url)
  if (token !== '') await panel().getByLabel(words.hub.token, { exact: true }).fill(token)
}

async function fetchModel(name: string) {
  await panel().getByRole('textbox', { name: studio.words.hub.repository }).fill(name)
  await studio.page.keyboard.press('Enter')
}

const isOpen = (name: string) =>
  stepSays(
    studio,
    'model',
    around((parameters) => studio.words.app.modelReady(name, parameters)),
  )

it('fetches a model by its name, checks it, keeps it and opens it; nobody else is asked', async () => {
  hub.faults.dropShare = 0.3
  hub.reseed(4)
  await useMirror()
  await fetchModel('tiny/poet')
  await isOpen('tiny/poet')
  const { page, words } = studio
  await seen(page.getByRole('list', { name: words.shelf.list }).getByText('tiny/poet'))
  const allowed = [studio.url, `${hub.url}/`, `${hub.storeUrl}/`]
  const elsewhere = studio.asked.filter(
    (address) => !/^(blob|data):/.test(address) && !allowed.some((one) => address.startsWith(one)),
  )
  expect(elsewhere).toEqual([])
  // What the browser says of a connection that was dropped is no complaint about the page.
  expect(studio.complaints.filter((complaint) => !/Failed to load resource|net::ERR/.test(complaint))).toEqual([])
})

it('goes on after the tab was closed, from the byte where it was', async () => {
  const { page, words } = studio
  const weights = files['model.safetensors'] ?? expect.fail()
  hub.faults.holdsAfter = 3_000_000
  await useMirror()
  await fetchModel('tiny/poet')
  await seen(panel().getByText(/3 MB|3\.\d MB/))
  await page.reload()
  await goTo(studio, 'model')
  hub.behave()
  hub.asked.length = 0
  await panel()
    .getByRole('button', { name: words.hub.goOnOf('tiny/poet') })
    .click()
  await isOpen('tiny/poet')
  const [first] = hub.asked.filter(({ fromStore, method }) => fromStore && method === 'GET')
  const from = Number(/^bytes=(\d+)-$/.exec(first?.range ?? '')?.[1])
  expect(from).toBeGreaterThan(1_000_000)
  expect(from).toBeLessThan(weights.length)
})

it('stops when it is told to, and goes on when it is told to', async () => {
  const { words } = studio
  hub.faults.holdsAfter = 3_000_000
  await useMirror()
  await fetchModel('tiny/poet')
  await seen(panel().getByText(/3 MB|3\.\d MB/))
  // Everything that the panel can show is open now: the list, the fold, the progress.
  await panel().getByText(words.hub.known, { exact: true }).click()
  expect(await violations(studio.page)).toEqual([])
  await panel().getByRole('button', { name: words.hub.stop }).click()
  await seen(panel().getByText(words.hub.stopped('tiny/poet')))
  hub.behave()
  await panel().getByRole('button', { name: words.hub.goOn, exact: true }).click()
  await isOpen('tiny/poet')
})

it('says what a gated model and a repository without safetensors need, and forgets the token', async () => {
  const { page, words, problems } = studio
  await useMirror()
  await fetchModel('tiny/gguf')
  await seen(panel().getByText(problems['hub.no-safetensors']({ found: 'q4.gguf' }).what))
  await fetchModel('tiny/gated')
  const gated = problems['hub.gated']({ repository: 'tiny/gated', signedIn: false })
  await seen(panel().getByText(gated.what))
  await seen(panel().getByText(gated.remedy))
  await panel().getByLabel(words.hub.token, { exact: true }).fill('hf_secret')
  await panel().getByRole('button', { name: words.hub.goOn, exact: true }).click()
  await isOpen('tiny/gated')
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain('hf_secret')
  await page.reload()
  await goTo(studio, 'model')
  await panel().getByText(words.hub.more, { exact: true }).click()
  expect(await panel().getByLabel(words.hub.token, { exact: true }).inputValue()).toBe('')
  expect(await panel().getByRole('textbox', { name: words.hub.endpoint }).inputValue()).toBe(hub.url)
})

// The whole walk, in both languages, by what a person reads and presses: a dropped file, its mask, a run with its twin,
// the poem coming into being, the playground and its verdict, the model kept and opened again.
// The tests of a language follow one another on one page; the first that fails takes the later ones with it.

import { readFile } from 'node:fs/promises'
import { BlobReader, TextWriter, ZipReader } from '@zip.js/zip.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Language } from '../../src/session/preferences.ts'
import { oneAfterAnother } from './failures.ts'
import { download, dropPaths, fileOf } from './hand.ts'
import { around, asPattern, goTo, modelIsReady, seen, stepLink, stepSays } from './steps.ts'
import { openStudio, type Studio } from './studio.ts'

type Poem = { instruct: string; input: string; label: string }
const badRows = [
  { instruct: 'No answer', input: '' },
  { instruct: 'A number', input: '', label: 7 },
]
const runMinutes = 6

describe.each<Language>(['en', 'zh'])('the walk in %s', (language) => {
  let studio: Studio
  let poems: readonly Poem[]
  let savedModel = ''
  oneAfterAnother(() => studio)
  beforeAll(async () => {
    poems = JSON.parse(await readFile(`public/data/poems.${language}.json`, 'utf8'))
    studio = await openStudio({ language })
  })
  afterAll(() => studio.close())

  const main = () => studio.page.getByRole('main')
  const button = (name: string | RegExp) => main().getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) })

  it('opens with the embedded model ready', async () => {
    await modelIsReady(studio)
    expect(await studio.page.evaluate(() => crossOriginIsolated)).toBe(true)
    expect(await studio.page.evaluate(() => document.documentElement.lang)).toMatch(new RegExp(`^${language}`))
  })

  it('takes a dropped file and lists each bad row before anything is loaded', async () => {
    const { words, problems } = studio
    const renamed = poems.map(({ instruct, input, label }) => ({ instruction: instruct, input, output: label }))
    const bad = badRows.map(({ instruct, ...rest }) => ({
      instruction: instruct,
      input: '',
      ...('label' in rest && { output: rest.label }),
    }))
    await dropPaths(studio.page, [await fileOf('mine.json', JSON.stringify([...renamed, ...bad], null, 1))])
    await seen(main().getByRole('heading', { name: words.dataset.report.title('mine.json') }))
    const row = (number: number) =>
      main()
        .getByRole('row')
        .filter({ has: studio.page.getByRole('rowheader', { name: String(number), exact: true }) })
    await expect.poll(() => row(poems.length + 1).innerText()).toContain(problems['row.missing-field']({ field: 'output' }).what)
    expect(await row(poems.length + 2).innerText()).toMatch(/["“]output["”]/)
    for (const [field, role] of Object.entries({
      instruction: words.dataset.roles.instruct,
      output: words.dataset.roles.label,
    })) {
      await seen(main().getByRole('button', { name: `${words.dataset.report.roleOf(field)}: ${role}` }))
    }
    await stepSays(studio, 'data', words.app.waitingReport)
    await button(words.dataset.report.load(String(poems.length), false)).click()
    await stepSays(studio, 'data', words.app.records(String(poems.length), false))
  })

  it('shows a record as context and what is learned, the end token included', async () => {
    const { words } = studio
    const [poem] = poems
    await seen(main().getByRole('heading', { name: words.record.title('1') }))
    const text = main()
      .locator('p')
      .filter({ hasText: `${words.record.context}: ` })
      .first()
    await expect
      .poll(() => text.textContent())
      .toBe(
        `${words.record.context}: ${poem?.instruct}${poem?.input}${words.record.learned}: ${poem?.label}${words.record.learned}: <|endoftext|>`,
      )
  })

  it('tells context from learned by line, not by colour alone', async () => {
    const [context, learned] = await main()
      .locator('p')
      .filter({ hasText: `${studio.words.record.context}: ` })
      .first()
      .evaluate((text) =>
        [...text.children].map((part) => getComputedStyle(part).textDecorationStyle + getComputedStyle(part).borderBottomStyle),
      )
      .then((styles) => [styles[1], styles[3]])
    expect(context).not.toBe(learned)
  })

  it('shows every token with its id and its label', async () => {
    const { words } = studio
    await main().getByRole('radio', { name: words.record.views.tokens }).click()
    const marks = { '\u0001': '.*', '\u0002': '(\\d+)', '\u0003': '(−100|\\d+)' }
    const token = asPattern(words.record.token('\u0001', '\u0002', '\u0003'), marks)
    const tokens = main().getByRole('listitem').filter({ hasText: token })
    await seen(tokens)
    const pairs = (await tokens.allTextContents()).map((text) => token.exec(text)?.slice(1) ?? [])
    const firstLearned = pairs.findIndex(([, label]) => label !== '−100')
    expect(firstLearned).toBeGreaterThan(0)
    for (const [id, label] of pairs.slice(firstLearned)) expect(label).toBe(id)
    await main().getByRole('radio', { name: words.record.views.article }).click()
    await seen(main().getByText('-100'))
    await main().getByRole('radio', { name: words.record.views.text }).click()
  })

  it('names the record in the address, and comes back to it', async () => {
    const { page, words } = studio
    await button(words.record.next).click()
    await expect.poll(() => page.url()).toMatch(/#\/data\/2$/)
    await goTo(studio, 'model')
    await seen(main().getByRole('heading', { name: words.model.title, level: 1 }))
    await page.goBack()
    await seen(main().getByRole('heading', { name: words.record.title('2') }))
  })

  it('trains: the loss falls live, with step, epoch, rate, speed, time left, backend and memory', async () => {
    const { words } = studio
    await goTo(studio, 'train')
    await main().getByRole('switch', { name: words.training.twin.label }).click()
    await button(around((epochs) => words.training.button(String(poems.length), false, epochs, false))).click()
    await stepSays(
      studio,
      'train',
      around((step, total, loss) => words.app.trainingAt(step, total, loss)),
    )
    const tiles = main().getByRole('region', { name: words.training.tiles.title })
    const { step, epoch, loss, raw, gradNorm, learningRate, speed, left, backend, memory } = words.training.tiles
    for (const tile of [step, epoch, loss, raw, gradNorm, learningRate, speed, left, backend, memory]) {
      await seen(tiles.getByRole('button', { name: tile.name }).or(tiles.getByText(tile.name)))
    }
    await seen(main().getByRole('slider', { name: words.training.chart.read }))
    await seen(studio.page.getByRole('contentinfo').getByRole('button', { name: words.app.stop(words.app.work.training) }))
  })

  it('writes the watched poem out while it trains', async () => {
    const { words } = studio
    const watch = main().getByRole('region', { name: words.training.watch.title }).first()
    await seen(watch.getByRole('slider'))
    await expect.poll(() => watch.getByRole('slider').inputValue(), { timeout: 120_000 }).not.toBe('0')
    await seen(watch.getByText(words.training.watch.fromInstruct))
    await seen(watch.getByText(words.training.watch.fromBoth))
  })

  it('comes to the verdict that the mask worked, and to a twin that recites', { timeout: runMinutes * 60_000 }, async () => {
    const { words } = studio
    await stepSays(
      studio,
      'train',
      around((steps, loss) => words.app.trained(steps, loss)),
      runMinutes * 60_000,
    )
    await expect
      .poll(() => main().getByRole('status').first().innerText(), { timeout: 60_000 })
      .toMatch(around(words.playground.verdict.worked))
    const twin = await main().getByText(around(words.training.summary.twin)).innerText()
    expect(Number(/\d+/.exec(twin)?.[0])).toBeGreaterThan(0)
    await stepSays(studio, 'play', words.app.verdicts.worked)
  })

  it('goes back through the epochs of the poem', async () => {
    const { words } = studio
    const watch = main().getByRole('region', { name: words.training.watch.title }).first()
    await watch.getByRole('slider').focus()
    await studio.page.keyboard.press('Home')
    await seen(watch.getByText(words.training.watch.before))
  })

  it('has a table of the numbers that the curve shows', async () => {
    const { words } = studio
    await main().getByRole('radio', { name: words.training.chart.epochs }).click()
    const table = main().getByRole('table', { name: words.training.chart.tableOf(words.training.chart.epochs) })
    await seen(table)
    expect(await table.getByRole('row').count()).toBeGreaterThan(3)
  })

  it('writes into six panes and marks what equals the label and what recites the input', async () => {
    const { words } = studio
    await button(words.training.summary.see).click()
    await button(words.playground.writeAll('6')).click()
    const pane = (slot: 'base' | 'tuned' | 'twin', row: 'instruct' | 'both') =>
      main().getByRole('region', { name: `${words.playground.slots[slot]} · ${words.playground.rows[row]}`, exact: true })
    // The record that was open in Data is the one that is open here.
    const poem = poems[1]
    await expect.poll(() => pane('tuned', 'both').innerText(), { timeout: 90_000 }).toContain(poem?.label.split('\n')[0])
    await expect.poll(() => pane('twin', 'instruct').innerText(), { timeout: 90_000 }).toContain(words.playground.panes.ended)
    await seen(pane('tuned', 'both').locator('mark'))
    expect(await pane('tuned', 'instruct').innerText()).not.toContain(poem?.input.split('\n')[0])
    await seen(main().getByText(around(words.playground.verdict.worked)))
    await seen(main().getByText(words.playground.verdict.recitedNone))
  })

  it('writes to a person’s own words', async () => {
    const { words } = studio
    await main().getByRole('radio', { name: words.playground.subject.own }).click()
    await main()
      .getByRole('textbox', { name: words.playground.subject.instruct })
      .fill(poems[3]?.instruct ?? '')
    await main()
      .getByRole('textbox', { name: words.playground.subject.input })
      .fill(poems[3]?.input ?? '')
    await button(words.playground.writeAll('6')).click()
    const answer = main().getByRole('region', {
      name: `${words.playground.slots.tuned} · ${words.playground.rows.both}`,
      exact: true,
    })
    await expect.poll(() => answer.innerText(), { timeout: 90_000 }).toContain(words.playground.panes.ended)
  })

  it('lists every record with how each model answers it, and opens one in the panes', async () => {
    const { words } = studio
    const table = main().getByRole('table', { name: words.playground.table.label })
    expect(await table.getByRole('cell', { name: words.playground.table.exact }).count()).toBeGreaterThan(3)
    await main().getByRole('radio', { name: words.playground.subject.record }).click()
    await table.getByRole('button', { name: words.playground.table.open('3') }).click()
    await seen(
      main()
        .getByText(poems[2]?.label.split('\n')[0] ?? '')
        .first(),
    )
  })

  it('saves the tuned model as one zip in the Hugging Face layout', async () => {
    const { words } = studio
    await goTo(studio, 'keep')
    const saved = await download(main().getByRole('button', { name: words.keep.model.zip }).first())
    savedModel = saved.path
    expect(saved.name).toMatch(/\.zip$/)
    const entries = await new ZipReader(new BlobReader(new Blob([Buffer.from(saved.bytes)]))).getEntries()
    const names = entries.map(({ filename }) => filename.split('/').at(-1))
    for (const name of ['config.json', 'model.safetensors', 'tokenizer.json']) expect(names).toContain(name)
    const config = entries.find(
      ({ filename }) => filename.endsWith('config.json') && !filename.includes('tokenizer') && !filename.includes('generation'),
    )
    const text = config && !config.directory ? await config.getData(new TextWriter()) : '{}'
    expect(JSON.parse(text)).toMatchObject({ model_type: 'qwen2' })
    await stepSays(studio, 'keep', words.app.kept)
  })

  it('saves the history as Trainer writes it, and as CSV', async () => {
    const { words } = studio
    const state = await download(main().getByRole('button', { name: words.keep.history.json }))
    const history: { log_history: { step: number; loss?: number }[] } = JSON.parse(Buffer.from(state.bytes).toString())
    const losses = history.log_history.flatMap(({ loss }) => (loss === undefined ? [] : [loss]))
    expect(losses.length).toBeGreaterThan(10)
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0)
    const csv = Buffer.from((await download(main().getByRole('button', { name: words.keep.history.csv }))).bytes).toString()
    expect(csv.trim().split('\n').length).toBeGreaterThan(losses.length)
  })

  it('opens the saved model again, and it writes what it learned', async () => {
    const { words } = studio
    await dropPaths(studio.page, [savedModel])
    await seen(main().getByRole('heading', { name: words.model.title, level: 1 }))
    await expect.poll(() => stepLink(studio, 'model').innerText(), { timeout: 60_000 }).toMatch(/tuned/)
    await goTo(studio, 'play')
    await main().getByRole('radio', { name: words.playground.subject.record }).click()
    await main().getByRole('textbox', { name: words.playground.subject.number }).fill('1')
    await studio.page.keyboard.press('Enter')
    await button(words.playground.writeAll('2')).click()
    const answer = main().getByRole('region', {
      name: `${words.playground.slots.base} · ${words.playground.rows.both}`,
      exact: true,
    })
    await expect.poll(() => answer.innerText(), { timeout: 90_000 }).toContain(poems[0]?.label.split('\n')[0])
  })

  it('was without a complaint of the browser', () => {
    expect(studio.complaints).toEqual([])
  })
})

// LoRA as a person meets it: chosen in Train, explained and counted, trained, kept as PEFT's files, opened again beside the model,
// trained on, there again after the worker was lost, and never at the cost of a tuned model that was not saved.

import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { BlobReader, TextWriter, ZipReader } from '@zip.js/zip.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { notebookCode } from '../../src/config/notebook.ts'
import { presets, smallModelLora } from '../../src/config/presets.ts'
import { oneAfterAnother } from './failures.ts'
import { chooseFiles, download, dropPaths, fileOf } from './hand.ts'
import { everyLook } from './looks.ts'
import { around, goTo, modelIsReady, seen, stepSays } from './steps.ts'
import { openStudio, type Studio } from './studio.ts'

let studio: Studio
const records = Array.from({ length: 6 }, (_, n) => ({ instruct: `Say ${n}:\n`, input: 'Now.\n', label: `It is ${n}.` }))
const main = () => studio.page.getByRole('main')
const button = (name: string) => main().getByRole('button', { name, exact: true })
const box = (name: string | RegExp) => main().getByRole('checkbox', { name })
const field = (name: string) => main().getByRole('textbox', { name, exact: true })

async function openWithRecords() {
  studio = await openStudio({ before: (context) => context.grantPermissions(['clipboard-read', 'clipboard-write']) })
  await modelIsReady(studio)
  await dropPaths(studio.page, [await fileOf('six.json', JSON.stringify(records))])
  await stepSays(studio, 'data', studio.words.app.records('6', false))
}

async function set(name: string, value: string) {
  if (!(await field(name).isVisible())) await main().getByText(studio.words.training.settings.title, { exact: true }).click()
  await field(name).fill(value)
  await field(name).press('Enter')
}

async function trainSteps(steps: number) {
  const { words } = studio
  await goTo(studio, 'train')
  await set('max_steps', String(steps))
  await button(words.training.buttonSteps('6', false, String(steps))).click()
  await seen(main().getByText(around(words.training.summary.verdictTime)), 60_000)
}

describe('LoRA', () => {
  oneAfterAnother(() => studio)
  beforeAll(openWithRecords)
  afterAll(() => studio.close())
  let adapterZip = ''

  it('is a preset and a method; the trained parameters follow its fields', async () => {
    const { words } = studio
    const { method } = words.training
    await goTo(studio, 'train')
    await main().getByRole('radio', { name: words.training.presets.lora.name, exact: true }).first().click()
    await seen(main().getByText('112,128', { exact: true }))
    await seen(main().getByText(words.training.card.lora('8'), { exact: false }))
    await button(method.useSmall).click()
    expect(await button(method.useSmall).isVisible()).toBe(false)
    await seen(main().getByText(words.training.card.rateOf('0.012', words.training.card.schedules.linear, '4')))
    await set('r', '4')
    await seen(main().getByText('56,064', { exact: true }))
    await everyLook(studio, 'LoRA chosen')
    await box(new RegExp(method.all)).uncheck()
    await seen(main().getByRole('alert').filter({ hasText: method.none }))
    await seen(main().getByText(words.training.card.missing.layers))
    await box(/^q_proj/).check()
    await box(/^v_proj/).check()
    expect(await box(/^k_proj/).isChecked()).toBe(false)
    await box(new RegExp(method.all)).check()
    expect(await box(/^k_proj/).isChecked()).toBe(true)
    await main().getByRole('radio', { name: method.full, exact: true }).click()
    await everyLook(studio, 'all weights after LoRA')
    expect(await field('r').isVisible()).toBe(false)
    await main().getByRole('radio', { name: method.lora, exact: true }).last().click()
    expect(await field('r').inputValue()).toBe('4')
  })

  it('refuses a rank that is none, and says why', async () => {
    const { settings } = studio.words.training
    await set('r', '0')
    await seen(
      main()
        .getByRole('alert')
        .filter({ hasText: settings.wrong(settings.reason('must be at least 1')) }),
    )
    await set('r', '4')
  })

  it('trains, and names its settings in Trainer’s words, to be copied as Python', async () => {
    const { words, page } = studio
    await trainSteps(3)
    await main().getByText(words.training.notebook.title, { exact: true }).click()
    await everyLook(studio, 'settings of the run')
    const row = main()
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: 'max_steps', exact: true }) })
    expect((await row.innerText()).replaceAll(/\s+/g, ' ')).toMatch(/^max_steps 3.* -1$/)
    await button(words.training.notebook.copy).click()
    const settings = {
      ...presets.lora,
      ...smallModelLora,
      max_steps: 3,
      lora: presets.lora.lora && { ...presets.lora.lora, r: 4 },
    }
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toBe(notebookCode(settings, { output_dir: 'tuned', adapter: null }))
  })

  it('is kept as PEFT’s two files, small', async () => {
    const { words } = studio
    await goTo(studio, 'keep')
    await seen(main().getByText('PeftModel.from_pretrained(base, "tabtune-poet-tuned-lora")', { exact: false }))
    await everyLook(studio, 'an adapter to keep')
    const { name, path, bytes } = await download(button(words.keep.model.zip))
    adapterZip = path
    expect(name).toBe('tabtune-poet-tuned-lora.zip')
    const entries = await new ZipReader(new BlobReader(new Blob([Uint8Array.from(bytes)]))).getEntries()
    const files = new Map(entries.map((entry) => [entry.filename.split('/').at(-1), entry]))
    expect(files.get('adapter_model.safetensors')?.uncompressedSize).toBeGreaterThan(56_064 * 4)
    expect(files.get('adapter_model.safetensors')?.uncompressedSize).toBeLessThan(56_064 * 4 + 8192)
    const config = files.get('adapter_config.json')
    const json = config === undefined || config.directory ? '{}' : await config.getData(new TextWriter())
    expect(JSON.parse(json)).toMatchObject({ peft_type: 'LORA', r: 4, lora_alpha: 16, use_rslora: false })
    await stepSays(studio, 'keep', words.app.kept)
  })

  it('opens beside the model wherever its zip is dropped, and is what the next run goes on with', async () => {
    const { words, page } = studio
    await goTo(studio, 'data')
    await dropPaths(page, [adapterZip])
    await seen(main().getByRole('heading', { name: words.model.adapter.titled('tabtune-poet-tuned-lora') }))
    await stepSays(
      studio,
      'model',
      around((parameters) => words.app.modelWithAdapter('tabtune-poet', parameters)),
    )
    await seen(main().getByText(words.model.adapter.targets('all-linear')))
    await goTo(studio, 'train')
    await seen(main().getByText(words.training.method.goesOn('tabtune-poet-tuned-lora'), { exact: false }))
    expect(await field('r').isDisabled()).toBe(true)
    expect(await field('lora_dropout').isDisabled()).toBe(false)
    await main().getByRole('radio', { name: words.training.method.full, exact: true }).click()
    await seen(main().getByText(words.training.method.merged('tabtune-poet-tuned-lora'), { exact: false }))
    await main().getByRole('radio', { name: words.training.method.lora, exact: true }).last().click()
    await trainSteps(2)
  })

  it('asks before the tuned one is lost; nothing happens until it is answered', async () => {
    const { words, page } = studio
    const { adapter, losing } = words.model
    await goTo(studio, 'model')
    await button(adapter.remove).click()
    const question = main().getByRole('alertdialog', { name: losing.title })
    await seen(question)
    expect(await question.evaluate((element) => element === document.activeElement)).toBe(true)
    await everyLook(studio, 'an adapter and the question')
    await question.focus()
    await page.keyboard.press('Escape')
    await question.waitFor({ state: 'hidden' })
    await seen(main().getByRole('heading', { name: adapter.titled('tabtune-poet-tuned-lora') }))
    await stepSays(studio, 'keep', words.app.notKept)
    await button(adapter.remove).click()
    await question.getByRole('button', { name: losing.go['remove-adapter']('tabtune-poet-tuned-lora') }).click()
    await seen(main().getByRole('heading', { name: adapter.title, exact: true }))
    await stepSays(studio, 'keep', words.app.notYet)
  })

  it('refuses an adapter for another model, and keeps what is open', async () => {
    const { words, problems } = studio
    const folder = join(dirname(await fileOf('x', '')), 'theirs')
    await mkdir(folder)
    await writeFile(join(folder, 'adapter_config.json'), JSON.stringify({ peft_type: 'LORA', r: 4, target_modules: ['q_proj'] }))
    await dropPaths(studio.page, [folder])
    await seen(main().getByRole('region', { name: words.model.adapter.failed('theirs') }))
    const { remedy } = problems['model.no-adapter']({ file: '', found: '' })
    await seen(main().getByText(remedy))
    await modelIsReady(studio)
    await button(words.model.adapter.dismiss).click()
    await chooseFiles(button(words.model.adapter.zipOf), [adapterZip])
    await seen(main().getByRole('heading', { name: words.model.adapter.titled('tabtune-poet-tuned-lora') }))
  })

  it('is there again after the worker was lost', async () => {
    const { words, page, problems } = studio
    const [worker] = page.workers()
    await worker?.evaluate(() => self.close()).catch(() => undefined)
    await seen(main().getByText(problems['run.worker-lost']({ message: '' }).remedy))
    await stepSays(
      studio,
      'model',
      around((parameters) => words.app.modelWithAdapter('tabtune-poet', parameters)),
    )
    await goTo(studio, 'play')
    await button(words.playground.writeAll('2')).click()
    await seen(main().getByText(around(words.playground.panes.speed)), 60_000)
  })
})

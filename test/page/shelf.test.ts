// The shelf as a person meets it: what is kept is there after a reload, opens, is renamed and deleted with a way back; the model that was
// open comes back by itself; a full disk is told before; two tabs agree; a browser that keeps nothing is said to, and all else works.

import { cp } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { oneAfterAnother, photographFailures } from './failures.ts'
import { dropPaths, fileOf } from './hand.ts'
import { everyLook } from './looks.ts'
import { around, goTo, modelIsReady, seen, stepSays } from './steps.ts'
import { openStudio, type Studio } from './studio.ts'

let studio: Studio
const records = Array.from({ length: 6 }, (_, n) => ({ instruct: `Say ${n}:\n`, input: 'Now.\n', label: `It is ${n}.` }))
const main = () => studio.page.getByRole('main')
const button = (name: string) => main().getByRole('button', { name, exact: true })

async function openWithRecords(options: Parameters<typeof openStudio>[0] = {}) {
  studio = await openStudio(options)
  await modelIsReady(studio)
  await dropPaths(studio.page, [await fileOf('six.json', JSON.stringify(records))])
  await stepSays(studio, 'data', studio.words.app.records('6', false))
}

async function train(steps: string, left = '6') {
  const { words } = studio
  await goTo(studio, 'train')
  const field = main().getByRole('textbox', { name: 'max_steps', exact: true })
  if (!(await field.isVisible())) await main().getByText(words.training.settings.title, { exact: true }).click()
  await field.fill(steps)
  await field.press('Enter')
  await button(words.training.buttonSteps(left, false, steps)).click()
  await seen(main().getByText(around(words.training.summary.verdictTime)), 60_000)
}

const modelSays = (name: string) =>
  stepSays(
    studio,
    'model',
    around((parameters) => studio.words.app.modelReady(name, parameters)),
  )

describe('the shelf', () => {
  oneAfterAnother(() => studio)
  beforeAll(() => openWithRecords())
  afterAll(() => studio.close())

  it('says in Model and in Runs that it is empty', async () => {
    const { words } = studio
    await goTo(studio, 'model')
    await seen(main().getByText(words.shelf.empty.models))
    await stepSays(studio, 'runs', words.app.noRuns)
    await goTo(studio, 'runs')
    await seen(main().getByText(words.runs.empty.text))
    await everyLook(studio, 'no runs')
  })

  it('takes the tuned model, and keeps the run by itself', async () => {
    const { words } = studio
    await train('3')
    await stepSays(studio, 'runs', words.app.runsKept('1', true))
    await goTo(studio, 'keep')
    await button(words.shelf.put).click()
    await stepSays(studio, 'keep', words.app.kept)
    await everyLook(studio, 'kept on the shelf')
  })

  it('takes the records with their edits', async () => {
    const { words } = studio
    await goTo(studio, 'data')
    await button(words.record.edit.leaveOut).click()
    await stepSays(studio, 'data', words.app.records('5', false))
    await button(words.shelf.put).click()
    await seen(button(words.shelf.onShelf))
  })

  it('is there after a reload, and opens the model with one press', async () => {
    const { words, page } = studio
    await page.reload()
    await modelIsReady(studio)
    await goTo(studio, 'model')
    await seen(main().getByText('tabtune-poet-tuned', { exact: true }))
    await everyLook(studio, 'a model on the shelf')
    await button(words.shelf.openOf('tabtune-poet-tuned')).click()
    await modelSays('tabtune-poet-tuned')
    await seen(main().getByText(words.model.fromShelf, { exact: true }))
  })

  it('the model that was open comes back by itself', async () => {
    await studio.page.reload()
    await modelSays('tabtune-poet-tuned')
    expect(studio.asked.filter((address) => address.endsWith('model.safetensors'))).toHaveLength(2)
  })

  it('renames in place, by keyboard, and the other tab hears of it', async () => {
    const { words, page } = studio
    const other = await page.context().newPage()
    await other.goto(`${studio.url}#/model`)
    await seen(other.getByText('tabtune-poet-tuned', { exact: true }))
    await goTo(studio, 'model')
    const rename = button(words.shelf.renameOf('tabtune-poet-tuned'))
    await rename.click()
    const field = main().getByRole('textbox', { name: words.shelf.newName('tabtune-poet-tuned') })
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
    await everyLook(studio, 'renaming')
    await field.press('Escape')
    await expect.poll(() => rename.evaluate((element) => element === document.activeElement)).toBe(true)
    await rename.press('Enter')
    await field.fill('Li Bai 月')
    await field.press('Enter')
    await seen(main().getByText('Li Bai 月', { exact: true }))
    await seen(other.getByText('Li Bai 月', { exact: true }))
    await other.close()
  })

  it('deletes with a way back', async () => {
    const { words } = studio
    await button(words.shelf.removeOf('Li Bai 月')).press('Enter')
    await seen(main().getByText(words.shelf.takenOff('Li Bai 月')))
    await seen(main().getByText(words.shelf.empty.models))
    await everyLook(studio, 'deleted')
    expect(await button(words.shelf.undo).evaluate((element) => element === document.activeElement)).toBe(true)
    await studio.page.keyboard.press('Enter')
    await seen(main().getByText('Li Bai 月', { exact: true }))
    expect(await main().getByText(words.shelf.takenOff('Li Bai 月')).isVisible()).toBe(false)
  })

  it('opens the records as they were kept', async () => {
    const { words } = studio
    await goTo(studio, 'data')
    await button(words.dataset.otherFile).click()
    await everyLook(studio, 'records on the shelf')
    await button(words.shelf.openOf('six.json')).click()
    await stepSays(studio, 'data', words.app.records('5', false))
  })

  it('shows the run with its curve, settings and verdict, and opens what was kept of it', async () => {
    const { words, page } = studio
    await goTo(studio, 'runs')
    await everyLook(studio, 'runs')
    await main().getByRole('link', { name: 'six.json · tabtune-poet' }).click()
    await seen(main().getByRole('heading', { level: 1, name: 'six.json · tabtune-poet' }))
    await seen(main().getByRole('slider', { name: words.training.chart.read }))
    await seen(main().getByRole('heading', { name: words.runs.facts.title }))
    await everyLook(studio, 'a run')
    await page.reload()
    await seen(main().getByText('Li Bai 月', { exact: true }))
    await button(words.runs.takeSettings).click()
    await page.waitForURL(/#\/train/)
    await page.goBack()
    await button(words.shelf.openOf('Li Bai 月')).click()
    await modelSays('Li Bai 月')
  })

  it('heals itself when it opens: what a cut-off tab left is gone, the rest is whole', async () => {
    const { page, words } = studio
    const folders = () =>
      page.evaluate(async () => {
        const shelf = await (await navigator.storage.getDirectory()).getDirectoryHandle('tabtune-shelf')
        let count = 0
        for await (const _ of shelf.keys()) count += 1
        return count
      })
    const before = await folders()
    await page.evaluate(async () => {
      const shelf = await (await navigator.storage.getDirectory()).getDirectoryHandle('tabtune-shelf')
      const half = await shelf.getDirectoryHandle('half-written', { create: true })
      const stream = await (await half.getFileHandle('model.safetensors.part', { create: true })).createWritable()
      await stream.write('half')
      await stream.close()
    })
    await page.reload()
    await modelSays('Li Bai 月')
    await expect.poll(folders).toBe(before)
    await stepSays(studio, 'runs', words.app.runsKept('1', true))
  })

  it('says before it writes that the disk is too small, and keeps nothing by half', async () => {
    const { page, words, url } = studio
    await train('2', '5')
    await stepSays(studio, 'runs', words.app.runsKept('2', false))
    const session = await page.context().newCDPSession(page)
    const { used } = await page.evaluate(async () => ({ used: (await navigator.storage.estimate()).usage ?? 0 }))
    await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(url).origin, quotaSize: used + 100_000 })
    const full = () =>
      main()
        .getByRole('alert')
        .filter({ hasText: studio.problems['shelf.full']({ needed: 1, free: 0 }).remedy })
    await goTo(studio, 'keep')
    await button(words.shelf.put).click()
    await seen(full())
    await stepSays(studio, 'keep', words.app.notKept)
    await everyLook(studio, 'the disk is full')
    await goTo(studio, 'data')
    await button(words.shelf.put).click()
    await seen(full())
    const left = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0)
    expect(Math.abs(left - used)).toBeLessThan(10_000)
    await session.detach()
  })

  it('has not made the browser complain', () => {
    expect(studio.complaints).toEqual([])
  })
})

describe('a folder that was chosen', () => {
  photographFailures(() => studio)
  afterEach(() => studio.close())

  it('is read where it lies, and is open again after a reload', async () => {
    studio = await openStudio({
      before: (context) =>
        context.addInitScript(() => {
          // The dialog cannot be pressed by a test; a folder of the private file system is a handle like any other.
          window.showDirectoryPicker = async () => {
            const root = await navigator.storage.getDirectory()
            return root.getDirectoryHandle('my-model', { create: true })
          }
        }),
    })
    const { page, words } = studio
    await modelIsReady(studio)
    await page.evaluate(async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('my-model', { create: true })
      for (const name of [
        'config.json',
        'tokenizer.json',
        'tokenizer_config.json',
        'generation_config.json',
        'model.safetensors',
      ]) {
        const response = await fetch(`models/tabtune-poet/${name}`)
        const stream = await (await folder.getFileHandle(name, { create: true })).createWritable()
        await stream.write(await response.blob())
        await stream.close()
      }
    })
    await goTo(studio, 'model')
    await main().getByRole('button', { name: words.model.other.folder, exact: true }).last().click()
    await modelSays('my-model')
    await seen(main().getByText(words.model.fromFolder, { exact: true }))
    await seen(main().getByText(words.model.other.known))
    await button(words.shelf.put).click()
    await seen(main().getByText(words.shelf.onShelf, { exact: true }))
    await seen(button(words.shelf.openOf('my-model')))
    await everyLook(studio, 'a folder that is known')
    await page.reload()
    await modelSays('my-model')
    await button(words.model.other.back).click()
    await modelIsReady(studio)
    await button('my-model').click()
    await modelSays('my-model')
    await button(words.model.other.forget('my-model')).click()
    await expect.poll(() => main().getByText(words.model.other.known).isVisible()).toBe(false)
  })
})

describe('a folder that was dropped', () => {
  photographFailures(() => studio)
  afterEach(() => studio.close())

  it('is known afterwards, so that it opens again with one press', async () => {
    studio = await openStudio()
    const { page, words } = studio
    await modelIsReady(studio)
    const folder = join(dirname(await fileOf('x', '')), 'dropped-model')
    await cp('public/models/tabtune-poet', folder, { recursive: true })
    await dropPaths(page, [folder])
    await modelSays('dropped-model')
    await seen(main().getByText(words.model.fromFolder, { exact: true }))
    await seen(main().getByText(words.model.other.known))
    expect(studio.complaints).toEqual([])
  })
})

describe('where the browser keeps nothing', () => {
  photographFailures(() => studio)
  afterEach(() => studio.close())

  it('says so once in each place, and trains and saves all the same', async () => {
    await openWithRecords({
      before: (context) =>
        context.route('**/assets/main-*.js', async (route) => {
          const response = await route.fetch()
          const refuse = `StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException('denied', 'SecurityError'));`
          await route.fulfill({ response, body: refuse + (await response.text()) })
        }),
    })
    const { words } = studio
    await stepSays(studio, 'runs', words.app.noShelf)
    await goTo(studio, 'model')
    await seen(main().getByText(words.shelf.missing))
    await goTo(studio, 'runs')
    await seen(main().getByText(words.runs.missing))
    await train('2')
    await goTo(studio, 'keep')
    await seen(main().getByText(words.shelf.missing))
    expect(await button(words.shelf.put).isVisible()).toBe(false)
    await everyLook(studio, 'no shelf')
    await seen(button(words.keep.model.zip))
    expect(await studio.page.getByRole('alert').count()).toBe(0)
  })
})

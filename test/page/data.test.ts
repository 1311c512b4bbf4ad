// Bringing records in: every way in, every fault of a file as the page says it, and that what was in use is never lost.
// How files are parsed has its own tests; here it is what a person sees.

import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { photographFailures } from './failures.ts'
import { chooseFiles, dropData, dropPaths, fileOf, pasteText } from './hand.ts'
import { around, modelIsReady, seen, stepSays } from './steps.ts'
import { openStudio, type Studio } from './studio.ts'

let studio: Studio
photographFailures(() => studio)
beforeAll(async () => {
  studio = await openStudio()
  await modelIsReady(studio)
})
afterAll(() => studio.close())

const main = () => studio.page.getByRole('main')
const button = (name: string) => main().getByRole('button', { name, exact: true })
const heading = (name: string) => main().getByRole('heading', { name, exact: true })
const drop = async (name: string, content: string | Uint8Array) => dropPaths(studio.page, [await fileOf(name, content)])

const record = (n: number) => ({ instruct: `Question ${n}?\n`, input: `Matter ${n}.\n`, label: `Answer ${n}.` })
const records = (count: number) => Array.from({ length: count }, (_, n) => record(n + 1))
const json = (value: unknown) => JSON.stringify(value)

describe('ways in', () => {
  it('takes a sample with one press', async () => {
    await button(studio.words.dataset.tryDemo).click()
    await seen(heading('poems.en.json'))
    await stepSays(studio, 'data', studio.words.app.records('28', false))
  })

  it('takes a dropped file of JSON Lines', async () => {
    await drop('lines.jsonl', records(3).map(json).join('\r\n'))
    await seen(heading('lines.jsonl'))
    await seen(main().getByText(studio.words.dataset.inUse('JSON Lines', studio.words.dataset.kinds.instruct)))
    await stepSays(studio, 'data', studio.words.app.records('3', false))
  })

  it('takes a chosen file of CSV', async () => {
    await button(studio.words.dataset.otherFile).click()
    const csv = 'instruct,input,label\n"Say ""yes""","a, b","one\ntwo"\nq,,a\n'
    await chooseFiles(button(studio.words.dataset.chooseFile), [await fileOf('table.csv', csv)])
    await seen(heading('table.csv'))
    await stepSays(studio, 'data', studio.words.app.records('2', false))
  })

  it('takes pasted text, outside a field and in the field for it', async () => {
    await pasteText(studio.page, json(records(4)))
    await stepSays(studio, 'data', studio.words.app.records('4', false))
    if (!(await button(studio.words.dataset.paste).isVisible())) await button(studio.words.dataset.otherFile).click()
    await button(studio.words.dataset.paste).click()
    await main()
      .getByRole('textbox', { name: studio.words.dataset.pasteTitle })
      .fill(json(records(5)))
    await button(studio.words.dataset.pasteRead).click()
    await stepSays(studio, 'data', studio.words.app.records('5', false))
  })

  it('takes dropped text', async () => {
    await dropData(studio.page, { 'text/plain': json(records(6)) })
    await stepSays(studio, 'data', studio.words.app.records('6', false))
  })

  it('takes UTF-16 with Windows line ends, and a byte order mark', async () => {
    const text = `\uFEFF${JSON.stringify(records(2), null, 1).replaceAll('\n', '\r\n')}`
    await drop('windows.json', Buffer.from(text, 'utf16le'))
    await seen(heading('windows.json'))
    await button(studio.words.dataset.report.show).click()
    await seen(main().getByText(studio.words.dataset.encodings['utf-16le']))
    await drop('marked.json', `\uFEFF${json(records(7))}`)
    await stepSays(studio, 'data', studio.words.app.records('7', false))
  })

  it('takes conversations', async () => {
    const messages = [
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: 'Good day.' },
    ]
    await drop('chat.json', json([{ messages }, { messages }, { messages: messages.slice(0, 1) }]))
    await seen(heading(studio.words.dataset.report.title('chat.json')))
    await button(studio.words.dataset.report.load('2', false)).click()
    await seen(main().getByText(studio.words.dataset.inUse('JSON', studio.words.dataset.kinds.chat)))
  })
})

describe('a file that cannot be read', () => {
  beforeAll(async () => {
    await drop('kept.json', json(records(9)))
    await seen(heading('kept.json'))
  })

  /** What came is refused with these words, and what was in use is in use still. */
  async function refused(name: string, words: string | RegExp) {
    const note = main().getByRole('region', { name: studio.words.dataset.refused(name) })
    await expect.poll(() => note.innerText()).toMatch(words)
    expect(await note.innerText()).toContain(studio.words.dataset.stillInUse('kept.json'))
    await note.getByRole('button', { name: studio.words.dataset.putAway }).click()
    await seen(heading('kept.json'))
    await stepSays(studio, 'data', studio.words.app.records('9', false))
  }
  const what = () => studio.problems

  it.each([
    ['empty', '', () => what()['dataset.empty']({ name: '' }).what],
    ['not JSON', 'hello', () => /Line 1, column 1/],
    [
      'with a trailing comma',
      '[\n{"instruct":"a","input":"","label":"b"},\n]',
      () => what()['dataset.trailing-comma']({ line: 2, column: 40 }).what,
    ],
    ['one object', '{"instruct":"a","label":"b"}', () => what()['dataset.not-an-array']({ found: 'object' }).what],
    ['without records', '[]', () => what()['dataset.no-records']({ name: '' }).what],
    ['cut off', '[{"instruct":"a","input":"","label":"b"},{"instr', () => /Line 1, column/],
  ])('%s', async (_, text, expected) => {
    await drop('bad.json', text)
    await refused('bad.json', expected())
  })

  it('a picture', async () => {
    await drop('bad.json', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]))
    await refused('bad.json', what()['dataset.not-text']({ name: '' }).what)
  })

  it('two files at once', async () => {
    await dropPaths(studio.page, [await fileOf('a.json', '[]'), await fileOf('b.json', '[]')])
    await refused('', what()['dataset.several-files']({ count: 2 }).what)
  })

  it('a link instead of a file', async () => {
    await dropData(studio.page, { 'text/uri-list': 'https://example.org/records.json' })
    await refused('', what()['dataset.no-file']({ found: 'link' }).what)
  })

  it('a drop of nothing', async () => {
    await dropData(studio.page, {})
    await refused('', what()['dataset.no-file']({ found: 'nothing' }).what)
  })

  it('an empty folder', async () => {
    const folder = join(dirname(await fileOf('beside.json', '[]')), 'empty')
    await mkdir(folder)
    await dropPaths(studio.page, [folder])
    await refused('', what()['dataset.no-file']({ found: 'empty folder' }).what)
  })
})

describe('rows', () => {
  it('lists each fault with its record, takes the good rows only on the person’s word, and says nothing was changed', async () => {
    const rows = [
      record(1),
      { instruct: 'q', input: '' },
      { ...record(3), label: 5 },
      'text',
      { ...record(5), label: '' },
      { ...record(6), note: 'x' },
      record(1),
    ]
    await drop('rows.json', json(rows))
    await seen(heading(studio.words.dataset.report.title('rows.json')))
    const table = main().getByRole('table')
    const row = (number: number) =>
      table.getByRole('row').filter({ has: studio.page.getByRole('rowheader', { name: String(number), exact: true }) })
    const say = studio.problems
    expect(await row(2).innerText()).toContain(say['row.missing-field']({ field: 'label' }).what)
    expect(await row(3).innerText()).toContain(say['row.not-a-string']({ field: 'label', found: 'number' }).what.slice(0, 20))
    expect(await row(4).innerText()).toContain(studio.words.dataset.severities.error)
    expect(await row(5).first().innerText()).toContain(say['row.empty-label']({ field: 'label' }).what)
    expect(await row(6).innerText()).toContain(say['row.extra-field']({ field: 'note' }).what)
    expect(await row(7).innerText()).toContain(say['row.duplicate']({ of: 1 }).what)
    await stepSays(studio, 'data', studio.words.app.waitingReport)
    await main()
      .getByRole('button', { name: around((count) => studio.words.dataset.report.load(count, false)) })
      .click()
    await seen(heading('rows.json'))
  })

  it('shows script in every field as text, and runs none of it', async () => {
    const script = '<img src=x onerror="window.hacked = 1"><script>window.hacked = 1</script>'
    const rows = [
      { instruct: script, input: script, label: script },
      { [script]: script, instruct: script, input: '', label: 7 },
    ]
    await drop('<b onclick=1>.json', json(rows))
    await button(studio.words.dataset.report.load('1', true)).click()
    await seen(main().getByText(script).first())
    for (const view of Object.values(studio.words.record.views)) {
      await main().getByRole('radio', { name: view }).click()
      await studio.page.waitForTimeout(100)
    }
    await main().getByRole('radio', { name: studio.words.record.views.text }).click()
    expect(await studio.page.evaluate(() => 'hacked' in window)).toBe(false)
    expect(await main().locator('img, script').count()).toBe(0)
  })

  it('reads half characters as U+FFFD and says so', async () => {
    await drop('half.json', '[{"instruct":"q\\ud83d","input":"","label":"a"}]')
    await seen(heading('half.json'))
    await button(studio.words.dataset.report.show).click()
    await seen(main().getByText(studio.problems['row.lone-surrogate']({ field: 'instruct' }).what))
  })

  it('cuts a record of 100,000 characters, says so, and stays quick', async () => {
    await drop('long.json', json([{ ...record(1), input: 'word and word; '.repeat(7000) }, record(2)]))
    await seen(heading('long.json'))
    await seen(main().getByText(studio.words.record.truncated))
    await main().getByRole('radio', { name: studio.words.record.views.tokens }).click()
    const started = Date.now()
    await button(studio.words.record.next).click()
    await seen(heading(studio.words.record.title('2')))
    expect(Date.now() - started).toBeLessThan(3000)
    await main().getByRole('radio', { name: studio.words.record.views.text }).click()
  })

  it('marks a token that straddles the border, and one press mends it', async () => {
    await drop('straddle.json', json([{ instruct: 'Tell me of the mo', input: '', label: 'on and the sun.' }]))
    await seen(heading('straddle.json'))
    await seen(main().getByText(studio.words.record.straddle.title))
    await button(studio.words.record.straddle.mend).click()
    await main().getByText(studio.words.record.straddle.title).waitFor({ state: 'hidden' })
  })

  it('edits a record, leaves one out and takes it back; the file stays as it is', async () => {
    await drop('edit.json', json(records(3)))
    await seen(heading('edit.json'))
    await button(studio.words.record.edit.start).click()
    await main().getByRole('textbox', { name: studio.words.record.edit.fields.label }).fill('A better answer.')
    await button(studio.words.record.edit.save).click()
    await seen(main().getByText('A better answer.'))
    await button(studio.words.record.edit.leaveOut).click()
    await stepSays(studio, 'data', studio.words.app.records('2', false))
    await button(studio.words.record.edit.restore).click()
    await stepSays(studio, 'data', studio.words.app.records('3', false))
  })

  it('goes back to the records that were there before', async () => {
    await drop('new.json', json(records(2)))
    await seen(heading('new.json'))
    await button(studio.words.dataset.goBack('edit.json')).click()
    await seen(heading('edit.json'))
  })
})

it('was without a complaint of the browser', () => {
  expect(studio.complaints).toEqual([])
})

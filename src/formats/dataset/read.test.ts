// What a file may look like and still be read: every form, every encoding, every known set of field names; and the limits of time.

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { goldenFolder } from '../../../test/golden.ts'
import type { ColumnRoles, DataRecord } from '../../protocol/dataset.ts'
import { readDataset } from './read.ts'
import { writeDataset } from './write.ts'

const read = (name: string, content: Blob | string, roles: ColumnRoles | null = null) => readDataset({ name, content }, roles, {})

async function recordsOf(name: string, content: Blob | string, roles: ColumnRoles | null = null): Promise<DataRecord[]> {
  return (await read(name, content, roles)).records.map(({ record }) => record)
}

const poem = { kind: 'instruct', instruct: '写一首诗', input: '嫦娥\t', label: ' 碧海青天\r\n' } as const
const { kind: _, ...poemFields } = poem

describe('fields', () => {
  const asked: DataRecord = { kind: 'instruct', instruct: 'q', input: '', label: 'a' }
  const added: DataRecord = { kind: 'instruct', instruct: 'q', input: 'i', label: 'a' }
  const chat: DataRecord = {
    kind: 'chat',
    messages: [
      { role: 'system', content: 's' },
      { role: 'user', content: 'q' },
      { role: 'assistant', content: 'a' },
    ],
  }
  const parts = [{ type: 'text', text: 'q' }]

  it.each<[object, DataRecord]>([
    [{ instruct: 'q', input: 'i', label: 'a' }, added],
    [{ instruct: 'q', label: 'a' }, asked],
    [{ instruct: 'q', input: null, label: 'a' }, asked],
    [{ instruction: 'q', input: 'i', output: 'a' }, added],
    [{ Instruction: 'q', ' INPUT ': 'i', Output: 'a' }, added],
    [{ instruction: 'q', context: 'i', response: 'a' }, added],
    [{ prompt: 'q', completion: 'a' }, asked],
    [{ question: 'q', answer: 'a' }, asked],
    [{ input: 'q', output: 'a' }, asked],
    [
      {
        messages: [
          { role: 'system', content: 's' },
          { role: 'user', content: parts },
          { role: 'assistant', content: 'a' },
        ],
      },
      chat,
    ],
    [
      {
        conversations: [
          { from: 'system', value: 's' },
          { from: 'human', value: 'q' },
          { from: 'gpt', value: 'a' },
        ],
      },
      chat,
    ],
    [{ prompt: 'q', prompt_id: '7', messages: chat.messages }, chat],
    [
      { input_ids: [1, 2], labels: [-100, 2] },
      { kind: 'tokens', input_ids: [1, 2], labels: [-100, 2] },
    ],
  ])('%j', async (fields, record) => {
    const { reading, records } = await read('x.json', JSON.stringify([fields]))
    expect(records.map((known) => known.record)).toEqual([record])
    expect(reading.problems.filter(({ severity }) => severity !== 'note')).toEqual([])
    expect(reading.kind).toBe(record.kind)
  })

  it('are shown with their roles, how often they are filled, and an example', async () => {
    const { reading } = await read(
      'x.json',
      '[{"instruction":"q","output":"a","id":1},{"instruction":"","output":"b","system":"s"}]',
    )
    expect(reading.columns).toEqual([
      { field: 'instruction', role: 'instruct', filledRows: 1, example: 'q' },
      { field: 'output', role: 'label', filledRows: 2, example: 'a' },
      { field: 'id', role: 'unused', filledRows: 1, example: '1' },
      { field: 'system', role: 'unused', filledRows: 1, example: 's' },
    ])
  })

  it('are what the person says', async () => {
    const rows = '[{"frage":"q","antwort":"a","input":"i"},{"frage":"r","antwort":"b","input":"j"}]'
    expect(await recordsOf('x.json', rows, { frage: 'instruct', antwort: 'label' })).toEqual([
      { kind: 'instruct', instruct: 'q', input: '', label: 'a' },
      { kind: 'instruct', instruct: 'r', input: '', label: 'b' },
    ])
    const swapped = await recordsOf('x.json', '[{"instruct":"q","input":"i","label":"a"}]', {
      label: 'instruct',
      instruct: 'label',
    })
    expect(swapped).toEqual([{ kind: 'instruct', instruct: 'a', input: 'i', label: 'q' }])
    const unused = await recordsOf('x.json', '[{"instruct":"q","input":"i","label":"a"}]', { input: 'unused' })
    expect(unused).toEqual([asked])
  })

  it('mean nothing by the names of an object’s own workings', async () => {
    const rows = '[{"__proto__":{"label":"x"},"constructor":"c","instruct":"q","label":"a"}]'
    expect(await recordsOf('x.json', rows)).toEqual([asked])
    expect(
      await recordsOf(
        'x.json',
        '[{"__proto__":"q","toString":"a"}]',
        Object.fromEntries([
          ['__proto__', 'instruct'],
          ['toString', 'label'],
        ]),
      ),
    ).toEqual([asked])
    expect(Object.keys({})).toEqual([])
  })
})

describe('forms', () => {
  it('keep every space and line end of a text', async () => {
    expect(await recordsOf('x.json', JSON.stringify([poemFields]))).toEqual([poem])
    expect(await recordsOf('x.csv', `instruct,input,label\r\n"写一首诗","嫦娥\t"," 碧海青天\r\n"\r\n`)).toEqual([poem])
  })

  it('JSON Lines, with blank lines, Windows line ends and no line end at the end', async () => {
    const { reading, records } = await read('x.jsonl', '{"prompt":"a","completion":"b"}\r\n\r\n{"prompt":"c","completion":"d"}')
    expect(reading).toMatchObject({ format: 'jsonl', rows: 2, goodRows: 2, problems: [] })
    expect(records.map(({ row }) => row)).toEqual([1, 2])
    expect((await read('pasted', '{"prompt":"a","completion":"b"}\n{"prompt":"c","completion":"d"}\n')).reading.format).toBe(
      'jsonl',
    )
    expect((await read('x.jsonl', '{"prompt":"a","completion":"b"}\n')).reading.rows).toBe(1)
  })

  it.each([
    ['x.csv', ','],
    ['x.txt', ';'],
    ['x.tsv', '\t'],
    ['pasted', '|'],
  ])('CSV in %s with %j, quotes and line ends inside', async (name, d) => {
    const text = `instruct${d}input${d}label\n"say ""hi""${d}\nnow"${d}${d}hi\n\n=1+1${d}-${d}2\n`
    const { reading, records } = await read(name, text)
    expect(reading).toMatchObject({ format: 'csv', rows: 2, problems: [] })
    expect(records.map(({ record }) => record)).toEqual([
      { kind: 'instruct', instruct: `say "hi"${d}\nnow`, input: '', label: 'hi' },
      { kind: 'instruct', instruct: '=1+1', input: '-', label: '2' },
    ])
  })

  it('a list in a wrapper, and says so', async () => {
    const { reading, records } = await read('x.json', '{"version": 2, "data": [{"instruct":"q","label":"a"}]}')
    expect(records.length).toBe(1)
    expect(reading.problems).toMatchObject([
      { severity: 'note', problem: { code: 'dataset.wrapped', values: { field: 'data' } } },
    ])
  })

  it('markup is text', async () => {
    const bad = '<script>alert(1)</script>'
    expect(await recordsOf('x.json', JSON.stringify([{ instruct: bad, input: bad, label: bad }]))).toEqual([
      { kind: 'instruct', instruct: bad, input: bad, label: bad },
    ])
  })
})

describe('encodings', () => {
  const text = JSON.stringify([poemFields])
  const utf16 = (value: string, littleEndian: boolean) => {
    const view = new DataView(new ArrayBuffer(2 * value.length))
    for (let i = 0; i < value.length; i++) view.setUint16(2 * i, value.charCodeAt(i), littleEndian)
    return new Uint8Array(view.buffer)
  }

  it.each([
    ['utf-8', 'plain', new Blob([text])],
    ['utf-8', 'with a mark', new Blob([`\uFEFF${text}`])],
    ['utf-8', 'pasted with a mark', `\uFEFF${text}`],
    ['utf-16le', 'with a mark', new Blob([utf16(`\uFEFF${text}`, true)])],
    ['utf-16be', 'with a mark', new Blob([utf16(`\uFEFF${text}`, false)])],
    ['utf-16le', 'without', new Blob([utf16(text, true)])],
    ['utf-16be', 'without', new Blob([utf16(text, false)])],
  ])('%s %s', async (encoding, _how, content) => {
    const { reading, records } = await read('x.json', content)
    expect(reading.encoding).toBe(encoding)
    expect(records.map(({ record }) => record)).toEqual([poem])
    expect(reading.bytes).toBe(typeof content === 'string' ? new Blob([content]).size : content.size)
  })

  it('keep characters whole where the file is read in pieces', async () => {
    const label = '月🌕'.repeat(900_000)
    for (const offset of [0, 1, 2, 3]) {
      const rows = JSON.stringify([{ instruct: 'q'.repeat(offset + 1), label }])
      expect((await recordsOf('x.json', new Blob([rows])))[0]).toMatchObject({ label })
    }
  })
})

it('writes what it reads', async () => {
  const records: DataRecord[] = [poem, { kind: 'instruct', instruct: '\u2028</script>', input: '"\\', label: '\uFFFD' }]
  expect(await recordsOf('x.json', writeDataset(records))).toEqual(records)
  const chats: DataRecord[] = [
    {
      kind: 'chat',
      messages: [
        { role: 'user', content: '\n' },
        { role: 'assistant', content: 'a\n  b' },
      ],
    },
  ]
  expect(await recordsOf('x.json', writeDataset(chats))).toEqual(chats)
  const tokens: DataRecord[] = [{ kind: 'tokens', input_ids: [0, 5, 3], labels: [-100, 5, 3] }]
  expect(await recordsOf('x.json', writeDataset(tokens))).toEqual(tokens)
})

const golden = goldenFolder()
describe.skipIf(golden === null)('the reference data sets', () => {
  it.each([
    ['alpaca_en_demo.json', 200],
    ['alpaca_zh_demo.json', 200],
    ['identity.json', 91],
  ])('%s has no errors', async (file, count) => {
    const { reading } = await read(file, new Blob([readFileSync(`${golden}/datasets/${file}`)]))
    expect(reading).toMatchObject({ rows: count, goodRows: count, format: 'json', kind: 'instruct' })
    expect(reading.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('token records of the reference runs are read', async () => {
    const { reading } = await read('train.jsonl', new Blob([readFileSync(`${golden}/qwen2-tiny/train.jsonl`)]))
    expect(reading).toMatchObject({ kind: 'tokens', format: 'jsonl', problems: [] })
  })
})

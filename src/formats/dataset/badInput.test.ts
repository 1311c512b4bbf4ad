// Each way a file can be wrong: a clear problem with its place, and the good rows are never lost nor the bad ones half-loaded.

import { describe, expect, it } from 'vitest'
import { ProblemError } from '../../problem/problem.ts'
import { mostListed } from './problems.ts'
import { readDataset } from './read.ts'

const read = (name: string, content: Blob | string) => readDataset({ name, content }, null, {})

/** The problem that the file as a whole has. */
async function problemOf(name: string, content: Blob | string) {
  try {
    await read(name, content)
    return null
  } catch (error) {
    if (error instanceof ProblemError) return { code: error.problem.code, values: error.problem.values }
    throw error
  }
}

/** The problems of rows: row, line, severity, code, values. */
async function rowProblems(name: string, content: string) {
  const { reading } = await read(name, content)
  return reading.problems.map(({ row, line, severity, problem }) => [row, line, severity, problem.code, problem.values])
}

const bytes = (...values: number[]) => new Blob([Uint8Array.from(values)])

describe('a file that is wrong as a whole', () => {
  it.each<[string, string, Blob | string, object]>([
    ['empty', 'x.json', new Blob([]), { code: 'dataset.empty' }],
    ['only spaces', 'x.json', ' \n\t\r\n', { code: 'dataset.empty' }],
    ['only a mark', 'x.json', bytes(0xef, 0xbb, 0xbf), { code: 'dataset.empty' }],
    ['a picture', 'x.json', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13), { code: 'dataset.not-text' }],
    ['a gzip file', 'x.json', bytes(0x1f, 0x8b, 0x08, 0xd1, 0x03, 0xff, 0xfe, 0x9c), { code: 'dataset.not-text' }],
    ['a zero byte far inside', 'x.json', `[{"instruct":"q","label":"${'a'.repeat(10_000)}\0"}]`, { code: 'dataset.not-text' }],
    [
      'GBK',
      'x.json',
      new Blob(['[\n{"instruct":"', Uint8Array.of(0xd4, 0xc2, 0xc1, 0xc1), '","label":"a"}]']),
      { code: 'dataset.encoding', values: { line: 2 } },
    ],
    [
      'cut inside a character',
      'x.json',
      new Blob(['[{"instruct":"', Uint8Array.of(0xe6, 0x9c)]),
      { code: 'dataset.encoding', values: { line: 1 } },
    ],
    ['words', 'x.json', 'hello', { code: 'dataset.syntax', values: { line: 1, column: 1, expected: 'start' } }],
    ['pasted words', 'pasted', 'hello\nworld', { code: 'dataset.syntax', values: { line: 1, column: 1, expected: 'start' } }],
    ['one object', 'x.json', '{\n"instruct": "q",\n"label": "a"}', { code: 'dataset.not-an-array', values: { found: 'object' } }],
    ['one chat', 'x.json', '{"messages":[{"role":"user","content":"q"}]}', { code: 'dataset.not-an-array' }],
    ['one object with a list of words', 'x.json', '{"tags":["a"]}', { code: 'dataset.not-an-array' }],
    ['two lists in a wrapper', 'x.json', '{"train":[{"a":1}],"test":[{"a":2}]}', { code: 'dataset.not-an-array' }],
    ['one text', 'x.json', '"hello"', { code: 'dataset.not-an-array', values: { found: 'text' } }],
    ['no records', 'x.json', '[ ]', { code: 'dataset.no-records' }],
    ['only a head', 'x.csv', 'instruct,input,label\n', { code: 'dataset.no-records' }],
    [
      'a quote left open',
      'x.csv',
      'instruct,label\na,b\n\nq,"a\nb,c\n',
      { code: 'dataset.csv', values: { line: 4, message: 'open-quote' } },
    ],
    [
      'lines that are no JSON at all',
      'x.jsonl',
      'a\nb',
      { code: 'dataset.syntax', values: { line: 1, column: 1, expected: 'word' } },
    ],
  ])('%s', async (_, name, content, problem) => {
    expect(await problemOf(name, content)).toMatchObject(problem)
  })

  it('is not read when it is too large', async () => {
    const huge = new Blob([])
    Object.defineProperty(huge, 'size', { value: 2e9 })
    expect(await problemOf('x.json', huge)).toEqual({ code: 'dataset.too-large', values: { bytes: 2e9, limit: 500_000_000 } })
  })

  it('says why it cannot be read', async () => {
    const gone = new Blob(['[]'])
    Object.defineProperty(gone, 'slice', { value: () => ({ arrayBuffer: () => Promise.reject(new Error('it was moved')) }) })
    expect(await problemOf('x.json', gone)).toEqual({ code: 'dataset.unreadable', values: { message: 'it was moved' } })
  })
})

describe('JSON that is not', () => {
  const syntax = (line: number, column: number, expected: string) => ({
    code: 'dataset.syntax',
    values: { line, column, expected },
  })
  const comma = (line: number, column: number) => ({ code: 'dataset.trailing-comma', values: { line, column } })
  const good = '{"instruct": "q", "label": "a"}'

  it.each<[string, object]>([
    [`[${good},]`, comma(1, 33)],
    [`[\r\n  ${good},\r\n]\r\n`, comma(2, 34)],
    [`[${good},\n {"instruct": "q", "label": "a",}]`, comma(2, 32)],
    [`[{"a": [1, 2, ]}]`, comma(1, 13)],
    [`{"data": [${good}],}`, comma(1, 43)],
    [`[${good}\n ${good}]`, syntax(2, 2, 'comma')],
    [`[${good}`, syntax(1, 33, 'cut-off')],
    [`[${good}, \n`, syntax(1, 34, 'cut-off')],
    [`[${good}, {"instruct": "q`, syntax(1, 48, 'quote')],
    [`[\n{"instruct": "q", "label": `, syntax(2, 27, 'cut-off')],
    [`[${good}]\n]`, syntax(2, 1, 'more')],
    [`[\n{"instruct": "q" "label": "a"}]`, syntax(2, 18, 'comma')],
    [`[{"instruct" "q"}]`, syntax(1, 14, 'colon')],
    [`[{"instruct": }]`, syntax(1, 15, 'value')],
    [`[{instruct: "q"}]`, syntax(1, 3, 'word')],
    [`[{"instruct": 'q'}]`, syntax(1, 15, 'word')],
    [`[{"instruct": None}]`, syntax(1, 15, 'word')],
    [`[{"instruct": NaN}]`, syntax(1, 15, 'word')],
    [`[{"instruct": 01}]`, syntax(1, 16, 'comma')],
    [`[{"instruct": 1.}]`, syntax(1, 15, 'number')],
    [`[{"instruct": "a\nb"}]`, syntax(1, 15, 'quote')],
    [`[{"instruct": "a\tb"}]`, syntax(1, 15, 'control')],
    [`[{"instruct": "a\\x"}]`, syntax(1, 15, 'escape')],
    [`[\n// words\n${good}]`, syntax(2, 1, 'comment')],
    [`[,${good}]`, syntax(1, 2, 'value')],
    [`[{"a": [1, 2}, ${good}]`, syntax(1, 13, 'comma')],
    [`${'[{"a":'.repeat(1)}${'['.repeat(100_000)}`, syntax(1, 100_007, 'cut-off')],
  ])('%j', async (text, problem) => {
    expect(await problemOf('x.json', text)).toEqual(problem)
  })

  it('has its fault found wherever the file is cut off', async () => {
    const text = `[\n${good},\n{"instruct": "\\u6708 \\"x", "n": [1.5, true, null, {}], "label": "a"}\n]`
    for (let end = 1; end < text.length; end++) {
      expect(await problemOf('x.json', text.slice(0, end)), text.slice(0, end)).toMatchObject({ code: 'dataset.syntax' })
    }
    expect(await problemOf('x.json', text)).toBe(null)
  })

  it('is one row of JSON Lines, and the others are read', async () => {
    const text = `${good}\n\n{"instruct": "r", "label": "b",}\n  {"instruct": "s" "label": "c"}\n{"instruct": "t", "label": "d"},\n`
    const { reading, records } = await read('x.jsonl', text)
    expect(reading).toMatchObject({ rows: 4, goodRows: 1 })
    expect(records.map(({ row }) => row)).toEqual([1])
    expect(
      reading.problems.map(({ row, line, severity, problem }) => [row, line, severity, problem.code, problem.values]),
    ).toEqual([
      [2, 3, 'error', 'dataset.trailing-comma', { line: 3, column: 31 }],
      [3, 4, 'error', 'dataset.syntax', { line: 4, column: 20, expected: 'comma' }],
      [4, 5, 'error', 'dataset.syntax', { line: 5, column: 32, expected: 'more' }],
    ])
  })
})

describe('rows that are wrong', () => {
  const good = '{"instruct": "q", "input": "i", "label": "a"}'

  it.each<[string, string, unknown[][]]>([
    ['missing fields', '{"instruct": "r"}', [[2, 2, 'error', 'row.missing-field', { field: 'label' }]]],
    [
      'a number for text',
      '{"instruct": 1, "input": "", "label": "b"}',
      [[2, 2, 'error', 'row.not-a-string', { field: 'instruct', found: 'a number' }]],
    ],
    [
      'null for an answer',
      '{"instruct": "r", "input": "", "label": null}',
      [[2, 2, 'error', 'row.not-a-string', { field: 'label', found: 'null' }]],
    ],
    [
      'a list for an input',
      '{"instruct": "r", "input": [], "label": "b"}',
      [[2, 2, 'error', 'row.not-a-string', { field: 'input', found: 'a list' }]],
    ],
    ['an empty label', '{"instruct": "r", "input": "", "label": ""}', [[2, 2, 'warning', 'row.empty-label', { field: 'label' }]]],
    [
      'an empty prompt',
      '{"instruct": "", "input": "", "label": "b"}',
      [[2, 2, 'error', 'row.empty-prompt', { field: 'instruct' }]],
    ],
    ['a duplicate', good, [[2, 2, 'warning', 'row.duplicate', { of: 1 }]]],
    [
      'half a character',
      '{"instruct": "\\ud83c", "input": "", "label": "b"}',
      [[2, 2, 'warning', 'row.lone-surrogate', { field: 'instruct' }]],
    ],
    [
      'an extra field',
      '{"instruct": "r", "input": "", "label": "b", "system": "s"}',
      [[2, 2, 'note', 'row.extra-field', { field: 'system' }]],
    ],
    ['an input that is missing', '{"instruct": "r", "label": "b"}', [[2, 2, 'note', 'row.input-absent', { field: 'input' }]]],
    ['no object', '["r"]', [[2, 2, 'error', 'row.not-an-object', { found: 'a list' }]]],
    ['nothing', 'null', [[2, 2, 'error', 'row.not-an-object', { found: 'null' }]]],
  ])('%s', async (_, row, problems) => {
    // An absent input beside a missing label is told as well, once.
    const found = await rowProblems('x.json', `[${good},\n${row}]`)
    expect(problems.every((problem) => found.some((other) => JSON.stringify(other) === JSON.stringify(problem)))).toBe(true)
    const { reading, records } = await read('x.json', `[${good},\n${row}]`)
    expect(reading.rows).toBe(2)
    expect(reading.goodRows).toBe(problems[0]?.[2] === 'error' ? 1 : 2)
    expect(records.length).toBe(reading.goodRows)
    expect(records[1]?.warnings.map(({ severity }) => severity) ?? []).toEqual(problems[0]?.[2] === 'warning' ? ['warning'] : [])
  })

  it('reads half a character as U+FFFD, from UTF-16 too', async () => {
    const text = '[{"instruct":"a\uD83Cb","label":"\uDF15"}]'
    const units = Uint16Array.from(text, (unit) => unit.charCodeAt(0))
    for (const content of [text, new Blob([units])]) {
      const { reading, records } = await read('x.json', content)
      expect(records.map(({ record }) => record)).toEqual([
        { kind: 'instruct', instruct: 'a\uFFFDb', input: '', label: '\uFFFD' },
      ])
      expect(reading.problems.map(({ problem }) => problem.code)).toEqual(['row.lone-surrogate', 'row.lone-surrogate'])
    }
  })

  it.each<[unknown, string, object]>([
    [{ messages: 'hi' }, 'row.chat', { reason: 'no-list' }],
    [{ messages: ['hi'] }, 'row.chat', { reason: 'no-message' }],
    [{ messages: [{ role: 'tool', content: 'x' }] }, 'row.chat', { reason: 'role' }],
    [{ messages: [{ role: 'user', content: null }] }, 'row.chat', { reason: 'content' }],
    [{ messages: [{ role: 'user', content: [{ type: 'image' }] }] }, 'row.chat', { reason: 'content' }],
    [{ messages: [{ role: 'user', content: 'x' }] }, 'row.chat', { reason: 'no-answer' }],
    [{ messages: [] }, 'row.chat', { reason: 'no-answer' }],
    [{ messages: [{ role: 'assistant', content: 'x' }] }, 'row.empty-prompt', { field: 'messages' }],
    [
      {
        messages: [
          { role: 'user', content: 'x' },
          { role: 'assistant', content: '' },
        ],
      },
      'row.empty-label',
      { field: 'messages' },
    ],
    [{ input_ids: [1], labels: 1 }, 'row.tokens', { reason: 'no-lists' }],
    [{ input_ids: [], labels: [] }, 'row.tokens', { reason: 'empty' }],
    [{ input_ids: [1, 2], labels: [1] }, 'row.tokens', { reason: 'lengths' }],
    [{ input_ids: [1.5], labels: [1] }, 'row.tokens', { reason: 'ids' }],
    [{ input_ids: [-100], labels: [1] }, 'row.tokens', { reason: 'ids' }],
    [{ input_ids: [1], labels: [-1] }, 'row.tokens', { reason: 'labels' }],
    [{ input_ids: [1], labels: ['1'] }, 'row.tokens', { reason: 'labels' }],
  ])('%j', async (row, code, values) => {
    const { reading } = await read('x.json', JSON.stringify([row]))
    expect(reading.problems).toMatchObject([{ row: 1, line: 1, problem: { code, values } }])
  })

  it('in CSV: too many values, a stray quote, too few', async () => {
    expect(await rowProblems('x.csv', 'instruct,label\nq,a,b\n\n"q "x" y",a\nonly\n')).toEqual([
      [1, 2, 'error', 'dataset.csv', { line: 2, message: 'too-many-values' }],
      [2, 4, 'error', 'dataset.csv', { line: 4, message: 'stray-quote' }],
      [3, 5, 'error', 'row.missing-field', { field: 'label' }],
    ])
  })

  it('of a file whose fields nobody knows: one problem, and the columns to choose from', async () => {
    const { reading, records } = await read('x.csv', 'frage,antwort\nq,a\n')
    expect(reading.columns.map(({ field, role }) => [field, role])).toEqual([
      ['frage', 'unused'],
      ['antwort', 'unused'],
    ])
    expect(reading).toMatchObject({ rows: 1, goodRows: 0, moreProblems: 0 })
    expect(reading.problems).toMatchObject([
      { severity: 'error', problem: { code: 'dataset.unknown-columns', values: { fields: 'frage, antwort' } } },
    ])
    expect(records).toEqual([])
  })

  it('are listed up to a limit, errors first', async () => {
    const rows = [
      ...Array.from({ length: 3000 }, () => '{"instruct":"q","label":"a"}'),
      ...Array.from({ length: 600 }, () => '7'),
    ]
    const { reading } = await read('x.json', `[${rows.join()}]`)
    expect(reading.problems.length).toBe(mostListed)
    expect(reading.moreProblems).toBe(2999 + 600 - mostListed)
    expect(reading.problems.filter(({ severity }) => severity === 'error').length).toBe(600)
    expect(reading).toMatchObject({ rows: 3600, goodRows: 3000 })
  })
})

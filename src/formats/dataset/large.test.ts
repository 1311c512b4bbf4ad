// Large files: 50 MB and more than 100,000 records are read without holding the thread, progress is told, a cancel is heard.

import { describe, expect, it } from 'vitest'
import { readDataset } from './read.ts'

const count = 110_000
const record = (i: number) => ({
  instruct: `写一首关于月亮的诗 ${i}`,
  input: '嫦娥 '.repeat(20),
  label: '碧海青天夜夜心。\n'.repeat(12),
})
const forms: [string, () => string][] = [
  [
    'x.json',
    () =>
      JSON.stringify(
        Array.from({ length: count }, (_, i) => record(i)),
        null,
        2,
      ),
  ],
  ['x.jsonl', () => Array.from({ length: count }, (_, i) => JSON.stringify(record(i))).join('\n')],
  [
    'x.csv',
    () =>
      `instruct,input,label\n${Array.from({ length: count }, (_, i) => {
        const { instruct, input, label } = record(i)
        return `${instruct},${input},"${label}"`
      }).join('\n')}`,
  ],
]

describe('50 MB', () => {
  it.each(forms)('of %s', async (name, make) => {
    const content = new Blob([make()])
    expect(content.size).toBeGreaterThan(45e6)
    const told: number[] = []
    let beats = 0
    const heart = setInterval(() => beats++, 5)
    const started = performance.now()
    const { reading } = await readDataset({ name, content }, null, { tell: (done, total) => told.push(done / total) })
    const ms = performance.now() - started
    clearInterval(heart)
    console.info(`${name}: ${(content.size / 1e6).toFixed(0)} MB in ${ms.toFixed(0)} ms, ${beats} turns of the event loop`)
    expect(reading).toMatchObject({ rows: count, goodRows: count, problems: [] })
    // On average a turn of the event loop at least every 100 ms, on a machine that is busy with other things.
    expect(beats).toBeGreaterThan(ms / 100)
    expect(told).toEqual([...told].sort((a, b) => a - b))
    expect(told.at(-1)).toBe(1)
  })

  it('can be cancelled on the way', async () => {
    const cancel = new AbortController()
    const content = new Blob([JSON.stringify(Array.from({ length: count }, (_, i) => record(i)))])
    const reading = readDataset({ name: 'x.json', content }, null, {
      tell: (done, total) => {
        if (done > total / 3) cancel.abort()
      },
      signal: cancel.signal,
    })
    await expect(reading).rejects.toMatchObject({ problem: { code: 'run.cancelled' } })
    const never = readDataset({ name: 'x.json', content }, null, { signal: AbortSignal.abort() })
    await expect(never).rejects.toMatchObject({ problem: { code: 'run.cancelled' } })
  })
})

it('a record of 100,000 characters is one among others', async () => {
  const label = '月'.repeat(100_000)
  for (const content of [JSON.stringify([{ instruct: 'q', label }]), `instruct,label\nq,"${label}\n${label}"\nr,b\n`]) {
    const { reading, records } = await readDataset({ name: 'x', content }, null, {})
    expect(reading.problems).toEqual([])
    expect(records[0]?.record).toMatchObject({ label: content.startsWith('[') ? label : `${label}\n${label}` })
  }
})

it('a file of one huge value is read or refused in reasonable time', async () => {
  const open = `instruct,label\nq,"${'a\n'.repeat(5_000_000)}`
  await expect(readDataset({ name: 'x.csv', content: open }, null, {})).rejects.toMatchObject({
    problem: { code: 'dataset.csv' },
  })
  const unclosed = `[{"instruct":"q","label":"${'a'.repeat(10_000_000)}`
  await expect(readDataset({ name: 'x.json', content: unclosed }, null, {})).rejects.toMatchObject({
    problem: { code: 'dataset.syntax' },
  })
})

// The form of the demo data: what the studio's verdict and the tokenizer rely on when they show it.
import { describe, expect, it } from 'vitest'
import { type DemoRecord, demoRecords } from './demoRecords.ts'

const verseLines = (text: string) => text.split(/[\n，。？]/).filter((line) => line !== '')

function distinct(records: readonly DemoRecord[], field: keyof DemoRecord): number {
  return new Set(records.map((record) => record[field])).size
}

describe.each(['zh', 'en'] as const)('poems.%s.json', (language) => {
  const records = demoRecords(language)

  it('has 24 to 28 records, no two with the same instruct, input or label', () => {
    expect(records.length).toBeGreaterThanOrEqual(24)
    expect(records.length).toBeLessThanOrEqual(28)
    for (const field of ['instruct', 'input', 'label'] as const) expect(distinct(records, field)).toBe(records.length)
  })

  it('has two lines of verse in every input and in every label, and all of them differ', () => {
    const inputs = records.flatMap(({ input }) => verseLines(input))
    const labels = records.flatMap(({ label }) => verseLines(label))
    expect(inputs).toHaveLength(records.length * 2)
    expect(labels).toHaveLength(records.length * 2)
    expect(new Set([...inputs, ...labels]).size).toBe(records.length * 4)
  })
})

describe('the form of a record', () => {
  it('in Chinese is a request ending in a colon and lines of five or of seven characters', () => {
    for (const { instruct, input, label } of demoRecords('zh')) {
      expect(instruct).toMatch(/^(?:请你?)?(?:给|为|写一首关于).+诗：$/)
      const lengths = new Set(verseLines(input + label).map((line) => line.length))
      expect([...lengths], input).toHaveLength(1)
      expect(lengths.has(5) || lengths.has(7), input).toBe(true)
    }
  })

  it('in English ends instruct and input with a newline, so that no token straddles the label', () => {
    for (const { instruct, input, label } of demoRecords('en')) {
      expect(instruct).toMatch(/^(?:Write|Please write) a (?:short )?poem about .+:\n$/)
      expect(input).toMatch(/^[^\n]+\n[^\n]+\n$/)
      expect(label).toMatch(/^[^\n]+\n[^\n]+$/)
    }
  })
})

// What must hold of the corpus and the demo data together: made again from the seed, no text twice, nothing of the demo in it.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { demoCharacters, demoRecords } from './demoRecords.ts'
import { corpusSeed, counts, generateCorpus, withoutRequest } from './generate.ts'

const corpus = readFileSync('tools/poet/corpus/corpus.txt', 'utf8')
const documents = corpus.trimEnd().split('\n\n')

describe('the corpus', () => {
  it('is what the generator makes from its seed, byte for byte', () => {
    expect(generateCorpus(corpusSeed) === corpus).toBe(true)
  })

  it('is another text from another seed', () => {
    expect(generateCorpus(corpusSeed + 1) === corpus).toBe(false)
  })

  it('has the size that was meant, and a newline at the end', () => {
    const bytes = Buffer.byteLength(corpus)
    expect(bytes).toBeGreaterThan(3_500_000)
    expect(bytes).toBeLessThan(4_000_000)
    expect(corpus.endsWith('\n')).toBe(true)
    expect(corpus).not.toMatch(/\r|\n\n\n|\n\n$/)
  })

  it('has no two poems or paragraphs alike, whatever was asked for', () => {
    const seen = new Set<string>()
    const twice = documents.map(withoutRequest).filter((text) => seen.size === seen.add(text).size)
    expect(twice).toEqual([])
  })

  it('is about half Chinese', () => {
    const chinese = documents.filter((document) => /\p{Script=Han}/u.test(document)).join('\n\n')
    const share = Buffer.byteLength(chinese) / Buffer.byteLength(corpus)
    expect(share).toBeGreaterThan(0.45)
    expect(share).toBeLessThan(0.55)
  })

  it('has no slot left open and no replacement character', () => {
    expect(corpus).not.toMatch(/[{}|\uFFFD]/)
  })

  it('has about one request for a poem in four documents', () => {
    const requests = documents.filter((document) => withoutRequest(document) !== document)
    const { chineseRequest, chineseTopicRequest, englishRequest, englishTopicRequest } = counts
    expect(requests.length).toBe(chineseRequest + chineseTopicRequest + englishRequest + englishTopicRequest)
    expect(requests.length / documents.length).toBeGreaterThan(0.2)
    expect(requests.length / documents.length).toBeLessThan(0.3)
  })
})

describe('the demo data and the corpus', () => {
  it('share no line of verse and no request', () => {
    for (const record of [...demoRecords('zh'), ...demoRecords('en')]) {
      const verse = [record.instruct, record.input, record.label].flatMap((text) => text.split(/[\n，。？：]/))
      for (const line of verse.filter((part) => part !== '' && !/^(?:请|给)/.test(part))) {
        expect(corpus.includes(line), line).toBe(false)
      }
      expect(corpus.includes(record.instruct), record.instruct).toBe(false)
    }
  })

  it('share every Chinese character, ten times at least', () => {
    const times = new Map<string, number>()
    for (const character of corpus) times.set(character, (times.get(character) ?? 0) + 1)
    const rare = demoCharacters().filter((character) => (times.get(character) ?? 0) < 10)
    expect(rare).toEqual([])
  })
})

// Makes the whole corpus from one seed: Chinese and English verse, plain sentences, and requests for a poem with the poem.
// All of it is made by grammar from word banks written for this project, but for some couplets written by hand.
// Documents are parted by a blank line; no two poems or paragraphs are alike. Must not know: files, the tokenizer.

import { handMade as englishCouplets } from './en/couplets.ts'
import { englishProseFrames } from './en/prose.ts'
import { topicRequest as englishTopicRequest, topicVerse as englishTopicVerse } from './en/topics.ts'
import { englishRequest, englishVerse } from './en/verse.ts'
import { type Frame, sentencesAbout } from './grammar.ts'
import { createRandom, type Random } from './random.ts'
import { handMade as chineseCouplets } from './zh/couplets.ts'
import { chineseProseFrames } from './zh/prose.ts'
import { topicRequest as chineseTopicRequest, topicVerse as chineseTopicVerse } from './zh/topics.ts'
import { chineseRequest, chineseVerse } from './zh/verse.ts'

export const corpusSeed = 20261123

/** Documents wanted of each kind. Requests are about one document in four. */
export const counts = {
  chineseVerse: 1500,
  chineseTopicVerse: 3500,
  chineseRequest: 400,
  chineseTopicRequest: 4000,
  chineseProse: 9500,
  englishVerse: 700,
  englishTopicVerse: 2500,
  englishRequest: 250,
  englishTopicRequest: 3000,
  englishProse: 7000,
} as const

/** How often one sentence may stand in the whole corpus. */
const mostOfOneSentence = 2

/**
 * Makes paragraphs in one language, no sentence too often in the whole corpus (null if none is left).
 * The rows of a frame are taken in turn, so that each word of a table comes about as often as its neighbours.
 */
function proseMaker(frames: readonly Frame[], glue: string): (random: Random) => string | null {
  const times = new Map<string, number>()
  const turns = new Map<Frame, number>()
  return (random) => {
    const frame = random.pick(frames)
    const turn = turns.get(frame) ?? 0
    turns.set(frame, turn + 1)
    const row = frame.rows[turn % frame.rows.length]
    if (row === undefined) return null
    const fresh = sentencesAbout(row, frame, random).filter((sentence) => (times.get(sentence) ?? 0) < mostOfOneSentence)
    for (const sentence of fresh) times.set(sentence, (times.get(sentence) ?? 0) + 1)
    return fresh.length === 0 ? null : fresh.join(glue)
  }
}

/** What may come once only: the text but for the request for it. */
export function withoutRequest(document: string): string {
  return document.replace(/^(?:请|给|写|以).*?诗：|^(?:Write|Please write|A poem).*:\n/, '')
}

/**
 * Draws documents until `count` of them are in `into`, leaving out any whose text is there already.
 * Throws if the grammar has run dry, which means that a count is too high for its word banks.
 */
function collect(count: number, make: () => string | null, seen: Set<string>, into: string[]): void {
  let misses = 0
  for (let made = 0; made < count; ) {
    const document = make()
    const text = document === null ? '' : withoutRequest(document)
    if (document === null || seen.has(text)) {
      misses += 1
      if (misses > count * 20) throw new Error(`Only ${made} of ${count} documents are new`)
      continue
    }
    seen.add(text)
    into.push(document)
    made += 1
  }
}

/** Fisher and Yates' shuffle, in place. */
function shuffle(items: string[], random: Random): void {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random.next() * (last + 1))
    const [a, b] = [items[last], items[other]]
    if (a === undefined || b === undefined) continue
    items[last] = b
    items[other] = a
  }
}

/** The corpus as one string, UTF-16 in memory, with LF line ends and a newline at the end. */
export function generateCorpus(seed: number): string {
  const random = createRandom(seed)
  const chineseProse = proseMaker(chineseProseFrames, '')
  const englishProse = proseMaker(englishProseFrames, ' ')
  const documents = [...chineseCouplets, ...englishCouplets.map((couplet) => couplet.replace(' / ', '\n'))]
  const seen = new Set(documents)
  collect(counts.chineseVerse, () => chineseVerse(random), seen, documents)
  collect(counts.chineseProse, () => chineseProse(random), seen, documents)
  collect(counts.chineseTopicVerse, () => chineseTopicVerse(random), seen, documents)
  collect(counts.chineseTopicRequest, () => chineseTopicRequest(random), seen, documents)
  collect(counts.chineseRequest, () => chineseRequest(random), seen, documents)
  collect(counts.englishVerse, () => englishVerse(random), seen, documents)
  collect(counts.englishProse, () => englishProse(random), seen, documents)
  collect(counts.englishTopicVerse, () => englishTopicVerse(random), seen, documents)
  collect(counts.englishTopicRequest, () => englishTopicRequest(random), seen, documents)
  collect(counts.englishRequest, () => englishRequest(random), seen, documents)
  shuffle(documents, random)
  return `${documents.join('\n\n')}\n`
}

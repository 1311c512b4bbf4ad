// Makes the whole corpus from one seed: Chinese and English verse, plain sentences, and requests for a poem with the poem.
// All of it is made by grammar from word banks written for this project, but for some couplets written by hand.
// Documents are parted by a blank line; no two lines are alike. Must not know: files, the tokenizer.

import { handMade as englishCouplets } from './en/couplets.ts'
import { mythFrames as englishMyths } from './en/proseMyths.ts'
import { natureFrames as englishNature } from './en/proseNature.ts'
import { peopleFrames as englishPeople } from './en/prosePeople.ts'
import { thingFrames as englishThings } from './en/proseThings.ts'
import { englishRequest, englishVerse } from './en/verse.ts'
import { type Frame, sentencesAbout } from './grammar.ts'
import { createRandom, type Random } from './random.ts'
import { handMade as chineseCouplets } from './zh/couplets.ts'
import { lessonFrames as chineseLessons } from './zh/proseLessons.ts'
import { mythFrames as chineseMyths } from './zh/proseMyths.ts'
import { natureFrames as chineseNature } from './zh/proseNature.ts'
import { peopleFrames as chinesePeople } from './zh/prosePeople.ts'
import { thingFrames as chineseThings } from './zh/proseThings.ts'
import { chineseRequest, chineseVerse } from './zh/verse.ts'

export const corpusSeed = 20261123

/** Documents wanted of each kind. Requests are about one document in eight. */
export const counts = {
  chineseVerse: 2500,
  chineseProse: 3000,
  chineseRequest: 680,
  englishVerse: 1300,
  englishProse: 1950,
  englishRequest: 540,
} as const

/**
 * Makes paragraphs in one language, each sentence once at most in the whole corpus (null if none is new).
 * The rows of a frame are taken in turn, so that each word of a table comes about as often as its neighbours.
 */
function proseMaker(frames: readonly Frame[], glue: string): (random: Random) => string | null {
  const seen = new Set<string>()
  const turns = new Map<Frame, number>()
  return (random) => {
    const frame = random.pick(frames)
    const turn = turns.get(frame) ?? 0
    turns.set(frame, turn + 1)
    const row = frame.rows[turn % frame.rows.length]
    if (row === undefined) return null
    const fresh = sentencesAbout(row, frame, 3, random).filter((sentence) => !seen.has(sentence))
    for (const sentence of fresh) seen.add(sentence)
    return fresh.length === 0 ? null : fresh.join(glue)
  }
}

/**
 * Draws documents until `count` of them are in `into`, leaving out any with a line that is there already.
 * Throws if the grammar has run dry, which means that a count is too high for its word banks.
 */
function collect(count: number, make: () => string | null, seenLines: Set<string>, into: string[]): void {
  let misses = 0
  for (let made = 0; made < count; ) {
    const document = make()
    const documentLines = document?.split('\n') ?? []
    const isNew = documentLines.every((line) => !seenLines.has(line)) && new Set(documentLines).size === documentLines.length
    if (document === null || !isNew) {
      misses += 1
      if (misses > count * 20) throw new Error(`Only ${made} of ${count} documents are new`)
      continue
    }
    for (const line of documentLines) seenLines.add(line)
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
  // The frames of rarer words are drawn more often than the others.
  const chineseProse = proseMaker(
    [
      ...chineseNature,
      ...chinesePeople,
      ...chineseLessons,
      ...chineseLessons,
      ...chineseLessons,
      ...chineseThings,
      ...chineseThings,
      ...chineseThings,
      ...chineseMyths,
      ...chineseMyths,
    ],
    '',
  )
  const englishProse = proseMaker([...englishNature, ...englishPeople, ...englishThings, ...englishThings, ...englishMyths], ' ')
  const documents = [...chineseCouplets, ...englishCouplets.map((couplet) => couplet.replace(' / ', '\n'))]
  const seenLines = new Set(documents.flatMap((document) => document.split('\n')))
  collect(counts.chineseVerse, () => chineseVerse(random), seenLines, documents)
  collect(counts.chineseProse, () => chineseProse(random), seenLines, documents)
  collect(counts.chineseRequest, () => chineseRequest(random), seenLines, documents)
  collect(counts.englishVerse, () => englishVerse(random), seenLines, documents)
  collect(counts.englishProse, () => englishProse(random), seenLines, documents)
  collect(counts.englishRequest, () => englishRequest(random), seenLines, documents)
  shuffle(documents, random)
  return `${documents.join('\n\n')}\n`
}

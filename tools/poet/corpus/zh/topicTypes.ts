// What a subject of Chinese verse holds: the words that a poem about it may use, and no others.
// Odd lines say what the thing itself does, even lines who or what is near it; any head goes with any tail of its own kind.
import { lines, words } from '../grammar.ts'
import type { Random } from '../random.ts'
import { ofLength, type Rhyme, rhymedTails } from './verseTypes.ts'

export type Topic = {
  /** What a request may call it. */
  readonly names: readonly string[]
  /** One line of five characters that does not rhyme. */
  readonly odd: (random: Random) => string
  /** One line of five characters of a rhyme. */
  readonly even: (rhyme: Rhyme, random: Random) => string
  readonly rhymes: readonly Rhyme[]
}

/** The blocks of a text, parted by empty lines, as lists of their lines. */
function blocks(text: string): readonly (readonly string[])[] {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map(lines)
}

/** The items under a rhyme. Throws if there are none. */
function under<T>(rhymed: ReadonlyMap<Rhyme, T>, rhyme: Rhyme): T {
  const items = rhymed.get(rhyme)
  if (items === undefined) throw new Error(`The topic has no rhyme "${rhyme}"`)
  return items
}

/**
 * Topics whose lines are made of heads of two characters and tails of three, from plain text parted by empty lines. A topic's lines
 * are its names, its heads, their tails, the heads of the even lines, and then one line a rhyme. Throws on a word of another length.
 */
export function topics(text: string): readonly Topic[] {
  return blocks(text).map(([names = '', headLine = '', openLine = '', nearbyLine = '', ...rhymeLines]) => {
    const [heads, open, nearby] = [ofLength(words(headLine), 2), ofLength(words(openLine), 3), ofLength(words(nearbyLine), 2)]
    const rhymed = rhymedTails(rhymeLines, 3)
    return {
      names: words(names),
      odd: (random) => random.pick(heads) + random.pick(open),
      even: (rhyme, random) => random.pick(nearby) + random.pick(under(rhymed, rhyme)),
      rhymes: [...rhymed.keys()],
    }
  })
}

/** Topics of whole lines: a topic's lines are its names, its odd lines, and one line a rhyme. Throws on a line of another length. */
export function lineTopics(text: string): readonly Topic[] {
  return blocks(text).map(([names = '', oddLine = '', ...rhymeLines]) => {
    const odd = ofLength(words(oddLine), 5)
    const rhymed = rhymedTails(rhymeLines, 5)
    return {
      names: words(names),
      odd: (random) => random.pick(odd),
      even: (rhyme, random) => random.pick(under(rhymed, rhyme)),
      rhymes: [...rhymed.keys()],
    }
  })
}

// What a bank of Chinese verse holds. A line of five is a head of two characters and a tail of three;
// any head of a bank goes with any tail of the same bank, which is what keeps the lines sensible.
import { lines, words } from '../grammar.ts'

/** Rhymes by their modern sound; the tails under one rhyme all end in a level tone. */
export type Rhyme = string

export type VerseBank = {
  /** Two-character subjects, also the subjects that poems are asked for. */
  readonly heads: readonly string[]
  /** Three-character predicates for the odd lines, which do not rhyme. */
  readonly open: readonly string[]
  /** Three-character predicates for the even lines. */
  readonly rhymed: ReadonlyMap<Rhyme, readonly string[]>
}

/** A bank from plain text; each line of `rhymed` is a rhyme's name and its tails. Throws on a wrong length. */
export function verseBank(text: { heads: string; open: string; rhymed: string }): VerseBank {
  return {
    heads: ofLength(words(text.heads), 2),
    open: ofLength(words(text.open), 3),
    rhymed: rhymedTails(lines(text.rhymed), 3),
  }
}

/** Words of one length by their rhyme, from lines of a rhyme's name and its words. Throws on a word of another length. */
export function rhymedTails(rhymeLines: readonly string[], length: number): VerseBank['rhymed'] {
  return new Map(
    rhymeLines.map((line) => {
      const [rhyme = '', ...tails] = words(line)
      return [rhyme, ofLength(tails, length)]
    }),
  )
}

/** The same items. Throws if one has another number of characters. */
export function ofLength(items: readonly string[], length: number): readonly string[] {
  for (const item of items) if ([...item].length !== length) throw new Error(`"${item}" should have ${length} characters`)
  return items
}

// What a subject of English verse holds: first halves of lines that say what it does, and rhyming second halves of its own.
// Any first half goes with any second half: the first is a whole clause, the second says where, when or how.
import { phrases } from '../grammar.ts'

export type Topic = {
  /** What a request may call it, with its article. */
  readonly names: readonly string[]
  /** Four syllables, a clause by itself. */
  readonly firsts: readonly string[]
  /** Four syllables each, one list a rhyme. */
  readonly rhymes: readonly (readonly string[])[]
}

/** Topics from plain text, parted by empty lines: names, first halves, and then one line a rhyme. Throws on a topic without rhymes. */
export function topics(text: string): readonly Topic[] {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((block) => {
      const [names = '', firsts = '', ...rhymes] = block.trim().split('\n')
      if (rhymes.length < 2) throw new Error(`"${names}" needs two rhymes at least`)
      return { names: phrases(names), firsts: phrases(firsts), rhymes: rhymes.map(phrases) }
    })
}

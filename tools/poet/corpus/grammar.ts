// The grammar that prose is made by: sentence templates with slots, filled from a row of words that belong together.
// A slot takes its word from the row first, so "the baker" gets bread and not nets; other slots draw from a shared bank.
// Must not know: what the words mean, or how many sentences are wanted.
import type { Random } from './random.ts'

/** One thing that sentences can be about: slot name to word. */
export type Row = Readonly<Record<string, string>>

/** Words that any row of a frame may use: slot name to choices. */
type Bank = Readonly<Record<string, readonly string[]>>

export type Frame = {
  /** Shared by rows; a template may name any of it. */
  readonly bank: Bank
  readonly rows: readonly Row[]
  /** Sentences with `{slot}` in them. `{slot}` twice in one document is the same word; `{slot2}` draws anew from `slot`. */
  readonly templates: readonly string[]
  /** Templates that one paragraph may use; 3 if not given. A template that is a whole story stands alone. */
  readonly most?: number
}

/** Words written as one string, split at spaces. */
export function words(text: string): readonly string[] {
  return text.trim().split(/\s+/)
}

/** Phrases written as one text, parted by `|`; a line break inside a phrase counts as a space. */
export function phrases(text: string): readonly string[] {
  return text.split('|').map((phrase) => phrase.trim().replace(/\s+/g, ' '))
}

/** Whole lines written as one text, one a line. */
export function lines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** Rows written as a table: the column names, then one row a line, cells separated by `|`. Throws on a row of another length. */
export function table(columns: string, text: string): readonly Row[] {
  const names = words(columns)
  return lines(text).map((line) => {
    const cells = line.split('|').map((cell) => cell.trim())
    if (cells.length !== names.length) throw new Error(`"${line}" should have ${names.length} cells`)
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']))
  })
}

/** The template with every slot filled. `chosen` remembers the draws, so that a paragraph keeps to its words. */
function fill(template: string, row: Row, bank: Bank, chosen: Map<string, string>, random: Random): string {
  const filled = template.replace(/\{(\w+)\}/g, (_, slot: string) => {
    const given = row[slot] ?? chosen.get(slot)
    if (given !== undefined) return given
    const choices = bank[slot] ?? bank[slot.replace(/\d$/, '')]
    if (choices === undefined) throw new Error(`Nothing fills {${slot}} in "${template}"`)
    const word = random.pick(choices)
    chosen.set(slot, word)
    return word
  })
  const articled = filled.replace(/\b([Aa]) (?=[aeiou])/g, '$1n ')
  return articled.replace(/(^|[.!?] (?!asked|said))[a-z]/g, (start) => start.toUpperCase())
}

/** One or more sentences about one row of the frame, each from a different template. */
export function sentencesAbout(row: Row, frame: Frame, random: Random): readonly string[] {
  const chosen = new Map<string, string>()
  const count = 1 + Math.floor(random.next() * (frame.most ?? 3))
  const templates = new Set<string>()
  while (templates.size < Math.min(count, frame.templates.length)) templates.add(random.pick(frame.templates))
  return [...templates].map((template) => fill(template, row, frame.bank, chosen, random))
}

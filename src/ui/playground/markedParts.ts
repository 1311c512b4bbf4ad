// Finds what an output has in common with its label and with its input, so that the page can mark both.
// Longest pieces first, in reading order on both sides of each; short chance meetings are not worth a mark.
// Must not know: how a mark looks, or whether the answer counts as right (the verdict is the worker's).

export type MarkKind = 'label' | 'input'
/** `at` is the part's place in the output, in characters. */
export type MarkedPart = { at: number; text: string; mark: MarkKind | null }

type Piece = { from: number; to: number; mark: MarkKind }
type Match = { at: number; length: number }

/** Texts beyond this many characters are marked up to here only: the work grows with the product of the lengths. */
const longestCompared = 4000

/** The output in parts that join to it again; a part that equals a piece of the label or of the input carries its mark. */
export function markedParts(output: string, against: { label: string; input: string }): readonly MarkedPart[] {
  const text = Array.from(output)
  const compared = Math.min(text.length, longestCompared)
  const references: readonly (readonly [MarkKind, readonly string[]])[] = [
    ['label', Array.from(against.label.trim()).slice(0, longestCompared)],
    ['input', Array.from(against.input.trim()).slice(0, longestCompared)],
  ]
  const pieces: Piece[] = []
  const gaps: { from: number; to: number }[] = [{ from: 0, to: compared }]
  for (let gap = gaps.pop(); gap !== undefined; gap = gaps.pop()) {
    const found = longestOf(text.slice(gap.from, gap.to), references)
    if (found === null) continue
    const from = gap.from + found.at
    const to = from + found.length
    pieces.push({ from, to, mark: found.mark })
    gaps.push({ from: gap.from, to: from }, { from: to, to: gap.to })
  }
  return partsOf(text, pieces)
}

/** The longest piece shared with one of the references; the label wins a draw. */
function longestOf(
  text: readonly string[],
  references: readonly (readonly [MarkKind, readonly string[]])[],
): (Match & { mark: MarkKind }) | null {
  let best: (Match & { mark: MarkKind }) | null = null
  for (const [mark, reference] of references) {
    const match = longestCommonRun(text, reference)
    const enough = match.length > 0 && isTelling(text.slice(match.at, match.at + match.length), reference.length)
    if (enough && match.length > (best?.length ?? 0)) best = { ...match, mark }
  }
  return best
}

/** Where in `text` the longest run begins that `reference` holds too. Time is the product of the lengths, memory one row. */
function longestCommonRun(text: readonly string[], reference: readonly string[]): Match {
  let best: Match = { at: 0, length: 0 }
  let above = new Uint16Array(reference.length + 1)
  for (const [row, character] of text.entries()) {
    const current = new Uint16Array(reference.length + 1)
    for (let column = 0; column < reference.length; column += 1) {
      if (reference[column] !== character) continue
      const length = (above[column] ?? 0) + 1
      current[column + 1] = length
      if (length > best.length) best = { at: row - length + 1, length }
    }
    above = current
  }
  return best
}

/** Three signs of a script without spaces say something; of an alphabet it takes about two words. All of a short text always does. */
function isTelling(run: readonly string[], referenceLength: number): boolean {
  const signs = run.filter((character) => /\p{L}|\p{N}/u.test(character))
  if (signs.length === 0) return false
  if (run.length >= referenceLength) return true
  const ideographs = signs.filter((character) =>
    /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u.test(character),
  )
  return ideographs.length >= 3 || signs.length >= 8
}

function partsOf(text: readonly string[], pieces: readonly Piece[]): readonly MarkedPart[] {
  const parts: MarkedPart[] = []
  let at = 0
  const add = (to: number, mark: MarkKind | null) => {
    if (to > at) parts.push({ at, text: text.slice(at, to).join(''), mark })
    at = Math.max(at, to)
  }
  for (const piece of pieces.toSorted((a, b) => a.from - b.from)) {
    add(piece.from, null)
    add(piece.to, piece.mark)
  }
  add(text.length, null)
  return parts
}

/** How much of a reference the marked parts make up, 0 to 1. */
export function shareOf(parts: readonly MarkedPart[], mark: MarkKind, reference: string): number {
  const whole = Array.from(reference.trim()).length
  const found = parts.reduce((sum, part) => sum + (part.mark === mark ? Array.from(part.text).length : 0), 0)
  return whole === 0 ? 0 : Math.min(1, found / whole)
}

// Finds what an output has in common with its label and with its input, so that the page can mark both.
// Longest pieces first, in reading order on both sides of each; short chance meetings are not worth a mark.
// Must not know: how a mark looks, or whether the answer counts as right (the verdict is the worker's).

export type MarkKind = 'label' | 'input'
/** `at` is the part's place in the output, in characters. */
export type MarkedPart = { at: number; text: string; mark: MarkKind | null }

type Piece = { from: number; to: number; mark: MarkKind }
/** `null` stands for a character of the reference that a piece has taken already: no character counts twice. */
type Reference = { mark: MarkKind; left: (string | null)[]; length: number }
type Match = { at: number; referenceAt: number; length: number }

/** Texts beyond this many characters are marked up to here only: the work grows with the product of the lengths, once for each piece. */
const longestCompared = 1200
const mostPieces = 24

/** The output in parts that join to it again; a part that equals a piece of the label or of the input carries its mark. */
export function markedParts(output: string, against: { label: string; input: string }): readonly MarkedPart[] {
  const text = Array.from(output)
  const references = [referenceOf('label', against.label), referenceOf('input', against.input)]
  const pieces: Piece[] = []
  let gaps = [{ from: 0, to: Math.min(text.length, longestCompared) }]
  while (pieces.length < mostPieces) {
    const found = longestInGaps(text, gaps, references)
    if (found === null) break
    const { reference, match, gap } = found
    reference.left.fill(null, match.referenceAt, match.referenceAt + match.length)
    const piece = { from: match.at, to: match.at + match.length, mark: reference.mark }
    pieces.push(piece)
    gaps = gaps.flatMap((each) =>
      each === gap
        ? [
            { from: gap.from, to: piece.from },
            { from: piece.to, to: gap.to },
          ]
        : [each],
    )
    gaps = gaps.filter(({ from, to }) => to > from)
  }
  return partsOf(text, pieces)
}

function referenceOf(mark: MarkKind, text: string): Reference {
  const left = Array.from(text.trim()).slice(0, longestCompared)
  return { mark, left, length: left.length }
}

type Gap = { from: number; to: number }
type Found = { reference: Reference; match: Match; gap: Gap }

/** The longest piece of any gap that one of the references still holds; the label wins a draw. */
function longestInGaps(text: readonly string[], gaps: readonly Gap[], references: readonly Reference[]): Found | null {
  let best: Found | null = null
  for (const gap of gaps) {
    for (const reference of references) {
      const match = longestCommonRun(text, gap, reference.left)
      const enough = match.length > 0 && isTelling(text.slice(match.at, match.at + match.length), reference.length)
      if (enough && match.length > (best?.match.length ?? 0)) best = { reference, match, gap }
    }
  }
  return best
}

/** The longest run of a gap that `reference` holds too. Time is the product of the lengths, memory one row. */
function longestCommonRun(text: readonly string[], gap: Gap, reference: readonly (string | null)[]): Match {
  let best: Match = { at: 0, referenceAt: 0, length: 0 }
  let above = new Uint16Array(reference.length + 1)
  for (let row = gap.from; row < gap.to; row += 1) {
    const current = new Uint16Array(reference.length + 1)
    for (let column = 0; column < reference.length; column += 1) {
      if (reference[column] !== text[row]) continue
      const length = (above[column] ?? 0) + 1
      current[column + 1] = length
      if (length > best.length) best = { at: row - length + 1, referenceAt: column - length + 1, length }
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

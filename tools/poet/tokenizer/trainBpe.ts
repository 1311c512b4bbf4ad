// Byte pair encoding, trained (Sennrich et al. 2016, arXiv:1508.07909, on bytes as in GPT-2).
// Each round joins the pair of neighbouring symbols that occurs most often, and the joined pair is a new symbol.
// Equal texts are cut into equal pieces, so only distinct pieces are kept, each with how often it occurs;
// a round then touches only the pieces that hold the joined pair. Must not know: files, special tokens, JSON.
import { splitIntoPieces } from './split.ts'

/** Symbols 0 to 255 are the bytes; symbol 256 + n is what merge n made. */
export type Merge = { readonly left: number; readonly right: number }

/** A distinct piece of text: its symbols so far, and how often the piece occurs in the text. */
type Piece = { symbols: number[]; readonly count: number }

/** A pair of neighbours: how often it occurs in the text, and the pieces that it occurs in (by index; some may be stale). */
type Pair = { readonly left: number; readonly right: number; count: number; readonly pieces: Set<number> }

/** Pairs by a number made of both symbols, which is quicker to look up than a string. */
type Pairs = Map<number, Pair>

const keyOf = (left: number, right: number) => left * 65536 + right

function distinctPieces(documents: readonly string[]): readonly Piece[] {
  const counts = new Map<string, number>()
  for (const document of documents) {
    for (const piece of splitIntoPieces(document)) counts.set(piece, (counts.get(piece) ?? 0) + 1)
  }
  const encoder = new TextEncoder()
  return [...counts].map(([text, count]) => ({ symbols: [...encoder.encode(text)], count }))
}

/** Adds a piece's pairs to the table, or with `sign` -1 takes them out. */
function countPairs(pairs: Pairs, piece: Piece, index: number, sign: 1 | -1): void {
  let left: number | undefined
  for (const right of piece.symbols) {
    if (left !== undefined) {
      const key = keyOf(left, right)
      const pair = pairs.get(key) ?? { left, right, count: 0, pieces: new Set<number>() }
      pair.count += sign * piece.count
      if (sign === 1) pair.pieces.add(index)
      if (pair.count === 0) pairs.delete(key)
      else pairs.set(key, pair)
    }
    left = right
  }
}

/**
 * The pair that occurs most often. Of pairs that occur equally often the one with the smaller left symbol is taken,
 * then the one with the smaller right symbol: so the older symbols first, and never the order of a hash table.
 */
function mostFrequent(pairs: Pairs): Pair | undefined {
  let best: Pair | undefined
  for (const pair of pairs.values()) {
    if (best === undefined || pair.count > best.count) best = pair
    else if (pair.count === best.count && keyOf(pair.left, pair.right) < keyOf(best.left, best.right)) best = pair
  }
  return best
}

/** The symbols with each `left`, `right` in a row replaced by `joined`, from the left: in "aaa" the first two are joined. */
function join(symbols: readonly number[], merge: Merge, joined: number): number[] {
  const result: number[] = []
  for (let at = 0; at < symbols.length; at += 1) {
    const symbol = symbols[at]
    if (symbol === undefined) break
    if (symbol === merge.left && symbols[at + 1] === merge.right) {
      result.push(joined)
      at += 1
    } else {
      result.push(symbol)
    }
  }
  return result
}

/**
 * Learns `mergeCount` merges from the documents, in the order in which an encoder must apply them.
 * No merge crosses from one piece, and so from one document, to the next.
 * Throws if the text has too few pairs that occur twice: a merge of something seen once would teach nothing.
 */
export function trainBpe(documents: readonly string[], mergeCount: number): readonly Merge[] {
  const pieces = distinctPieces(documents)
  const pairs: Pairs = new Map()
  pieces.forEach((piece, index) => {
    countPairs(pairs, piece, index, 1)
  })
  const merges: Merge[] = []
  while (merges.length < mergeCount) {
    const best = mostFrequent(pairs)
    if (best === undefined || best.count < 2) throw new Error(`The text has only ${merges.length} merges of ${mergeCount}`)
    const joined = 256 + merges.length
    merges.push({ left: best.left, right: best.right })
    for (const index of best.pieces) {
      const piece = pieces[index]
      if (piece === undefined) continue
      countPairs(pairs, piece, index, -1)
      piece.symbols = join(piece.symbols, best, joined)
      countPairs(pairs, piece, index, 1)
    }
  }
  return merges
}

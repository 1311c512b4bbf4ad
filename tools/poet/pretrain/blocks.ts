// The corpus as blocks of tokens: whole documents, each with its end token, packed into blocks of at most `blockTokens`.
// Every epoch packs them in another order, so that no two see the same neighbours.

import { shuffledIndices } from '../../../src/config/random.ts'
import type { TextTokenizer } from '../../../src/formats/tokenizer/load.ts'

/** Documents of a corpus are parted by an empty line. */
export function documentsOf(corpus: string): readonly string[] {
  return corpus
    .split(/\n{2,}/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
}

/** Every `oneIn`-th document is held out: the corpus is shuffled already, so each kind gives its share. */
export function parted(documents: readonly string[], oneIn: number): { kept: string[]; heldOut: string[] } {
  const isHeldOut = (index: number) => index % oneIn === oneIn - 1
  return {
    kept: documents.filter((_, index) => !isHeldOut(index)),
    heldOut: documents.filter((_, index) => isHeldOut(index)),
  }
}

/** Blocks that are open at a time: enough of them that a document finds one that it nearly fills. */
const openBlocks = 32

/** The blocks of all epochs, one epoch behind the other; ids only, all of them learned. */
export function packedBlocks(
  documents: readonly string[],
  tokenizer: Pick<TextTokenizer, 'encode' | 'endToken'>,
  options: { epochs: number; blockTokens: number; seed: number },
): number[][] {
  const encoded = documents.map((text) => [...tokenizer.encode(text), tokenizer.endToken.id].slice(0, options.blockTokens))
  return Array.from({ length: options.epochs }, (_, epoch) => {
    const order = shuffledIndices(encoded.length, options.seed + epoch)
    return packed(
      order.map((index) => encoded[index] ?? []),
      options.blockTokens,
    )
  }).flat()
}

/** Each document goes into the fullest open block that still has room for it; the fullest of all is closed for a new one. */
function packed(documents: readonly (readonly number[])[], blockTokens: number): number[][] {
  const closed: number[][] = []
  const open: number[][] = []
  const fullestWithin = (room: number) => {
    let best = -1
    open.forEach((block, at) => {
      if (block.length <= room && block.length > (open[best]?.length ?? -1)) best = at
    })
    return best
  }
  for (const ids of documents) {
    const at = fullestWithin(blockTokens - ids.length)
    if (at >= 0) open[at]?.push(...ids)
    else {
      if (open.length === openBlocks) closed.push(...open.splice(fullestWithin(blockTokens), 1))
      open.push([...ids])
    }
  }
  return [...closed, ...open]
}

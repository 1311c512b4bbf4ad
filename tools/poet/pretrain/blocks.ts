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

/** The blocks of all epochs, one epoch behind the other; ids only, all of them learned. */
export function packedBlocks(
  documents: readonly string[],
  tokenizer: TextTokenizer,
  options: { epochs: number; blockTokens: number; seed: number },
): number[][] {
  const encoded = documents.map((text) => [...tokenizer.encode(text), tokenizer.endToken.id])
  const blocks: number[][] = []
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    let block: number[] = []
    for (const index of shuffledIndices(encoded.length, options.seed + epoch)) {
      const ids = encoded[index] ?? []
      if (block.length + ids.length > options.blockTokens && block.length > 0) {
        blocks.push(block)
        block = []
      }
      block = [...block, ...ids.slice(0, options.blockTokens)]
    }
    if (block.length > 0) blocks.push(block)
  }
  return blocks
}

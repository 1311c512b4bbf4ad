// How documents are packed: whole, each once an epoch, in blocks that are nearly full.
import { describe, expect, it } from 'vitest'
import { packedBlocks, parted } from './blocks.ts'

const documents = Array.from({ length: 400 }, (_, at) => String.fromCharCode(0x4e00 + at).repeat(5 + ((at * 7) % 40)))
const tokenizer = {
  encode: (text: string) => [...text].map((character) => character.codePointAt(0) ?? 0),
  endToken: { id: 0, text: '' },
}
const blocks = packedBlocks(documents, tokenizer, { epochs: 2, blockTokens: 64, seed: 1 })

describe('the blocks of a corpus', () => {
  it('hold every document whole, once an epoch', () => {
    const found = blocks.flatMap((ids) =>
      String.fromCodePoint(...ids)
        .split('\0')
        .slice(0, -1),
    )
    expect(found.sort()).toEqual([...documents, ...documents].sort())
  })

  it('are never too long, and nearly full', () => {
    const lengths = blocks.map(({ length }) => length)
    expect(Math.max(...lengths)).toBeLessThanOrEqual(64)
    expect(lengths.reduce((sum, length) => sum + length, 0) / (64 * lengths.length)).toBeGreaterThan(0.9)
  })

  it('of a longer run begin as those of a shorter one', () => {
    const shorter = packedBlocks(documents, tokenizer, { epochs: 1, blockTokens: 64, seed: 1 })
    expect(blocks.slice(0, shorter.length)).toEqual(shorter)
  })
})
describe('the held-out part', () => {
  it('is one document in so many, and nothing is lost or in both', () => {
    const documents = Array.from({ length: 103 }, (_, index) => `document ${index}`)
    const { kept, heldOut } = parted(documents, 50)
    expect(heldOut).toEqual(['document 49', 'document 99'])
    expect([...kept, ...heldOut].sort()).toEqual([...documents].sort())
  })
})

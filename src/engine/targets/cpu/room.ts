// Room in a memory that grows: blocks are given out, the lowest place that is large enough first, and taken back.
// Must not know: what lies in a block.

import type { Address } from './call.ts'

export type Room = {
  /** The address of so many bytes that nobody has. */
  take: (bytes: number) => Address
  /** Takes back what began at this address. */
  giveBack: (address: Address) => void
}

type Block = { from: Address; to: Address }

/** @param reach is told how far the memory must go before a block is given out; what it throws is thrown, and nothing is taken */
export function roomFrom(begin: Address, reach: (end: Address) => void): Room {
  /** In the order of their addresses. */
  const blocks: Block[] = []
  return {
    take: (bytes) => {
      let from = begin
      let at = 0
      for (const block of blocks) {
        if (block.from - from >= bytes) break
        from = block.to
        at++
      }
      reach(from + bytes)
      blocks.splice(at, 0, { from, to: from + bytes })
      return from
    },
    giveBack: (address) => {
      const at = blocks.findIndex(({ from }) => from === address)
      if (at < 0) throw new Error(`nothing was taken at ${address}`)
      blocks.splice(at, 1)
    },
  }
}

// Finds records that occur again. They are compared by a 53-bit hash first, so that no second copy of a large file is kept,
// and then in full, so that a collision is never taken for a duplicate.
// Must not know: rows, problems.

import type { DataRecord } from '../../../protocol/dataset.ts'

export type DuplicateFinder = {
  /** The number under which an equal record came before; null for a new one. */
  seen: (record: DataRecord, number: number) => number | null
}

export function duplicateFinder(): DuplicateFinder {
  const known = new Map<number, { record: DataRecord; number: number }>()
  return {
    seen: (record, number) => {
      const key = hashOf(partsOf(record))
      const before = known.get(key)
      if (!before) {
        known.set(key, { record, number })
        return null
      }
      return JSON.stringify(before.record) === JSON.stringify(record) ? before.number : null
    },
  }
}

function partsOf(record: DataRecord): readonly string[] {
  if (record.kind === 'instruct') return [record.instruct, record.input, record.label]
  if (record.kind === 'chat') return record.messages.flatMap(({ role, content }) => [role, content])
  return [record.input_ids.join(), record.labels.join()]
}

/** Two 32-bit multiplicative hashes side by side (after cyrb53, public domain), cut to the 53 bits that a number holds exactly. */
function hashOf(parts: readonly string[]): number {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (const part of parts) {
    for (let i = 0; i < part.length; i++) {
      const unit = part.charCodeAt(i)
      high = Math.imul(high ^ unit, 2654435761)
      low = Math.imul(low ^ unit, 1597334677)
    }
    high = Math.imul(high ^ 0x1ffff, 2246822507)
    low = Math.imul(low ^ (high >>> 13), 3266489909)
  }
  return (high >>> 0) * 2 ** 21 + (low >>> 11)
}

// Where the scratch values and feeds of a plan lie in its arena: two whose lifetimes do not touch may have the same place.
// Must not know: the target; how it aligns is told.

import { type Call, valuesRead, valuesWritten } from './calls.ts'
import { bytesOf, rootOf, type Value } from './values.ts'

export type ArenaLayout = {
  /** Bytes from the arena's beginning. */
  offsets: ReadonlyMap<Value, number>
  /** Behind all values: room for what a kernel needs beside its operands, for one call at a time. */
  workspace: number
  bytes: number
}

/** What a target asks of a layout. */
export type LayoutRules = {
  /** Of every value, in bytes. */
  alignment: number
  /** Bytes that stay free behind each value. */
  gap: number
  /** Bytes that a call's kernels need beside its operands. */
  workspaceOf: (call: Call) => number
}

export type Lifetime = { value: Value; first: number; last: number }

/** The first and the last call that touches each value of the arena; a feed is there before the first call. */
export function lifetimesOf(calls: readonly Call[], results: readonly Value[]): readonly Lifetime[] {
  const lifetimes = new Map<Value, Lifetime>()
  for (const [at, call] of calls.entries()) {
    for (const value of [...valuesWritten(call), ...valuesRead(call)].map(rootOf)) {
      if (value.kind === 'state') continue
      const known = lifetimes.get(value)
      if (known) known.last = at
      else lifetimes.set(value, { value, first: value.kind === 'feed' ? -1 : at, last: at })
    }
  }
  for (const value of results) {
    const known = lifetimes.get(rootOf(value))
    if (known) known.last = calls.length
  }
  return [...lifetimes.values()]
}

type Placed = { from: number; to: number; lifetime: Lifetime }

/**
 * Greedy by size (Pisarchyk & Lee 2020, arXiv:2001.03288): the largest value first, each at the lowest place where nothing lives at its time.
 * @param results values that must outlive the last call
 */
export function layOut(
  calls: readonly Call[],
  results: readonly Value[],
  { alignment, gap, workspaceOf }: LayoutRules,
): ArenaLayout {
  const placed: Placed[] = []
  const offsets = new Map<Value, number>()
  const aligned = (bytes: number) => Math.ceil(bytes / alignment) * alignment
  const bySize = [...lifetimesOf(calls, results)].sort((a, b) => bytesOf(b.value) - bytesOf(a.value))
  for (const lifetime of bySize) {
    const bytes = aligned(bytesOf(lifetime.value) + gap)
    const from = lowestGap(placed, lifetime, bytes)
    const at = placed.findIndex((other) => other.from > from)
    placed.splice(at < 0 ? placed.length : at, 0, { from, to: from + bytes, lifetime })
    offsets.set(lifetime.value, from)
  }
  const workspace = placed.reduce((end, { to }) => Math.max(end, to), 0)
  const largest = calls.reduce((most, call) => Math.max(most, workspaceOf(call)), 0)
  return { offsets, workspace, bytes: workspace + (largest === 0 ? 0 : aligned(largest + gap)) }
}

/** `placed` is in the order of its places. */
function lowestGap(placed: readonly Placed[], { first, last }: Lifetime, bytes: number): number {
  let from = 0
  for (const other of placed) {
    if (other.lifetime.last < first || other.lifetime.first > last) continue
    if (other.from - from >= bytes) return from
    from = Math.max(from, other.to)
  }
  return from
}

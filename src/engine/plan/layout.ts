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

/** What a target asks of an arena. */
export type ArenaRules = {
  /** Of every value, in bytes. */
  alignment: number
  /** Bytes that stay free behind each value. */
  gap: number
  /** Bytes that a call's kernels need beside its operands. */
  workspaceOf: (call: Call) => number
}

/** What a target asks of its memory. */
export type LayoutRules = ArenaRules & {
  /** Bytes that a state takes, with whatever keeps it apart from the next. */
  stateBytes: (state: Value) => number
}

/** From the call that writes a value to the last that reads what was written. */
export type Span = { first: number; last: number }
/** A value that is computed a second time, for the backward of a checkpointed part, lives twice. */
export type Lifetime = { value: Value; spans: readonly Span[] }

/** When each value of the arena lives, in calls; a feed is there before the first one. */
export function lifetimesOf(calls: readonly Call[], results: readonly Value[]): readonly Lifetime[] {
  const lives = new Map<Value, Span[]>()
  for (const [at, call] of calls.entries()) {
    const read = new Set(valuesRead(call).map(rootOf))
    for (const touched of [...valuesWritten(call), ...valuesRead(call)]) {
      const value = rootOf(touched)
      if (value.kind === 'state') continue
      const spans = lives.get(value) ?? []
      const last = spans.at(-1)
      // Written whole and not read: whatever was there before is not needed any more. Written in part, the rest stays.
      const isAnew = touched === value && !read.has(value) && last?.first !== at
      if (last && !isAnew) last.last = at
      else spans.push({ first: value.kind === 'feed' ? -1 : at, last: at })
      lives.set(value, spans)
    }
  }
  for (const value of results) {
    const last = lives.get(rootOf(value))?.at(-1)
    if (last) last.last = calls.length
  }
  return [...lives].map(([value, spans]) => ({ value, spans }))
}

/** Whether two values live at one time. */
export function liveTogether(one: Lifetime, other: Lifetime): boolean {
  return one.spans.some((a) => other.spans.some((b) => a.first <= b.last && b.first <= a.last))
}

export function livesAt({ spans }: Lifetime, call: number): boolean {
  return spans.some(({ first, last }) => first <= call && call <= last)
}

type Placed = { from: number; to: number; lifetime: Lifetime }

/**
 * Greedy by size (Pisarchyk & Lee 2020, arXiv:2001.03288): the largest value first, each at the lowest place where nothing lives at its time.
 * @param results values that must outlive the last call
 */
export function layOut(
  calls: readonly Call[],
  results: readonly Value[],
  { alignment, gap, workspaceOf }: ArenaRules,
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
function lowestGap(placed: readonly Placed[], lifetime: Lifetime, bytes: number): number {
  let from = 0
  for (const other of placed) {
    if (!liveTogether(lifetime, other.lifetime)) continue
    if (other.from - from >= bytes) return from
    from = Math.max(from, other.to)
  }
  return from
}

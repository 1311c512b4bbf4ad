// Gradient checkpointing (Chen et al. 2016, arXiv:1604.06174) in a plan: which calls of a part's forward its backward needs done again.
// They write the same values a second time; between its two lives such a value's place in the arena is free for others.

import { type Call, valuesRead, valuesWritten } from './calls.ts'
import { rootOf, type Value } from './values.ts'

/** Of `forward`, what must run again for what `backward` reads, in order. `kept` is still there and needs nothing. */
export function neededAgain(forward: readonly Call[], backward: readonly Call[], kept: Value): readonly Call[] {
  const made = new Set(forward.flatMap(valuesWritten).map(rootOf))
  for (const value of made) if (value.kind === 'state') throw new Error(`a checkpointed part writes the state ${value.name}`)
  made.delete(rootOf(kept))
  const readOf = (call: Call) => valuesRead(call).map(rootOf)
  const needed = new Set(backward.flatMap(readOf).filter((value) => made.has(value)))
  const again: Call[] = []
  for (const call of [...forward].reverse()) {
    if (!valuesWritten(call).some((value) => needed.has(rootOf(value)))) continue
    for (const value of readOf(call)) if (made.has(value)) needed.add(value)
    again.unshift(call)
  }
  return again
}

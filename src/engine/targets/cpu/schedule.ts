// Which of a plan's steps can be done side by side: those that stand in a row and of which none touches what another one writes.
// They make a phase; a phase begins when all threads are done with the one before.
// Must not know: how many threads there are, how they meet.

import { type Call, valuesRead, valuesWritten } from '../../plan/calls.ts'
import { flopsOf, trafficOf } from '../../plan/print.ts'
import { bytesOf, type Value } from '../../plan/values.ts'
import type { Address } from './call.ts'
import type { Step } from './steps.ts'

/** Bytes [from, to) of the memory. */
type Range = { from: Address; to: Address }

export type PlacedStep = {
  step: Step
  /** What it looks at, what it adds to included. */
  reads: readonly Range[]
  writes: readonly Range[]
  /** About how long it takes one thread. */
  nanoseconds: number
}

export type Phase = {
  /** Whether thread 0 does all of it, one step after the other. */
  alone: boolean
  parts: readonly { step: Step; nanoseconds: number }[]
}

/** Less than this is not worth another thread's coming. */
const SMALL_NANOSECONDS = 4_000

/** Of one core, roughly: it decides how work is cut and never what it comes to. */
const FLOPS_A_NANOSECOND = 40
const BYTES_A_NANOSECOND = 10

/** The steps that a call has become, with what they touch. `workspace`: what the call has beside its operands. */
export function placedSteps(call: Call, steps: readonly Step[], at: (value: Value) => Address, workspace: Range): PlacedStep[] {
  const rangesOf = (values: readonly Value[]) => values.map((value) => ({ from: at(value), to: at(value) + bytesOf(value) }))
  const reads = rangesOf(valuesRead(call))
  const writes = [...rangesOf(valuesWritten(call)), workspace]
  const nanoseconds = flopsOf(call) / FLOPS_A_NANOSECOND + trafficOf(call) / BYTES_A_NANOSECOND
  return steps.map((step) => ({ step, reads, writes, nanoseconds }))
}

/** Every step once, in the order given. */
export function phasesOf(steps: readonly PlacedStep[]): Phase[] {
  const phases: { alone: boolean; parts: PlacedStep[] }[] = []
  for (const own of steps) {
    const last = phases.at(-1)
    if (last && (last.alone ? isSmall(own) : isApart(own, last.parts))) last.parts.push(own)
    else phases.push({ alone: isSmall(own), parts: [own] })
  }
  return phases
}

function isSmall({ step, nanoseconds }: PlacedStep): boolean {
  return step.kind === 'host' || nanoseconds < SMALL_NANOSECONDS
}

/** Whether it can be done while the others are. */
function isApart(own: PlacedStep, others: readonly PlacedStep[]): boolean {
  if (own.step.kind === 'host') return false
  return others.every(({ reads, writes }) => !meets(own.writes, reads) && !meets(own.writes, writes) && !meets(own.reads, writes))
}

function meets(some: readonly Range[], others: readonly Range[]): boolean {
  return some.some((a) => others.some((b) => a.from < b.to && b.from < a.to))
}

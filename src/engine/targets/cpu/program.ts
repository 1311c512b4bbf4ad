// A plan on the CPU's kernels: laid out once, and given addresses in the arena that all programs of a memory share.
// The arena moves when a program needs a larger one; every other program finds its addresses anew at its next run.
// Must not know: models, what a plan is for.

import type { Call } from '../../plan/calls.ts'
import { feedWriter } from '../../plan/feeds.ts'
import { layOut } from '../../plan/layout.ts'
import type { Observe, Program, UpdateSettings } from '../../plan/target.ts'
import type { Plan } from '../../plan/training.ts'
import { bytesOfElement, elementsOf, offsetOf, rootOf, type Value } from '../../plan/values.ts'
import type { Address } from './call.ts'
import { ALIGNMENT_BYTES, READ_AHEAD_BYTES } from './kernels.ts'
import { cpuLayout } from './layout.ts'
import { type Phase, phasesOf, placedSteps } from './schedule.ts'
import { stepsOf } from './steps.ts'
import { type Threads, tableBytes } from './threads.ts'

export const aligned = (bytes: number) => Math.ceil(bytes / ALIGNMENT_BYTES) * ALIGNMENT_BYTES

/** What the programs of a memory share; what lies in it lasts for one run. */
export type Arena = {
  address: () => Address
  /** Makes it at least so large, and perhaps another. */
  grow: (bytes: number) => void
}

export type Place = {
  memory: WebAssembly.Memory
  threads: Threads
  arena: Arena
  settings: UpdateSettings
  addressOf: (state: Value) => Address
  /** Kernel calls of all runs so far. */
  counted: { dispatches: number }
}

/** A plan with addresses. */
type Bound = {
  arena: Address
  at: (value: Value) => Address
  /** A table of a run's calls lies here. */
  table: Address
  dispatches: number
  runs: readonly { phases: readonly Phase[]; done: ((ms: number) => void) | null }[]
}

export function programOf(place: Place, plan: Plan, observe?: Observe): Program {
  const { memory, threads, arena, counted } = place
  const layout = layOut(plan.calls, Object.values(plan.results), cpuLayout)
  const behind = aligned(layout.bytes + READ_AHEAD_BYTES)
  const bind = () => boundTo(place, plan, layout, behind, observe)
  const bytesOfTables = ({ runs }: Bound) => runs.reduce((most, { phases }) => Math.max(most, tableBytes(phases)), 0)
  let bound = bind()
  const bytes = behind + bytesOfTables(bound)
  arena.grow(bytes)
  const writeFeeds = feedWriter(plan, (value, numbers) => {
    const Numbers = numbers instanceof Int32Array ? Int32Array : Float32Array
    new Numbers(memory.buffer, bound.at(value), numbers.length).set(numbers)
  })
  return async (given, scalars) => {
    if (bound.arena !== arena.address()) bound = bind()
    const { at, table, runs } = bound
    writeFeeds(given)
    counted.dispatches += bound.dispatches
    for (const { phases, done } of runs) {
      const started = done ? performance.now() : 0
      threads.run(phases, table, scalars)
      done?.(performance.now() - started)
    }
    const read = (value: Value) => Float32Array.from(new Float32Array(memory.buffer, at(value), elementsOf(value)))
    return Object.fromEntries(Object.entries(plan.results).map(([name, value]) => [name, read(value)]))
  }
}

type Layout = ReturnType<typeof layOut>

function boundTo(
  { arena, settings, addressOf }: Place,
  plan: Plan,
  { offsets, workspace }: Layout,
  behind: number,
  observe?: Observe,
): Bound {
  const begin = arena.address()
  const at = (value: Value): Address => {
    const offset = offsets.get(rootOf(value))
    return (offset === undefined ? addressOf(rootOf(value)) : begin + offset) + offsetOf(value) * bytesOfElement(value)
  }
  const room = begin + workspace
  let dispatches = 0
  const placed = (call: Call) => {
    const own = { from: room, to: room + cpuLayout.workspaceOf(call) }
    const steps = placedSteps(call, stepsOf(call, at, settings, room), at, own)
    dispatches += steps.length
    return steps
  }
  // Calls that are observed are a run each, so that what is timed is one call, on all threads; else the plan is one run.
  const runs = observe
    ? plan.calls.map((call) => ({ phases: phasesOf(placed(call)), done: (ms: number) => observe(call, ms) }))
    : [{ phases: phasesOf(plan.calls.flatMap(placed)), done: null }]
  return { arena: begin, at, table: begin + behind, dispatches, runs }
}

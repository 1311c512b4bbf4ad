// The CPU target: plans as lists of kernel calls with addresses, over one memory that grows when it must.
// From the bottom: the kernels' own bytes, what the threads need, the states, and above them the arena that all programs share,
// each with the table of its run behind it.
// Must not know: models, what a plan is for.

import { fromHalves, halvesOf } from '../../plan/bf16.ts'
import { type Call, valuesRead } from '../../plan/calls.ts'
import { layOut } from '../../plan/layout.ts'
import type { Feeds, Observe, PlanMachine, PlanTarget, Program, TargetSizes, UpdateSettings } from '../../plan/target.ts'
import type { Plan } from '../../plan/training.ts'
import { bytesOfElement, elementsOf, offsetOf, rootOf, type Value } from '../../plan/values.ts'
import type { Address } from './call.ts'
import { blocksOf } from './elements.ts'
import { ALIGNMENT_BYTES, compileKernels, loadKernels, READ_AHEAD_BYTES, RESERVED_BYTES, sharedMemory } from './kernels.ts'
import { cpuLayout } from './layout.ts'
import { phasesOf, placedSteps } from './schedule.ts'
import { stepsOf } from './steps.ts'
import { type CpuHost, startThreads, type Threads, tableBytes, threadBytes } from './threads.ts'

const PAGE_BYTES = 65_536
/** WebAssembly's addresses have 32 bits. */
const LARGEST_BYTES = 65_536 * PAGE_BYTES

const aligned = (bytes: number) => Math.ceil(bytes / ALIGNMENT_BYTES) * ALIGNMENT_BYTES

type Machine = {
  memory: WebAssembly.Memory
  threads: Threads
  /** Of the states. */
  addresses: ReadonlyMap<Value, Address>
  /** Where the states end and the arena begins. */
  arena: Address
  settings: UpdateSettings
}

/** What lies below the states. */
const ownBytes = (threads: number) => RESERVED_BYTES + aligned(threadBytes(threads))

/** A run of fewer takes one thread some 2 ms, most of it in calls too small to share; other threads take longer to start than they save. */
const FLOPS_WORTH_THREADS = 1e8

/** What a machine of so many threads takes. */
export const cpuSizes = (threads: number): TargetSizes => ({
  layout: cpuLayout,
  ownBytes: ownBytes(threads),
  // A WebAssembly memory only grows.
  releases: false,
  largestBytes: LARGEST_BYTES,
  largestArena: LARGEST_BYTES,
  largestValue: LARGEST_BYTES,
})

/** The target on so many threads. A machine that does not fit into WebAssembly's memory is refused with its RangeError. */
export function cpuTarget(host: CpuHost, threads: number): PlanTarget {
  const threadsFor = (flops: number) => (flops < FLOPS_WORTH_THREADS ? 1 : threads)
  return {
    open: (states, settings, flops = Number.POSITIVE_INFINITY) => open(host, threadsFor(flops), states, settings),
    ...cpuSizes(threads),
    answersLate: false,
    packs: true,
  }
}

async function open(host: CpuHost, threads: number, states: readonly Value[], settings: UpdateSettings): Promise<PlanMachine> {
  const addresses = new Map<Value, Address>()
  let arena = ownBytes(threads)
  for (const value of states) {
    addresses.set(value, arena)
    arena += cpuLayout.stateBytes(value)
  }
  const memory = sharedMemory(arena, LARGEST_BYTES)
  const module = await compileKernels(host)
  const place = { memory, module, kernels: await loadKernels(memory, module), address: RESERVED_BYTES }
  return openMachine({ memory, threads: await startThreads(host, place, threads), addresses, arena, settings })
}

function openMachine(machine: Machine): PlanMachine {
  const { memory, addresses } = machine
  const floats = (value: Value) => new Float32Array(memory.buffer, placeOf(addresses, value), elementsOf(value))
  const halves = (value: Value) => new Uint16Array(memory.buffer, placeOf(addresses, value), elementsOf(value))
  return {
    program: (plan, observe) => programOf(machine, plan, observe),
    write: (state, numbers) => {
      if (state.dtype === 'bf16') halves(state).set(halvesOf(Float32Array.from(numbers)))
      else floats(state).set(numbers)
    },
    writePiece: async (state, from, piece) => {
      if (state.dtype === 'bf16') halves(state).set(piece.dtype === 'bf16' ? piece.halves : halvesOf(piece.values), from)
      else floats(state).set(piece.dtype === 'bf16' ? fromHalves(piece.halves) : piece.values, from)
    },
    read: async (state) => (state.dtype === 'bf16' ? fromHalves(halves(state)) : Float32Array.from(floats(state))),
    partialSums: blocksOf,
    release: () => undefined,
    bytes: () => memory.buffer.byteLength,
    dispose: machine.threads.end,
  }
}

function programOf(machine: Machine, plan: Plan, observe?: Observe): Program {
  const { memory, threads, settings } = machine
  const results = Object.values(plan.results)
  const { offsets, workspace, bytes } = layOut(plan.calls, results, cpuLayout)
  const at = (value: Value): Address => {
    const offset = offsets.get(rootOf(value))
    const begin = offset === undefined ? placeOf(machine.addresses, rootOf(value)) : machine.arena + offset
    return begin + offsetOf(value) * bytesOfElement(value)
  }
  const room = machine.arena + workspace
  const placed = (call: Call) => {
    const own = { from: room, to: room + cpuLayout.workspaceOf(call) }
    return placedSteps(call, stepsOf(call, at, settings, room), at, own)
  }
  // Calls that are observed are a run each, so that what is timed is one call, on all threads; else the plan is one run.
  const runs = observe
    ? plan.calls.map((call) => ({ phases: phasesOf(placed(call)), done: (ms: number) => observe(call, ms) }))
    : [{ phases: phasesOf(plan.calls.flatMap(placed)), done: null }]
  const table = aligned(machine.arena + bytes + READ_AHEAD_BYTES)
  growTo(memory, table + runs.reduce((most, { phases }) => Math.max(most, tableBytes(phases)), 0))
  const writeFeeds = feedWriter(memory, plan, at)
  return async (feeds, scalars) => {
    writeFeeds(feeds)
    for (const { phases, done } of runs) {
      const started = done ? performance.now() : 0
      threads.run(phases, table, scalars)
      done?.(performance.now() - started)
    }
    const read = (value: Value) => Float32Array.from(new Float32Array(memory.buffer, at(value), elementsOf(value)))
    return Object.fromEntries(Object.entries(plan.results).map(([name, value]) => [name, read(value)]))
  }
}

/** Writes feeds, and what is computed from them where that has changed. A feed that no call reads has no place. */
function feedWriter(memory: WebAssembly.Memory, plan: Plan, at: (value: Value) => Address) {
  const read = new Set(plan.calls.flatMap((call) => valuesRead(call).map(rootOf)))
  return (feeds: Feeds): void => {
    for (const [name, value] of Object.entries(plan.feeds)) {
      const given = feeds[name]
      if (given?.length !== elementsOf(value)) throw new Error(`the plan wants ${elementsOf(value)} numbers as ${name}`)
      if (read.has(value)) new Int32Array(memory.buffer, at(value), given.length).set(given)
      for (const { value: made, from, compute } of plan.derived) {
        if (from === value) new Float32Array(memory.buffer, at(made), elementsOf(made)).set(compute(Int32Array.from(given)))
      }
    }
  }
}

function growTo(memory: WebAssembly.Memory, bytes: number): void {
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE_BYTES)
  if (missing > 0) memory.grow(missing)
}

function placeOf(addresses: ReadonlyMap<Value, Address>, value: Value): Address {
  const address = addresses.get(value)
  if (address === undefined) throw new Error(`the machine has no state ${value.name}`)
  return address
}

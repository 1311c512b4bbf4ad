// The CPU target: plans as lists of kernel calls with addresses, over one memory that grows when it must.
// From the bottom: the kernels' own bytes, what the threads need, and above them states and the arena, wherever there is room.
// Must not know: models, what a plan is for.

import { fromHalves, halvesOf } from '../../plan/bf16.ts'
import type { PlanMachine, PlanTarget, TargetSizes, UpdateSettings } from '../../plan/target.ts'
import { elementsOf, type Value } from '../../plan/values.ts'
import type { Address } from './call.ts'
import { blocksOf } from './elements.ts'
import { compileKernels, loadKernels, RESERVED_BYTES, sharedMemory } from './kernels.ts'
import { cpuLayout } from './layout.ts'
import { type Arena, aligned, programOf } from './program.ts'
import { type Room, roomFrom } from './room.ts'
import { type CpuHost, startThreads, type Threads, threadBytes } from './threads.ts'

const PAGE_BYTES = 65_536
/** WebAssembly's addresses have 32 bits. */
const LARGEST_BYTES = 65_536 * PAGE_BYTES

type Machine = {
  memory: WebAssembly.Memory
  threads: Threads
  room: Room
  arena: Arena
  counted: { dispatches: number }
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
    chosen: {},
  }
}

async function open(host: CpuHost, threads: number, states: readonly Value[], settings: UpdateSettings): Promise<PlanMachine> {
  const begin = ownBytes(threads)
  // Of the right size at once: growing is not free.
  const memory = sharedMemory(
    states.reduce((end, value) => end + cpuLayout.stateBytes(value), begin),
    LARGEST_BYTES,
  )
  const module = await compileKernels(host)
  const place = { memory, module, kernels: await loadKernels(memory, module), address: RESERVED_BYTES }
  const room = roomFrom(begin, (end) => growTo(memory, end))
  const counted = { dispatches: 0 }
  const machine = { memory, threads: await startThreads(host, place, threads), room, arena: arenaIn(room), counted }
  const addresses = new Map(states.map((value): [Value, Address] => [value, room.take(cpuLayout.stateBytes(value))]))
  return { ...machineOn(machine, addresses, settings), dispose: machine.threads.end }
}

function arenaIn(room: Room): Arena {
  let held: { from: Address; bytes: number } | null = null
  return {
    // Before there is one, where no state can be.
    address: () => held?.from ?? LARGEST_BYTES,
    grow: (bytes) => {
      const before = held
      if (before !== null && before.bytes >= bytes) return
      if (before !== null) room.giveBack(before.from)
      try {
        held = { from: room.take(aligned(bytes)), bytes }
      } catch (error) {
        if (before !== null) held = { ...before, from: room.take(aligned(before.bytes)) }
        throw error
      }
    },
  }
}

/** A machine over these states, which are its own, beside others in the same memory. */
function machineOn(machine: Machine, addresses: Map<Value, Address>, settings: UpdateSettings): PlanMachine {
  const { memory, room } = machine
  const addressOf = (state: Value) => {
    const address = addresses.get(state)
    if (address === undefined) throw new Error(`the machine has no state ${state.name}`)
    return address
  }
  const floats = (value: Value) => new Float32Array(memory.buffer, addressOf(value), elementsOf(value))
  const halves = (value: Value) => new Uint16Array(memory.buffer, addressOf(value), elementsOf(value))
  return {
    program: (plan, observe) => programOf({ ...machine, settings, addressOf }, plan, observe),
    write: (state, numbers) => {
      if (state.dtype === 'bf16') halves(state).set(halvesOf(Float32Array.from(numbers)))
      else floats(state).set(numbers)
    },
    writePiece: async (state, from, piece) => {
      if (state.dtype === 'bf16') halves(state).set(piece.dtype === 'bf16' ? piece.halves : halvesOf(piece.values), from)
      else floats(state).set(piece.dtype === 'bf16' ? fromHalves(piece.halves) : piece.values, from)
    },
    read: async (state) => (state.dtype === 'bf16' ? fromHalves(halves(state)) : Float32Array.from(floats(state))),
    lodge: async (states, others) => {
      const own = new Map<Value, Address>()
      const leave = () => {
        for (const address of own.values()) room.giveBack(address)
        own.clear()
      }
      try {
        for (const value of states) own.set(value, room.take(cpuLayout.stateBytes(value)))
      } catch (error) {
        leave()
        throw error
      }
      // Others may have been there before.
      for (const [value, address] of own) new Uint8Array(memory.buffer, address, cpuLayout.stateBytes(value)).fill(0)
      return { ...machineOn(machine, new Map([...addresses, ...own]), others), dispose: leave }
    },
    partialSums: blocksOf,
    release: () => undefined,
    bytes: () => memory.buffer.byteLength,
    dispatched: () => machine.counted.dispatches,
    dispose: () => undefined,
  }
}

function growTo(memory: WebAssembly.Memory, bytes: number): void {
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE_BYTES)
  if (missing > 0) memory.grow(missing)
}

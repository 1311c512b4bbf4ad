// The threads of a machine as their caller sees them: so many workers beside it, and runs that all of them go through together.
// The caller is one of them. Where a host cannot start the others there is one thread, and everything runs as well.
// Must not know: plans, how a host starts a worker.

import type { Scalars } from '../../plan/target.ts'
import { fail, hasFailed, PATIENCE, startRun, TEAM_BYTES, teamAt } from './barrier.ts'
import type { Address } from './call.ts'
import {
  compileKernels,
  type KernelBinaries,
  type Kernels,
  kernelNames,
  loadKernels,
  RESERVED_BYTES,
  SCRATCH_BYTES,
  sharedMemory,
} from './kernels.ts'
import type { Phase } from './schedule.ts'
import { runTable, tableLength, writeTable } from './table.ts'

/** What a thread is told once. */
export type ThreadStart = {
  memory: WebAssembly.Memory
  module: WebAssembly.Module
  /** Of the team's words. */
  address: Address
  scratch: Address
  thread: number
  threads: number
  spins: number
}

/** What a thread answers when it is ready, and when it has failed. */
export type ThreadReply = { error: string | null }

/** A worker with the script of thread.ts in it. */
export type Thread = {
  /** Resolves when it is ready for runs, rejects if it cannot be. From then on it keeps no process alive. */
  begin: (start: ThreadStart) => Promise<void>
  end: () => void
}

/** What a host has for the CPU target. */
export type CpuHost = KernelBinaries & {
  /** Starts a worker, or throws; null where threads may not share memory. */
  startThread: (() => Thread) | null
  /** Of the processor. */
  cores: number
  /** Threads where nobody says how many. */
  threads: number
}

export type Threads = {
  count: number
  /** Why the caller is alone although others were wanted; empty where it is not so. */
  refused: string
  /**
   * Goes through the phases. `table`: the address of room for tableBytes of them, a multiple of 8.
   * Throws what a step throws, and if a thread is lost; then the threads run nothing more.
   */
  run: (phases: readonly Phase[], table: Address, scalars: Scalars) => void
  /** Ends all of them but the caller. */
  end: () => void
}

/** Bytes at the address that startThreads is given. */
export const threadBytes = (count: number): number => TEAM_BYTES + count * SCRATCH_BYTES

/** Bytes of a run's table. */
export const tableBytes = (phases: readonly Phase[]): number => 8 * tableLength(phases)

/** With as many threads as cores most waits are short. With more of them, who waits may hold the core that the awaited one needs. */
const SPINS = { enoughCores: 8_000, tooFewCores: 100 }

type Place = {
  memory: WebAssembly.Memory
  module: WebAssembly.Module
  /** On `memory`. */
  kernels: Kernels
  /** Of threadBytes of the memory, all zero. */
  address: Address
}

/** `count` threads, or one where the host cannot start the others. */
export async function startThreads(host: CpuHost, place: Place, count: number): Promise<Threads> {
  const { others, refused } = count === 1 ? { others: [], refused: '' } : await startOthers(host, place, count)
  const threads = others.length + 1
  const { memory, kernels, address } = place
  const team = teamAt(memory, address, { threads, spins: spinsOf(threads, host) })
  const caller = { team, thread: 0, scratch: scratchOf(address, 0), kernels: kernelNames.map((name) => kernels[name]) }
  return {
    count: threads,
    refused,
    run: (phases, table, scalars) => {
      if (hasFailed(team)) throw new Error('the threads of the CPU target have failed before')
      const hosts = phases.flatMap(({ parts }) => parts.flatMap(({ step }) => (step.kind === 'host' ? [step] : [])))
      const onHost = (at: number) => hosts[at]?.run(memory, scalars)
      const view = new Float64Array(memory.buffer, table, tableLength(phases))
      const isShared = threads > 1 && phases.some(({ alone }) => !alone)
      writeTable(view, phases, threads, scalars)
      if (isShared) startRun(team, table)
      try {
        runTable(view, { ...caller, team: isShared ? team : { ...team, threads: 1 }, patience: PATIENCE, onHost })
      } catch (error) {
        fail(team)
        throw error
      }
    },
    end: () => {
      for (const other of others) other.end()
    },
  }
}

/** How many threads there will be of those that are wanted, and why only one: asks the host by starting one. */
export async function threadsToBeHad(host: CpuHost, wanted: number): Promise<Pick<Threads, 'count' | 'refused'>> {
  if (wanted === 1) return { count: 1, refused: '' }
  const memory = sharedMemory(RESERVED_BYTES + threadBytes(2), 2 ** 20)
  const module = await compileKernels(host)
  const kernels = await loadKernels(memory, module)
  const { count, refused, end } = await startThreads(host, { memory, module, kernels, address: RESERVED_BYTES }, 2)
  end()
  return { count: count === 1 ? 1 : wanted, refused }
}

type Others = { others: readonly Thread[]; refused: string }

async function startOthers({ startThread, ...host }: CpuHost, place: Place, threads: number): Promise<Others> {
  const { memory, module, address } = place
  const others: Thread[] = []
  try {
    if (startThread === null) return { others, refused: 'memory cannot be shared here' }
    for (let thread = 1; thread < threads; thread++) others.push(startThread())
    const starts = others.map((other, at) =>
      other.begin({
        memory,
        module,
        address,
        scratch: scratchOf(address, at + 1),
        thread: at + 1,
        threads,
        spins: spinsOf(threads, host),
      }),
    )
    await inTime(Promise.all(starts))
    return { others, refused: '' }
  } catch (error) {
    for (const other of others) other.end()
    return { others: [], refused: error instanceof Error ? error.message : String(error) }
  }
}

const scratchOf = (address: Address, thread: number) => address + TEAM_BYTES + thread * SCRATCH_BYTES

const spinsOf = (threads: number, { cores }: Pick<CpuHost, 'cores'>) => (threads <= cores ? SPINS.enoughCores : SPINS.tooFewCores)

/** A worker whose script cannot be loaded may say nothing at all; one that can starts in some tens of milliseconds. */
const START_MS = 10_000

function inTime(ready: Promise<unknown>): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${START_MS / 1000} s`)), START_MS)
    ready.then(() => resolve(), reject).finally(() => clearTimeout(timer))
  })
}

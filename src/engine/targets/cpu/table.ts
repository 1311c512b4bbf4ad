// A program's run as numbers in the shared memory, so that a thread that never hears a message can follow it:
// phase by phase, each with its calls, a meeting behind each. A phase is one thread's alone, or its pieces go to whoever is free.
// The result is the same whoever takes a piece: every element is computed by one unit, in one order.
// Must not know: what a call computes, who wrote the table.

import type { Scalars } from '../../plan/target.ts'
import { meet, type Team, takePiece } from './barrier.ts'
import type { Address } from './call.ts'
import { type Kernel, kernelNames } from './kernels.ts'
import type { Phase } from './schedule.ts'
import type { Step } from './steps.ts'

/** Arguments that a call which is made anew in each run has at most. */
const MOST_ARGUMENTS = 16

/** Pieces that a call is cut into for each thread: more even out what threads lose to others, fewer cost less. */
const PIECES_A_THREAD = 4

/** A piece takes about so long at least, or taking it costs too much of it. */
const PIECE_NANOSECONDS = 4_000

/** In the place of a kernel: work that is done outside of kernels. */
const HOST = -1

const kernelNumbers = new Map(kernelNames.map((name, number): [string, number] => [name, number]))

function mostArguments(step: Step): number {
  if (step.kind === 'fixed') return step.call.args.length
  return step.kind === 'host' ? 1 : MOST_ARGUMENTS
}

/** Float64 numbers that a table of these phases has at most. */
export function tableLength(phases: readonly Phase[]): number {
  const calls = phases.flatMap(({ parts }) => parts)
  return calls.reduce((sum, { step }) => sum + 4 + mostArguments(step), 1 + 2 * phases.length)
}

/**
 * Writes a run for so many threads. Layout: phases, then each [alone, calls], then each of its calls [kernel, units, pieces, arguments, …];
 * of the host's work the one argument counts from 0.
 */
export function writeTable(table: Float64Array, phases: readonly Phase[], threads: number, scalars: Scalars): void {
  let at = 0
  let hosts = 0
  table[at++] = phases.length
  for (const { alone, parts } of phases) {
    table[at++] = Number(alone)
    table[at++] = parts.length
    for (const { step, nanoseconds } of parts) {
      if (step.kind === 'host') {
        table.set([HOST, 0, 1, 1, hosts++], at)
        at += 5
        continue
      }
      const { kernel, units, args } = step.kind === 'fixed' ? step.call : step.callOf(scalars)
      if (args.length > mostArguments(step))
        throw new Error(`${kernel} has ${args.length} arguments, ${MOST_ARGUMENTS} is the most`)
      table[at++] = kernelNumbers.get(kernel) ?? Number.NaN
      table[at++] = units
      table[at++] = piecesOf(units, nanoseconds, threads)
      table[at++] = args.length
      for (const argument of args) table[at++] = argument
    }
  }
}

function piecesOf(units: number, nanoseconds: number, threads: number): number {
  if (threads === 1) return 1
  return Math.max(1, Math.min(units, threads * PIECES_A_THREAD, Math.floor(nanoseconds / PIECE_NANOSECONDS)))
}

/** Who goes through a table. */
export type Runner = {
  team: Team
  /** 0 is the caller. */
  thread: number
  /** In the order of their names. */
  kernels: readonly Kernel[]
  /** The address of memory that no other thread uses. */
  scratch: Address
  /** How many sleeps it waits for the others. */
  patience: number
  /** Does the host's work number `at`. Only thread 0 is asked. */
  onHost: (at: number) => void
}

/** Goes through a run together with the other threads of the team. */
export function runTable(table: Float64Array, runner: Runner): void {
  const { team, thread, patience } = runner
  const phases = numberAt(table, 0)
  let at = 1
  for (let phase = 0; phase < phases; phase++) {
    const alone = numberAt(table, at) === 1 || team.threads === 1
    const calls = numberAt(table, at + 1)
    at += 2
    if (!alone) at = runShared(table, at, calls, runner)
    else {
      for (let call = 0; call < calls; call++) {
        if (thread === 0) runPart(table, at, 0, 1, runner)
        at = behind(table, at)
      }
    }
    meet(team, patience)
  }
}

/** Takes pieces of `calls` calls at `at` until none is left; returns what is behind the calls. */
function runShared(table: Float64Array, at: number, calls: number, runner: Runner): number {
  let place = at
  let before = 0
  let left = calls
  for (;;) {
    const piece = takePiece(runner.team)
    let pieces = numberAt(table, place + 2)
    while (left > 0 && piece >= before + pieces) {
      before += pieces
      left -= 1
      place = behind(table, place)
      pieces = numberAt(table, place + 2)
    }
    if (left === 0) return place
    runPart(table, place, piece - before, pieces, runner)
  }
}

/** One of `pieces` even parts of the call at `at`. */
function runPart(table: Float64Array, at: number, piece: number, pieces: number, runner: Runner): void {
  const number = numberAt(table, at)
  const units = numberAt(table, at + 1)
  const args: number[] = []
  const end = behind(table, at)
  for (let place = at + 4; place < end; place++) args.push(numberAt(table, place))
  if (number === HOST) {
    runner.onHost(args[0] ?? Number.NaN)
    return
  }
  const kernel = runner.kernels[number]
  if (!kernel) throw new Error(`there is no kernel ${number}`)
  kernel(Math.floor((piece * units) / pieces), Math.floor(((piece + 1) * units) / pieces), runner.scratch, ...args)
}

/** Where the call behind that at `at` is. */
function behind(table: Float64Array, at: number): number {
  return at + 4 + numberAt(table, at + 3)
}

function numberAt(table: Float64Array, at: number): number {
  return table[at] ?? Number.NaN
}

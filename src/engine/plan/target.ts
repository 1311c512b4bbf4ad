// What a plan needs of a target: a machine that holds states, and programs, which are plans laid out on it.

import type { Piece } from '../weight.ts'
import type { Call } from './calls.ts'
import type { LayoutRules } from './layout.ts'
import type { Plan } from './training.ts'
import type { Value } from './values.ts'

export type Feeds = Readonly<Record<string, ArrayLike<number>>>
export type Scalars = Readonly<Record<string, number>>

/**
 * A plan laid out on a machine. Writes its feeds, runs every call, and answers with copies of the results, row by row.
 * The programs of a machine run in the order in which they are called, whether or not the caller waits in between.
 */
export type Program = (feeds: Feeds, scalars: Scalars) => Promise<Record<string, Float32Array<ArrayBuffer>>>

/** Hears of a call that has run, and how many milliseconds it took. */
export type Observe = (call: Call, ms: number) => void

export type PlanMachine = {
  /**
   * Lays a plan out; the arena that all programs of the machine share grows where it is too small.
   * Calls that are observed run one after the other; a target that cannot time a single call leaves `observe` unasked.
   */
  program: (plan: Plan, observe?: Observe) => Program
  /** Numbers of a state, row by row; for one in bf16 they are bfloat16 already. */
  write: (state: Value, numbers: ArrayLike<number>) => void
  /**
   * Some of them, in either form, from element `from` on, which is even where the state is bf16. Resolves when the piece may be changed
   * and another one may come: a target holds no more of them back than its device takes.
   */
  writePiece: (state: Value, from: number, piece: Piece) => Promise<void>
  /** A copy of what is there when all that was called before has run. */
  read: (state: Value) => Promise<Float32Array<ArrayBuffer>>
  /**
   * A machine that has these states, all zero, beside the ones of this one, in the same memory: what is frozen is there once for all who
   * compute with it. Its programs and those of this one run in the order in which they are called. Dispose it before this one.
   * Rejects with a RangeError where there is no room for them.
   */
  lodge: (states: readonly Value[], settings: UpdateSettings) => Promise<PlanMachine>
  /** Partial sums that the target makes of the squares of so many elements. */
  partialSums: (elements: number) => number
  /** Gives the memory of these states back where the target can; no program that touches them may be run any more. */
  release: (states: readonly Value[]) => void
  /** All that it holds. */
  bytes: () => number
  /** Kernel calls, on a GPU dispatches, of all runs so far, those of machines in the same memory among them. */
  dispatched: () => number
  /** Ends what works for it beside the caller; its programs must not be run any more. */
  dispose: () => void
}

/** What of a target decides how much a run takes there, and how much there may be. */
export type TargetSizes = {
  /** How states and arenas are laid out. */
  layout: LayoutRules
  /** What a machine holds beside states and arena. */
  ownBytes: number
  /** Whether a machine gives memory back before it is disposed. */
  releases: boolean
  /** The most that a machine can hold. */
  largestBytes: number
  /** The most that its arena may have. */
  largestArena: number
  /** The most that one value of the arena may have. */
  largestValue: number
}

export type PlanTarget = TargetSizes & {
  /**
   * Makes a machine with these states, all zero. Rejects with a RangeError where the memory for them cannot be had.
   * @param flops of the run that will be the usual one; a target leaves threads unstarted that would not be worth it for so few
   */
  open: (states: readonly Value[], settings: UpdateSettings, flops?: number) => Promise<PlanMachine>
  /** The kernels that were chosen for it by trial, by what they are for; {} where there is no choice. */
  chosen: Readonly<Record<string, string>>
  /** Whether programs run beside the caller, so that it pays to call the next one before the last has answered. */
  answersLate: boolean
}

/** What of AdamW stays the same through a run. */
export type UpdateSettings = { adam_beta1: number; adam_beta2: number; adam_epsilon: number; weight_decay: number }

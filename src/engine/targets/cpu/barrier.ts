// Where the threads of a machine meet: a few words of their shared memory, each on cache lines of its own.
// Who waits looks again and again for a moment, because most waits are shorter than going to sleep, and then sleeps.
// Must not know: what the threads do between two meetings.

import type { Address } from './call.ts'

/** Words between two that different threads write: two cache lines, because processors fetch them in pairs. */
const APART = 32

/** Counts runs, which threads wait for. Behind it: where the run's table lies. */
const RUN = 0
const TABLE = 1
/** Counts meetings. */
const MET = APART
/** Threads that wait for the others. */
const ARRIVED = 2 * APART
/** Pieces of work that were taken since the last meeting. */
const TAKEN = 3 * APART
/** Whether a thread has failed. */
const FAILED = 4 * APART

/** Memory that a team wants, all zero at the beginning. */
export const TEAM_BYTES = 5 * APART * 4

export type Team = {
  words: Int32Array<ArrayBufferLike>
  threads: number
  /** So often is looked before sleeping. */
  spins: number
}

/** A view of the team whose words lie at `address`. */
export function teamAt(memory: WebAssembly.Memory, address: Address, { threads, spins }: Omit<Team, 'words'>): Team {
  return { words: new Int32Array(memory.buffer, address, TEAM_BYTES / 4), threads, spins }
}

/** How long is slept before it is looked whether a thread has failed. A computer that was asleep has lost one such sleep only. */
const SLEEP_MS = 500

/** Sleeps until a thread that does not come counts as lost: half a minute, and no kernel takes that long for a piece. */
export const PATIENCE = 60

/** The next piece of work that nobody has taken, from 0. Every number is given once between two meetings. */
export function takePiece({ words }: Team): number {
  return Atomics.add(words, TAKEN, 1)
}

/**
 * Returns when every thread of the team has come here. What one wrote before, all see afterwards.
 * Throws if one has failed, or if one has not come after `patience` sleeps.
 */
export function meet(team: Team, patience = Number.POSITIVE_INFINITY): void {
  const { words, threads } = team
  if (threads === 1) return
  const met = Atomics.load(words, MET)
  if (Atomics.add(words, ARRIVED, 1) === threads - 1) {
    Atomics.store(words, ARRIVED, 0)
    Atomics.store(words, TAKEN, 0)
    Atomics.add(words, MET, 1)
    Atomics.notify(words, MET)
    return
  }
  if (spinsUntil(team, MET, met)) return
  for (let sleeps = 0; sleeps < patience; sleeps++) {
    if (hasFailed(team)) throw new Error('another thread of the CPU target has failed')
    Atomics.wait(words, MET, met, SLEEP_MS)
    if (Atomics.load(words, MET) !== met) return
  }
  throw new Error('a thread of the CPU target does not answer')
}

/** Wakes the others for a run over the table at `table`, a multiple of 8. */
export function startRun({ words }: Team, table: Address): void {
  Atomics.store(words, TABLE, table / 8)
  Atomics.add(words, RUN, 1)
  Atomics.notify(words, RUN)
}

/** Waits for the run behind run number `run`; returns its number and its table's address. */
export function nextRun(team: Team, run: number): { run: number; table: Address } {
  const { words } = team
  if (!spinsUntil(team, RUN, run)) while (Atomics.load(words, RUN) === run) Atomics.wait(words, RUN, run)
  return { run: Atomics.load(words, RUN), table: Atomics.load(words, TABLE) * 8 }
}

/** The others stop waiting for this thread, and the team runs nothing more. */
export function fail({ words }: Team): void {
  Atomics.store(words, FAILED, 1)
  Atomics.notify(words, MET)
}

export function hasFailed({ words }: Team): boolean {
  return Atomics.load(words, FAILED) !== 0
}

/** Whether the word changed while it was looked at. */
function spinsUntil({ words, spins }: Team, word: number, value: number): boolean {
  for (let spin = 0; spin < spins; spin++) if (Atomics.load(words, word) !== value) return true
  return false
}

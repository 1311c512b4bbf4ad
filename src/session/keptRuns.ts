// The runs of before: each run that ends is put on the shelf by itself, its curve, settings, samples and verdict, without its weights.
// It is small, and nobody is asked; a twin that follows is added to it. Where there is no shelf, nothing is kept and nothing is said.
// Must not know: how a run is shown.

import { asProblem, type Problem } from '../problem/problem.ts'
import type { KeptRun, KeptSlot } from '../protocol/shelf.ts'
import { address } from './address.ts'
import { dataset } from './dataset.ts'
import { call } from './door.ts'
import { evaluation } from './evaluation.ts'
import { model } from './model.ts'
import { reportProblem } from './problems.ts'
import { run } from './run.ts'
import { isUnderWay, type TrainSlot } from './runState.ts'
import { shelf, shelfChanged } from './shelf.ts'
import { createStore, type Readable } from './store.ts'
import { watch } from './watch.ts'

/** The run that the address names, read from the shelf. */
export type OpenRun = { id: string | null; run: KeptRun | null; problem: Problem | null }

const held = createStore<OpenRun>({ id: null, run: null, problem: null })

export const openRun: Readable<OpenRun> = held

/** The run of this tab, by the moment it began; `entry` is what it became on the shelf. */
let current: { startedAt: number; run: string; entry: string | null } = { startedAt: -1, run: '', entry: null }

/** The name of the run that made what is held, for what is kept of it. */
export function currentRun(): string {
  const { startedAt } = run.get()
  if (current.startedAt !== startedAt) current = { startedAt, run: crypto.randomUUID(), entry: null }
  return current.run
}

/** Keeps runs as they end, and reads the one that the address names. Called once, when the page opens. */
export function followKeptRuns(): () => void {
  let underWay = isUnderWay(run.get().status)
  const stops = [
    run.subscribe(() => {
      const now = isUnderWay(run.get().status)
      if (underWay && !now) void keepEnded()
      underWay = now
    }),
    address.subscribe(readAddressed),
  ]
  readAddressed()
  return () => {
    for (const stop of stops) stop()
  }
}

async function keepEnded(): Promise<void> {
  const kept = endedRun()
  if (kept === null || shelf.get().status === 'missing') return
  try {
    const name = [kept.dataset, kept.model].join(' · ').slice(0, 100)
    const { id } = await call('keepRun', { name, run: kept, replaces: current.entry })
    if (current.run === kept.run) current.entry = id
    await shelfChanged()
  } catch (error) {
    if (asProblem(error).code !== 'shelf.missing') reportProblem(error)
  }
}

/** null where nothing came of it. */
function endedRun(): KeptRun | null {
  const { histories } = run.get()
  const tuned = slotOf('tuned')
  if (tuned === null || tuned.summary.ended === 'discarded') return null
  const { watched } = watch.get()
  return {
    run: currentRun(),
    made: new Date().toISOString(),
    model: model.get().summary?.name ?? '',
    adapter: histories.tuned?.adapter ?? null,
    dataset: dataset.get().inUse?.source.name ?? '',
    base: evaluation.get().slots.base?.verdict.score ?? null,
    watched,
    tuned,
    twin: slotOf('twin'),
  }
}

function slotOf(slot: TrainSlot): KeptSlot | null {
  const history = run.get().histories[slot]
  if (history === null || history.summary === null) return null
  const { settings, plan, steps, epochs, summary } = history
  const { problem: _, ...ended } = summary
  const verdict = evaluation.get().slots[slot]?.verdict ?? null
  return { settings, plan, steps, epochs, summary: ended, samples: watch.get().samples[slot], verdict }
}

function readAddressed() {
  const { step, run: id } = address.get()
  if (step !== 'runs' || id === held.get().id) return
  held.set({ id, run: null, problem: null })
  if (id !== null) void read(id)
}

async function read(id: string): Promise<void> {
  try {
    const kept = await call('keptRun', { id })
    if (held.get().id === id) held.set({ id, run: kept, problem: null })
  } catch (error) {
    if (held.get().id === id) held.set({ id, run: null, problem: asProblem(error) })
  }
}

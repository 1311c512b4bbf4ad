// What a tab knows of its runs, and how each event of the worker's changes it. Pure: run.ts does the calling and the waiting.
// The tuned run and its twin are kept side by side, so that both curves can be read when both are over.
// Must not know: the worker, the clock, React.

import type { Settings } from '../config/settings.ts'
import type { Problem } from '../problem/problem.ts'
import type { Slot } from '../protocol/model.ts'
import type { EpochMean, RunPlan, RunSummary, TrainEvent, TrainStep } from '../protocol/train.ts'

export type TrainSlot = Exclude<Slot, 'base'>

/**
 * preparing: the base model is being scored, or the worker lays the run out. stopping: the step under way is awaited.
 * judging: all steps are done and the result is being scored.
 */
export type RunStatus = 'idle' | 'preparing' | 'training' | 'paused' | 'stopping' | 'judging' | 'done' | 'failed'

/** One run as it went. It stays readable when the worker is lost. */
export type RunHistory = {
  slot: TrainSlot
  settings: Settings
  /** The name of the adapter that was open beside the base when the run began. */
  adapter: string | null
  plan: RunPlan | null
  steps: readonly TrainStep[]
  epochs: readonly EpochMean[]
  summary: RunSummary | null
  /** Whether the worker holds what this run made, so that it can write and be saved. */
  held: boolean
  /** Milliseconds from the first step's end to the last step's, pauses left out. */
  trainedMs: number
  /** When the last step came; null before the first one and after a pause. */
  lastStepAt: number | null
}

export type Run = {
  status: RunStatus
  /** The run under way, or the last one. */
  slot: TrainSlot
  histories: Readonly<Record<TrainSlot, RunHistory | null>>
  /** When Train was pressed, in the page's own milliseconds. */
  startedAt: number
  /** Milliseconds from pressing Train to the verdict; null until it is there. */
  verdictMs: number | null
  problem: Problem | null
}

export const noRun: Run = {
  status: 'idle',
  slot: 'tuned',
  histories: { tuned: null, twin: null },
  startedAt: 0,
  verdictMs: null,
  problem: null,
}

/** What a batch of one frame's events does. `at` is one reading of the clock for all of them. */
export function withEvents(run: Run, events: readonly TrainEvent[], at: number): Run {
  const history = run.histories[run.slot]
  if (history === null || events.length === 0) return run
  const steps = events.flatMap((event) => (event.kind === 'step' ? [event.step] : []))
  const epochs = events.flatMap((event) => (event.kind === 'epoch' ? [event.epoch] : []))
  const planned = events.findLast((event) => event.kind === 'planned')
  const next: RunHistory = {
    ...history,
    plan: planned?.plan ?? history.plan,
    steps: steps.length === 0 ? history.steps : [...history.steps, ...steps],
    epochs: epochs.length === 0 ? history.epochs : [...history.epochs, ...epochs],
    ...clockAfter(history, events, at),
  }
  return { ...run, status: statusAfter(run.status, events), histories: { ...run.histories, [run.slot]: next } }
}

function statusAfter(status: RunStatus, events: readonly TrainEvent[]): RunStatus {
  if (status === 'stopping') return status
  return events.reduce<RunStatus>((now, event) => {
    if (event.kind === 'paused') return 'paused'
    if (event.kind === 'resumed') return 'training'
    return event.kind === 'step' && now === 'preparing' ? 'training' : now
  }, status)
}

function clockAfter(
  history: RunHistory,
  events: readonly TrainEvent[],
  at: number,
): Pick<RunHistory, 'trainedMs' | 'lastStepAt'> {
  if (events.some((event) => event.kind === 'paused' || event.kind === 'resumed'))
    return { trainedMs: history.trainedMs, lastStepAt: null }
  if (!events.some((event) => event.kind === 'step')) return { trainedMs: history.trainedMs, lastStepAt: history.lastStepAt }
  const since = history.lastStepAt === null ? 0 : at - history.lastStepAt
  return { trainedMs: history.trainedMs + since, lastStepAt: at }
}

/** A run that begins: the other slot's history stays only when `keepOther` (the twin goes beside the run it is compared with). */
export function withNewHistory(
  run: Run,
  { slot, settings, adapter }: Pick<RunHistory, 'slot' | 'settings' | 'adapter'>,
  keepOther: boolean,
): Run {
  const nothingYet = { plan: null, steps: [], epochs: [], summary: null, held: false, trainedMs: 0, lastStepAt: null }
  const fresh: RunHistory = { slot, settings, adapter, ...nothingYet }
  const histories = keepOther ? run.histories : { tuned: null, twin: null }
  return { ...run, slot, histories: { ...histories, [slot]: fresh }, problem: null }
}

/** The worker's last word on the run under way. */
export function withSummary(run: Run, summary: RunSummary): Run {
  const history = run.histories[run.slot]
  if (history === null) return run
  const ended: RunHistory = { ...history, summary, held: summary.ended !== 'discarded' }
  return { ...run, histories: { ...run.histories, [run.slot]: ended } }
}

/** Whether the machine is at work for this run, so that other heavy work has to wait. */
export function isUnderWay(status: RunStatus): boolean {
  return status !== 'idle' && status !== 'done' && status !== 'failed'
}

/** The worker holds nothing tuned any more (it was lost, or another base was opened). What can be read stays. */
export function withNothingHeld(run: Run): Run {
  const { tuned, twin } = run.histories
  return { ...run, histories: { tuned: tuned && { ...tuned, held: false }, twin: twin && { ...twin, held: false } } }
}

// Runs: from pressing Train over the base model's score, the steps and the twin to the verdict, and the ways to pause and end them.
// Each event is kept; they reach the store at most once a frame. What a run left is readable also when its worker is lost.
// Must not know: where the settings and the records come from (they are handed in), React.

import { type ChatForm, chatFormOf, isSameForm } from '../config/chatForm.ts'
import type { Settings } from '../config/settings.ts'
import { asProblem } from '../problem/problem.ts'
import type { TrainEvent, TrainRequest } from '../protocol/train.ts'
import { beginActivity } from './activity.ts'
import { call } from './door.ts'
import { evaluation, forgetScore, scoreSlot, stopScoring } from './evaluation.ts'
import { forgetKept } from './keep.ts'
import type { Prompt } from './playPrompt.ts'
import { gatherByFrame } from './runFrames.ts'
import {
  isUnderWay,
  noRun,
  type Run,
  type RunHistory,
  type TrainSlot,
  withEvents,
  withNewHistory,
  withNothingHeld,
  withSummary,
} from './runState.ts'
import { createStore } from './store.ts'
import { promptToWatch, samplesArrived, watchBegins } from './watch.ts'

export const run = createStore<Run>(noRun)

export type RunRequest = {
  settings: Settings
  /** The name of the adapter that is open beside the base. */
  adapter: string | null
  /** Whether the same records are trained again without the mask afterwards. */
  twinAfterwards: boolean
  leaveOutUnlearnable: boolean
  /** Whether the base model is scored first (once a data set is enough). */
  scoreBase: boolean
  /** Tokens that an answer may have when models are scored. */
  max_new_tokens: number
}

/** Set when the person asks to end while nothing is being trained yet. */
let endAsked = false

/** The whole run. Resolves when there is nothing more to wait for; what happened is in the stores. */
export async function startRun(request: RunRequest): Promise<void> {
  if (isUnderWay(run.get().status)) return
  endAsked = false
  run.update((now) => ({
    ...now,
    status: 'preparing',
    slot: 'tuned',
    startedAt: performance.now(),
    verdictMs: null,
    problem: null,
  }))
  try {
    const watched = await promptToWatch()
    const chat = chatFormOf(request.settings)
    const { base } = evaluation.get().slots
    if (request.scoreBase && (base === null || !isSameForm(base.chat, chat)))
      await scoreSlot('base', request.max_new_tokens, chat)
    if (endAsked) return run.update((now) => ({ ...now, status: now.histories.tuned === null ? 'idle' : 'done' }))
    const finished = await trainAndScore('tuned', request.settings, watched, request)
    if (finished && request.twinAfterwards && !endAsked) {
      await trainAndScore('twin', { ...request.settings, objective: 'pretrain' }, watched, request)
    }
  } catch (error) {
    run.update((now) => ({ ...now, status: 'failed', problem: asProblem(error) }))
  }
}

/** Trains one slot and asks for its verdict. Returns whether it came to its end, so that a twin may follow. */
async function trainAndScore(slot: TrainSlot, settings: Settings, watched: Prompt | null, request: RunRequest): Promise<boolean> {
  run.update((now) => ({ ...now, status: 'preparing', slot }))
  const shown = beginActivity('training', () => void stopRun(true))
  const arrivals = gatherByFrame<TrainEvent>((events) => {
    run.update((now) => withEvents(now, events, performance.now()))
    const history = run.get().histories[slot]
    shown.report({
      work: 'training',
      done: history?.steps.at(-1)?.step ?? 0,
      total: history?.plan?.totalSteps ?? null,
      unit: 'steps',
    })
    samplesArrived(
      slot,
      events.flatMap((event) => (event.kind === 'watch' ? [event.sample] : [])),
    )
  })
  const train: TrainRequest = {
    slot,
    settings,
    leaveOutUnlearnable: request.leaveOutUnlearnable,
    watch: watched === null ? null : { instruct: watched.instruct, input: watched.input },
  }
  const onEvent = (event: TrainEvent) => {
    if (event.kind === 'planned') begin({ slot, settings, adapter: request.adapter }, watched)
    arrivals.add(event)
  }
  const summary = await call('train', train, { onEvent }).finally(() => {
    arrivals.flush()
    shown.end()
  })
  run.update((now) => withSummary(now, summary))
  if (summary.ended === 'not-finite') {
    run.update((now) => ({ ...now, status: 'failed', problem: summary.problem }))
    return false
  }
  if (summary.ended !== 'discarded') await judge(slot, request.max_new_tokens, chatFormOf(settings))
  run.update((now) => ({ ...now, status: 'done' }))
  return summary.ended === 'finished' || summary.ended === 'stopped-early'
}

/** The worker has taken the run on: only now does the curve of the one before make room. */
function begin(beginning: Pick<RunHistory, 'slot' | 'settings' | 'adapter'>, watched: Prompt | null) {
  const { slot } = beginning
  const replaced: readonly TrainSlot[] = slot === 'tuned' ? ['tuned', 'twin'] : ['twin']
  for (const each of replaced) {
    forgetScore(each)
    forgetKept(each)
  }
  watchBegins(slot, watched)
  run.update((now) => withNewHistory(now, beginning, slot === 'twin'))
}

async function judge(slot: TrainSlot, max_new_tokens: number, chat: ChatForm | null) {
  run.update((now) => ({ ...now, status: 'judging' }))
  const scored = await scoreSlot(slot, max_new_tokens, chat)
  if (!scored || slot !== 'tuned') return
  run.update((now) => ({ ...now, verdictMs: performance.now() - now.startedAt }))
}

export async function pauseRun() {
  if (run.get().status === 'training') await ask('pauseTraining')
}

export async function resumeRun() {
  if (run.get().status === 'paused') await ask('resumeTraining')
}

/** A run that has just ended has nothing to pause; that is no fault to show. */
async function ask(name: 'pauseTraining' | 'resumeTraining') {
  try {
    await call(name, { slot: run.get().slot })
  } catch (error) {
    const problem = asProblem(error)
    if (problem.code !== 'run.not-running') run.update((now) => ({ ...now, problem }))
  }
}

/** Ends what is under way: the scoring at once, the training after the step under way. `keep` says whether its weights stay. */
export async function stopRun(keep: boolean) {
  const { status, slot } = run.get()
  if (status === 'preparing' || status === 'judging') {
    endAsked = true
    stopScoring()
  }
  if (status !== 'training' && status !== 'paused') return
  run.update((now) => ({ ...now, status: 'stopping' }))
  try {
    await call('stopTraining', { slot, keep })
  } catch (error) {
    const problem = asProblem(error)
    if (problem.code !== 'run.not-running') run.update((now) => ({ ...now, problem }))
  }
}

/** Another base model was opened: what was tuned from the one before is gone, its curve stays. */
export function forgetTuned() {
  run.update(withNothingHeld)
}

/** The problem has been read. */
export function dismissRunProblem() {
  run.update((now) => ({ ...now, problem: null }))
}

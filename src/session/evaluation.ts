// How the models stand to the whole data set: each slot's answers to both prompts of every record, and the verdict.
// The base is scored before training and the tuned one after it, so that the gain is a number.
// Must not know: how an answer is judged, React.

import type { ChatForm } from '../config/chatForm.ts'
import { asProblem, type Problem } from '../problem/problem.ts'
import type { EvaluatedRecord, Evaluation, SlotEvaluation } from '../protocol/generate.ts'
import type { Slot } from '../protocol/model.ts'
import { beginActivity } from './activity.ts'
import { call } from './door.ts'
import { createStore } from './store.ts'

export type Scores = {
  status: 'idle' | 'scoring' | 'failed'
  /** Being scored now. */
  slot: Slot | null
  done: number
  total: number
  slots: Readonly<Record<Slot, SlotEvaluation | null>>
  problem: Problem | null
}

const noScores: Scores = {
  status: 'idle',
  slot: null,
  done: 0,
  total: 0,
  slots: { base: null, tuned: null, twin: null },
  problem: null,
}

export const evaluation = createStore<Scores>(noScores)

/** Scoring the base before a run is worth its time up to this many records. */
export const recordsScoredBeforeTraining = 200

let underWay: AbortController | null = null

/**
 * Scores one slot on the whole data set. Returns whether it has a score now; what went wrong is in the store.
 * A score that was asked to stop is no fault: the store is idle again, without it.
 * @param chat asked in the model's chat template; null: as plain text
 */
export async function scoreSlot(slot: Slot, max_new_tokens: number, chat: ChatForm | null): Promise<boolean> {
  if (underWay !== null) return false
  const controller = new AbortController()
  underWay = controller
  const shown = beginActivity('evaluating', stopScoring)
  evaluation.update((now) => ({ ...now, status: 'scoring', slot, done: 0, total: 0, problem: null }))
  try {
    const reply = await call(
      'evaluate',
      { slots: [slot], max_new_tokens, chat },
      {
        signal: controller.signal,
        onEvent: ({ done, total }) => {
          evaluation.update((now) => ({ ...now, done, total }))
          shown.report({ work: 'evaluating', done, total, unit: 'records' })
        },
      },
    )
    evaluation.update((now) => ({ ...now, status: 'idle', slot: null, slots: withScores(now.slots, reply) }))
    return true
  } catch (error) {
    const problem = asProblem(error)
    const stopped = problem.code === 'run.cancelled'
    evaluation.update((now) => ({ ...now, status: stopped ? 'idle' : 'failed', slot: null, problem: stopped ? null : problem }))
    return false
  } finally {
    underWay = null
    shown.end()
  }
}

function withScores(slots: Scores['slots'], reply: Evaluation): Scores['slots'] {
  const next = { ...slots }
  for (const score of reply.slots) next[score.slot] = score
  return next
}

export function stopScoring() {
  underWay?.abort()
}

/** The data or the base changed: every score speaks of what is no longer there. */
export function forgetScores() {
  underWay?.abort()
  evaluation.update((now) => (now.status === 'scoring' ? { ...now, slots: noScores.slots } : noScores))
}

/** A slot is trained anew. */
export function forgetScore(slot: Slot) {
  evaluation.update((now) => ({ ...now, slots: { ...now.slots, [slot]: null }, problem: null }))
}

/** What one slot answered to one record. */
export function scoredRecord(scores: Scores, slot: Slot, index: number): EvaluatedRecord | null {
  return scores.slots[slot]?.records.find((record) => record.index === index) ?? null
}

/** Every record that some slot was asked, in the order of the data set. */
export function scoredRecords(scores: Scores): readonly EvaluatedRecord[] {
  const { base, tuned, twin } = scores.slots
  return (tuned ?? twin ?? base)?.records ?? []
}

/** Tokens that an answer may have when it is scored: a little more than the longest label, so that the models do not ramble on. */
export function answerLength(rows: readonly { learnedTokens: number }[]): number {
  const longest = rows.reduce((most, { learnedTokens }) => Math.max(most, learnedTokens), 0)
  return Math.min(256, Math.max(24, longest + 8))
}

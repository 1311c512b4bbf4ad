// The playground: one record or a person's own words, written on by every model there is, from both prompts, all at once.
// What was written stays until something else is asked, also when the writing was stopped or the worker was lost.
// Must not know: how a text is marked or judged, React.

import { type ChatForm, turnsAsking } from '../config/chatForm.ts'
import { asProblem, type Problem } from '../problem/problem.ts'
import type { GenerateEvent, GenerateReply, Sampling } from '../protocol/generate.ts'
import type { Slot } from '../protocol/model.ts'
import { shown } from './activity.ts'
import { askedAs } from './askedAs.ts'
import { call } from './door.ts'
import { model } from './model.ts'
import { type Prompt, promptOf } from './playPrompt.ts'
import { gatherByFrame } from './runFrames.ts'
import { createStore } from './store.ts'

/** Which of the two prompts: the question alone, or the question with its input. */
export type PaneRow = 'instruct' | 'both'
export type Pane = { slot: Slot; row: PaneRow; text: string; tokens: number; stopped: 'end-token' | 'length' | null }

/** `record` is null for a person's own words. */
export type Subject = Prompt & { record: { index: number; row: number } | null }

export type Play = {
  /** done also after a stop: the panes hold what was written until then. */
  status: 'idle' | 'writing' | 'done' | 'failed'
  subject: Subject | null
  panes: readonly Pane[]
  /** How the models are asked, where the person has said so. */
  form: { chat: ChatForm | null } | null
  sampling: Sampling
  max_new_tokens: number
  /** Of all panes together, in the last writing that came to its end. */
  tokensPerSecond: number | null
  problem: Problem | null
}

export const greedy: Sampling = { temperature: 0, top_p: 1, top_k: 0, min_p: 0, repetition_penalty: 1, seed: 42 }

export const play = createStore<Play>({
  status: 'idle',
  subject: null,
  panes: [],
  form: null,
  sampling: greedy,
  max_new_tokens: 96,
  tokensPerSecond: null,
  problem: null,
})

let writing: AbortController | null = null
let lastChoice = 0

/** Opens a record. Writing under way is stopped: its panes belong to another prompt. */
export async function playRecord(index: number): Promise<boolean> {
  lastChoice += 1
  const choice = lastChoice
  try {
    const preview = await call('previewRecord', { index })
    if (choice !== lastChoice) return false
    playPrompt({ ...promptOf(preview), record: { index, row: preview.row } })
    return true
  } catch (error) {
    if (choice === lastChoice) play.update((now) => ({ ...now, status: 'failed', problem: asProblem(error) }))
    return false
  }
}

/** Opens a person's own words, or a record's prompt that is known already. */
export function playPrompt(subject: Subject) {
  lastChoice += 1
  writing?.abort()
  play.update((now) => ({ ...now, status: 'idle', subject, panes: [], tokensPerSecond: null, problem: null }))
}

export function changeSampling(sampling: Partial<Sampling>) {
  play.update((now) => ({ ...now, sampling: { ...now.sampling, ...sampling } }))
}

/** Asks in the model's chat template from now on, or as plain text. What the panes hold belongs to another prompt. */
export function chooseForm(chat: ChatForm | null) {
  writing?.abort()
  play.update((now) => ({ ...now, status: 'idle', form: { chat }, panes: [], tokensPerSecond: null, problem: null }))
}

/** null: as plain text, which is all that a model without a template can be asked. */
export function formOf({ form, subject }: Pick<Play, 'form' | 'subject'>): ChatForm | null {
  if (subject?.whole || model.get().summary?.hasChatTemplate !== true) return null
  return form === null ? askedAs() : form.chat
}

export function changeLength(max_new_tokens: number) {
  play.update((now) => ({ ...now, max_new_tokens }))
}

/** All slots write from both prompts at once; from one where there is no question alone, or nothing is added to it. */
export async function write(slots: readonly Slot[]): Promise<void> {
  const { subject, sampling, max_new_tokens } = play.get()
  if (subject === null || subject.instruct + subject.input === '') return
  writing?.abort()
  const stopping = new AbortController()
  writing = stopping
  const panes = slots.flatMap((slot) => rowsOf(subject).map((row): Pane => ({ slot, row, text: '', tokens: 0, stopped: null })))
  play.update((now) => ({ ...now, status: 'writing', panes, tokensPerSecond: null, problem: null }))
  const change = (next: (now: Play) => Play) => {
    if (writing === stopping && play.get().subject === subject) play.update(next)
  }
  const arrivals = gatherByFrame<GenerateEvent>((events) => change((now) => ({ ...now, panes: panesAfter(now.panes, events) })))
  try {
    const form = formOf(play.get())
    const inForm = (question: string) => (form === null ? question : { messages: turnsAsking(question, form) })
    const asked = panes.map(({ slot, row }) => ({ slot, prompt: inForm(promptText(subject, row)) }))
    const reply = await shown('writing', (_report, signal) => {
      signal.addEventListener('abort', () => stopping.abort())
      return call('generate', { panes: asked, max_new_tokens, sampling }, { onEvent: arrivals.add, signal: stopping.signal })
    })
    arrivals.flush()
    change((now) => ({ ...now, status: 'done', panes: panesWritten(now.panes, reply), tokensPerSecond: reply.tokensPerSecond }))
  } catch (error) {
    arrivals.flush()
    const problem = asProblem(error)
    change((now) => (problem.code === 'run.cancelled' ? { ...now, status: 'done' } : { ...now, status: 'failed', problem }))
  }
}

export function stopWriting() {
  writing?.abort()
}

/** The rows that a subject has. */
export function rowsOf(subject: Prompt): readonly PaneRow[] {
  if (subject.instruct === '') return ['both']
  return subject.input === '' ? ['instruct'] : ['instruct', 'both']
}

export function promptText(subject: Prompt, row: PaneRow): string {
  return row === 'instruct' ? subject.instruct : subject.instruct + subject.input
}

function panesAfter(panes: readonly Pane[], events: readonly GenerateEvent[]): readonly Pane[] {
  return panes.map((pane, number) => {
    const own = events.filter((event) => event.pane === number)
    const last = own.at(-1)
    if (last === undefined) return pane
    return { ...pane, text: last.text, tokens: own.reduce((sum, { tokens }) => sum + tokens, pane.tokens) }
  })
}

function panesWritten(panes: readonly Pane[], reply: GenerateReply): readonly Pane[] {
  return panes.map((pane, number) => {
    const written = reply.panes[number]
    return written === undefined ? pane : { ...pane, text: written.text, tokens: written.ids.length, stopped: written.stopped }
  })
}

// What will be learned of the data set in use: every record tokenised and masked by the worker, again whenever records, model or mask change.
// Must not know: how text becomes tokens.

import { chatFormOf } from '../config/chatForm.ts'
import { asProblem, type Problem } from '../problem/problem.ts'
import type { PreviewReport, PreviewRequest } from '../protocol/dataset.ts'
import { shown } from './activity.ts'
import { dataset } from './dataset.ts'
import { call } from './door.ts'
import { model } from './model.ts'
import { settings } from './settings.ts'
import { createStore, type Readable } from './store.ts'

export type PreviewState = {
  /** none: no records, or no model to tokenise them with. working: `report` is of an earlier state of the same records, or null. */
  status: 'none' | 'working' | 'ready' | 'failed'
  report: PreviewReport | null
  problem: Problem | null
  /** Grows with each report, so that what hangs on one is asked for again. */
  version: number
}

const held = createStore<PreviewState>({ status: 'none', report: null, problem: null, version: 0 })
let asked = ''
/** The data set that the report is of: the figures of another are never shown under its name. */
let of = 0
let current: AbortController | null = null

export const preview: Readable<PreviewState> = held

/** Keeps the preview true from now on. Called once, when the page opens. */
export function followPreview(): () => void {
  const stops = [dataset, model, settings].map((store) => store.subscribe(renew))
  renew()
  return () => {
    for (const stop of stops) stop()
  }
}

/** How the records are masked with the settings as they are. */
export function previewRequest(): PreviewRequest {
  const { mask, max_length, overlong, objective, eval_strategy, test_size, seed, ...more } = settings.get().settings
  const heldOut = eval_strategy === 'epoch' ? { test_size, seed } : null
  return { mask: objective === 'pretrain' ? 'none' : mask, max_length, overlong, heldOut, chat: chatFormOf(more) }
}

function renew() {
  const { inUse } = dataset.get()
  const { summary, status } = model.get()
  if (inUse === null || summary === null || status === 'opening') {
    if (inUse === null && held.get().status !== 'none')
      held.update((now) => ({ ...now, status: 'none', report: null, problem: null }))
    asked = ''
    return
  }
  const request = previewRequest()
  // An adapter has no say in how text is cut.
  const question = JSON.stringify([inUse.revision, { ...summary, adapter: null }, request])
  if (question === asked) return
  asked = question
  if (inUse.id !== of) held.update((now) => ({ ...now, report: null }))
  of = inUse.id
  void ask(request)
}

async function ask(request: PreviewRequest): Promise<void> {
  current?.abort()
  const stopping = new AbortController()
  current = stopping
  held.update((now) => ({ ...now, status: 'working' }))
  try {
    const report = await shown('tokenising', (onEvent, signal) => {
      signal.addEventListener('abort', () => stopping.abort())
      return call('preview', request, { onEvent, signal: stopping.signal })
    })
    if (current === stopping) held.update((now) => ({ status: 'ready', report, problem: null, version: now.version + 1 }))
  } catch (error) {
    if (current === stopping) held.update((now) => ({ ...now, status: 'failed', problem: asProblem(error) }))
  }
}

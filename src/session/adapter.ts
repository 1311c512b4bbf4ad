// The LoRA adapter beside the open model: opening one, taking it away, and the settings of a run that goes on training it.
// Nothing of what is open changes before the worker has read the adapter whole.
// Must not know: what an adapter's files hold.

import type { LoraSettings } from '../config/settings.ts'
import { asProblem, type Problem } from '../problem/problem.ts'
import type { AdapterSummary, ModelSource } from '../protocol/model.ts'
import type { Progress } from '../protocol/progress.ts'
import { shown } from './activity.ts'
import { call } from './door.ts'
import { adapterChanged, model, modelSettled } from './model.ts'
import { changeSetting, settings } from './settings.ts'
import { createStore, type Readable } from './store.ts'

export type AdapterState = {
  /** What is being opened, while it is. */
  opening: ModelSource | null
  progress: Progress | null
  /** Why the last one could not be opened or taken away, and which that was. */
  problem: Problem | null
  refused: ModelSource | null
}

const nothing: AdapterState = { opening: null, progress: null, problem: null, refused: null }
const held = createStore<AdapterState>(nothing)
let current: AbortController | null = null

/** The opening of an adapter; the one that is open is in the model's store. */
export const adapterOpening: Readable<AdapterState> = held

/** Puts an adapter beside the open model, in the place of the one before. A model that is being opened is waited for. */
export async function openAdapter(source: ModelSource): Promise<boolean> {
  current?.abort()
  const stopping = new AbortController()
  current = stopping
  held.set({ ...nothing, opening: source })
  try {
    await modelSettled()
    const summary = await shown('loadingModel', (report, signal) => {
      signal.addEventListener('abort', () => stopping.abort())
      const onEvent = (progress: Progress) => {
        held.update((now) => ({ ...now, progress }))
        report(progress)
      }
      return call('openAdapter', { source }, { signal: stopping.signal, onEvent })
    })
    adapterChanged(summary, source)
    if (current === stopping) held.set(nothing)
    return true
  } catch (error) {
    if (current === stopping) held.set(refusal(asProblem(error), source))
    return false
  }
}

/** Takes the adapter away; the model is then as it was opened. */
export async function removeAdapter(): Promise<boolean> {
  try {
    adapterChanged(await call('openAdapter', { source: null }), null)
    held.set(nothing)
    return true
  } catch (error) {
    held.set({ ...nothing, problem: asProblem(error) })
    return false
  }
}

/** Gives up what is being opened; what is open stays. */
export function stopOpeningAdapter() {
  current?.abort()
}

/** The problem has been read. */
export function dismissAdapterProblem() {
  held.set(nothing)
}

function refusal(problem: Problem, source: ModelSource): AdapterState {
  return problem.code === 'run.cancelled' ? nothing : { ...nothing, problem, refused: source }
}

/**
 * Chooses LoRA with an adapter's own settings when one is opened, and keeps them its own as long as it is: an adapter is trained on as it is,
 * other settings would be another adapter. Called once, when the page opens.
 */
export function followAdapter(): () => void {
  let source = model.get().adapter
  const stops = [
    model.subscribe(() => {
      const next = model.get()
      if (next.adapter === source) return
      source = next.adapter
      const own = next.summary?.adapter ?? null
      if (source !== null && own !== null) changeSetting('lora', loraOf(own))
    }),
    settings.subscribe(() => {
      const own = model.get().summary?.adapter ?? null
      const { lora } = settings.get().settings
      if (own === null || lora === null) return
      // Dropout is no part of an adapter's shape, so it stays the person's to choose.
      const fitting = { ...loraOf(own), lora_dropout: lora.lora_dropout }
      if (JSON.stringify(fitting) !== JSON.stringify(inOrder(lora))) changeSetting('lora', fitting)
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

function loraOf({ r, lora_alpha, target_modules, lora_dropout, use_rslora }: AdapterSummary): LoraSettings {
  return inOrder({ r, lora_alpha, target_modules: asSetting(target_modules), lora_dropout, use_rslora })
}

function asSetting(target_modules: AdapterSummary['target_modules']): LoraSettings['target_modules'] {
  return target_modules === 'all-linear' ? target_modules : [...target_modules]
}

/** One order of names, so that two of them can be compared as text. */
function inOrder({ r, lora_alpha, target_modules, lora_dropout, use_rslora }: LoraSettings): LoraSettings {
  return { r, lora_alpha, target_modules, lora_dropout, use_rslora }
}

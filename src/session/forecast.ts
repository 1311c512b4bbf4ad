// What the next run would take in memory, asked of the worker whenever settings, model, records or backend change, once a frame at most.
// Must not know: how a run is laid out.

import type { Settings } from '../config/settings.ts'
import type { MemoryReport } from '../protocol/model.ts'
import { backend } from './backend.ts'
import { call } from './door.ts'
import { model } from './model.ts'
import { preview } from './preview.ts'
import { gatherByFrame } from './runFrames.ts'
import { settings, takeSettings } from './settings.ts'
import { createStore, type Readable } from './store.ts'

/** `report` is null without a model, and until the first answer; while a new one is on its way it is the last. */
export type ForecastState = { report: MemoryReport | null }

const held = createStore<ForecastState>({ report: null })
let asked = ''
/** Counts questions: of several under way only the last one's answer is taken. */
let question = 0
const frames = gatherByFrame<null>(renew)

export const forecast: Readable<ForecastState> = held

/** Keeps the forecast true from now on. Called once, when the page opens. */
export function followForecast(): () => void {
  const stops = [settings, model, preview, backend].map((store) => store.subscribe(() => frames.add(null)))
  frames.add(null)
  return () => {
    for (const stop of stops) stop()
  }
}

/** Takes the nearest settings that would fit, where there are some. */
export function takeNearest(): boolean {
  const nearest = held.get().report?.nearest
  return nearest ? takeSettings({ ...settings.get().settings, ...nearest }) : false
}

function renew() {
  const { summary, status } = model.get()
  if (summary === null || status === 'opening' || backend.get().status !== 'ready') {
    asked = ''
    if (summary === null && held.get().report !== null) held.set({ report: null })
    return
  }
  const own = settings.get().settings
  const about = JSON.stringify([summary, backend.get().report, preview.get().version, ofMemory(own)])
  if (about === asked) return
  asked = about
  void ask(own)
}

async function ask(own: Settings): Promise<void> {
  question++
  const mine = question
  try {
    const report = await call(
      'forecastRun',
      { settings: own },
      { onEvent: () => undefined, signal: new AbortController().signal },
    )
    if (mine === question) held.set({ report })
  } catch {
    // A worker that is lost, or a model that is gone meanwhile: both are said elsewhere, and both change what is asked here.
    if (mine === question) asked = ''
  }
}

/** What of the settings a forecast depends on. */
function ofMemory(own: Settings) {
  const { lora, per_device_train_batch_size, gradient_checkpointing, max_length, overlong, packing } = own
  const { per_device_eval_batch_size, load_best_model_at_end } = own
  const rows = { per_device_train_batch_size, per_device_eval_batch_size, max_length, overlong, packing }
  return { lora, gradient_checkpointing, load_best_model_at_end, ...rows }
}

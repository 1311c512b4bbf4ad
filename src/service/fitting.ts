// What a run will take, said before it is started, and where it cannot fit the nearest settings that would.
// The figure is the planner's own: what a run's plan is laid out by.

import { packedLength } from '../config/packing.ts'
import { defaultLora, type Settings } from '../config/settings.ts'
import { cpuSizes } from '../engine/targets/cpu/machine.ts'
import { webGpuSizes } from '../engine/targets/webgpu/layout.ts'
import { type Problem, ProblemError } from '../problem/problem.ts'
import type { MemoryReport, RunSizeSettings } from '../protocol/model.ts'
import { learnedTokens } from '../sft/example.ts'
import { largestBatch } from '../sft/heldOut.ts'
import type { PlannedSize } from '../sft/planMemory.ts'
import { lengthLimit } from '../sft/preview.ts'
import { type ForecastOn, forecast, type RunForecast } from './steppers.ts'
import { modelOf, type OpenModel, type Studio } from './studio.ts'

/** Tokens a row, where neither records nor settings say how long rows are and the model could take many more. */
const ASSUMED_LENGTH = 512

/** The shortest rows that are proposed. */
const SHORTEST = 64

type RowSize = Pick<PlannedSize, 'rows' | 'length' | 'learned' | 'packed' | 'heldOut'>

/** What a run of these settings would take, for the longest rows of the data set in use or, without one, as long as they may be. */
export function forecastRun(studio: Studio, settings: Settings, on: ForecastOn = studio): MemoryReport {
  const model = modelOf(studio)
  return reportOf(on, model, settings, rowSizeOf(studio, model, settings))
}

/** The same for each place that plans run in, at the limits that every adapter of WebGPU has at least, but for the size of a buffer. */
export function forecastEverywhere(studio: Studio, settings: Settings): Readonly<Record<'wasm' | 'webgpu', MemoryReport>> {
  const adapter = webGpuSizes({ maxBufferSize: 2 ** 31, maxStorageBufferBindingSize: 2 ** 27 })
  return {
    wasm: forecastRun(studio, settings, { target: cpuSizes(studio.backend?.threads ?? 1) }),
    webgpu: forecastRun(studio, settings, { target: adapter }),
  }
}

export function reportOf(on: ForecastOn, model: OpenModel, settings: Settings, size: RowSize): MemoryReport {
  const { memory, checkpointing, allowed, over } = forecastOf(on, model, settings, size)
  const nearest = over === 0 ? null : nearestFit(on, model, settings, size)
  return {
    memory: { ...memory, copies: memory.copies + model.keptBytes + (settings.load_best_model_at_end ? memory.gradients : 0) },
    rows: size.rows,
    length: size.length,
    checkpointing,
    allowed: Number.isFinite(allowed) ? allowed : null,
    problem: over === 0 ? null : tooLarge({ needed: allowed + over, allowed }, nearest),
    nearest,
  }
}

/** Rejects with `run.too-large` where a run would not fit. */
export function refuseTooLarge({ problem }: MemoryReport): void {
  if (problem !== null) throw new ProblemError(problem)
}

function tooLarge(bytes: { needed: number; allowed: number }, nearest: RunSizeSettings | null): Problem {
  const values = {
    ...bytes,
    lora: nearest !== null && nearest.lora !== null,
    batch: nearest?.per_device_train_batch_size ?? 0,
    length: nearest?.max_length ?? 0,
  }
  return { code: 'run.too-large', values, where: '' }
}

function forecastOf(studio: ForecastOn, { config, bf16 }: OpenModel, settings: RunSizeSettings, size: RowSize): RunForecast {
  const { lora, gradient_checkpointing: checkpointing } = settings
  return forecast(studio, config, { ...size, lora, checkpointing, bf16 })
}

function rowSizeOf({ prepared }: Studio, { config, tokenizer }: OpenModel, settings: Settings): RowSize {
  const limit = lengthLimit(settings.max_length, tokenizer, config)
  const batch = settings.per_device_train_batch_size
  const examples = prepared?.examples ?? []
  const longest = examples.reduce((most, { ids }) => Math.max(most, ids.length), 0)
  const unknown = settings.max_length === null ? Math.min(limit, ASSUMED_LENGTH) : limit
  const filled = settings.packing ? packedLength(settings.max_length, longest, limit) : longest
  const length = longest > 0 ? Math.min(filled, limit) : unknown
  const rows = longest > 0 ? Math.min(batch, examples.length) : batch
  // A row of several records may be learned nearly whole.
  const most = settings.packing ? length : examples.reduce((count, example) => Math.max(count, learnedTokens(example)), 0)
  const held = examples.filter((_, place) => prepared?.heldOut.has(place))
  const heldOut = held.length === 0 ? null : largestBatch(held, settings.per_device_eval_batch_size)
  const learned = rows * Math.max(1, Math.min(longest > 0 ? most : length - 1, length))
  return { rows, length, learned, packed: settings.packing, heldOut }
}

/**
 * In the order of what is given up least: blocks computed again (the same numbers, a third more time), smaller batches of which more are
 * accumulated (the same numbers), an adapter in the place of all weights, shorter rows.
 */
function nearestFit(studio: ForecastOn, model: OpenModel, settings: Settings, size: RowSize): RunSizeSettings | null {
  for (const { lora, rows, length } of candidates(settings, size)) {
    const learned = Math.max(1, Math.floor((size.learned / size.rows / size.length) * rows * length))
    const tried = {
      lora,
      per_device_train_batch_size: rows,
      gradient_accumulation_steps: Math.ceil((size.rows * settings.gradient_accumulation_steps) / rows),
      gradient_checkpointing: true,
      max_length: length < size.length ? length : settings.max_length,
    }
    if (forecastOf(studio, model, tried, { ...size, rows, length, learned }).over === 0) return tried
  }
  return null
}

type Candidate = { lora: Settings['lora']; rows: number; length: number }

function candidates({ lora }: Settings, { rows, length }: RowSize): Candidate[] {
  const smaller = halvings(rows, 1)
  const methods = lora === null ? [null, defaultLora] : [lora]
  return [
    ...methods.flatMap((method) => smaller.map((own) => ({ lora: method, rows: own, length }))),
    ...halvings(length, SHORTEST)
      .slice(1)
      .map((own) => ({ lora: lora ?? defaultLora, rows: 1, length: own })),
  ]
}

/** The number, its half, and so on down to `least`. */
function halvings(from: number, least: number): number[] {
  const numbers = [from]
  for (let next = Math.floor(from / 2); next >= least; next = Math.floor(next / 2)) numbers.push(next)
  return numbers
}

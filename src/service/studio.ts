// What the door's functions work on: one model in up to three slots, one data set, one run at a time.
// A browser's worker and the command line each make one studio over a host that says where bytes and binaries are.
// Must not know: React, the DOM, which door called.

import type { ChatForm } from '../config/chatForm.ts'
import type { Settings } from '../config/settings.ts'
import type { BackendHost } from '../engine/backends/start.ts'
import type { PlanTarget } from '../engine/plan/target.ts'
import type { CpuHost } from '../engine/targets/cpu/threads.ts'
import type { Weight } from '../engine/weight.ts'
import type { NumberedRecord } from '../formats/dataset/read.ts'
import type { ModelFiles } from '../formats/huggingface/open.ts'
import type { AdapterFiles } from '../formats/peft/open.ts'
import type { TextTokenizer } from '../formats/tokenizer/load.ts'
import type { DecoderConfig } from '../models/config.ts'
import type { Decoder } from '../models/decoder.ts'
import { disposeDecoder } from '../models/held.ts'
import { ProblemError } from '../problem/problem.ts'
import type { BackendReport } from '../protocol/backend.ts'
import type { DataRecord, DatasetReading, MaskMode, RowProblem } from '../protocol/dataset.ts'
import type { ModelSource, ModelSummary, Slot } from '../protocol/model.ts'
import type { BestEpoch, EpochMean, TrainStep } from '../protocol/train.ts'
import type { Example } from '../sft/example.ts'
import type { PlacedWeights } from '../sft/placed.ts'
import type { Folder } from '../storage/folder.ts'
import type { KeptJson } from '../storage/keptJson.ts'
import type { Shelf } from '../storage/opfs/shelf.ts'

/** Where a model can come from beside the shelf, which every host opens alike. */
export type OutsideSource = Exclude<ModelSource, { kind: 'shelf' }>

export type Host = {
  backend: BackendHost
  /** Where the CPU's kernels are, and what threads there can be; null: without them ops run one by one. */
  kernels: CpuHost | null
  /** Where it is kept which kernels a GPU is fastest with. */
  gpuTrial: KeptJson
  /** Opens what the person chose as a folder of bytes; `tell` hears of bytes that were fetched. */
  folderOf: (source: OutsideSource, tell: (done: number, total: number | null) => void, signal: AbortSignal) => Promise<Folder>
  /** What is kept in the browser's own storage, opened once; null where there is no browser. */
  shelf: (() => Promise<Shelf>) | null
}

/**
 * A model's weights are a whole set at every moment, also while it trains.
 * `base` has the adapter that was opened with it; a run trains a copy of it, with an adapter of its own where the settings say LoRA.
 */
export type OpenModel = {
  files: ModelFiles
  summary: ModelSummary
  config: DecoderConfig
  tokenizer: TextTokenizer
  /** Names of the base model's matrices that lose nothing as bfloat16. */
  bf16: ReadonlySet<string>
  /** Bytes of its weights that are in memory as they are stored. */
  keptBytes: number
  /** The open adapter's files; its weights are in `base`. */
  adapterFiles: AdapterFiles | null
  slots: { base: Decoder<Weight>; tuned: Decoder<Weight> | null; twin: Decoder<Weight> | null }
}

export type StudioRecord = {
  /** Number in the file, from 1. */
  row: number
  record: DataRecord
  warnings: readonly RowProblem[]
  /** As it was read, once it was edited. */
  original: DataRecord | null
  leftOut: boolean
}

/** The examples of the last preview, one a record; what was tokenised with other records, settings or another model is made anew. */
export type PreparedExamples = {
  examples: readonly Example[]
  mask: MaskMode
  /** Tokens that an example may have. */
  max_length: number
  chat: ChatForm | null
  overlong: Settings['overlong']
  /** Places of the records that are held out. */
  heldOut: ReadonlySet<number>
}

export type RunHistory = {
  settings: Settings
  steps: TrainStep[]
  epochs: EpochMean[]
  best: BestEpoch | null
  /** Records that were held out, and which of the data set's those were. */
  heldOut: number
  heldOutPlaces: ReadonlySet<number>
  totalSteps: number
  /** What ends a text for the model that was trained: what its files name, and what its records end with. */
  endTokenIds: readonly number[]
}

/** The run under way, as pause and stop reach it. */
export type RunControl = { slot: Slot; step: number; wanted: 'train' | 'pause' | 'keep' | 'discard'; wake: (() => void) | null }

export type Studio = {
  host: Host
  backend: BackendReport | null
  /** What runs plans; null: the eager interpreter trains. */
  target: PlanTarget | null
  model: OpenModel | null
  /** A large model's weights as the target holds them, for all who compute with them. */
  placed: PlacedWeights | null
  reading: { report: DatasetReading; records: readonly NumberedRecord[] } | null
  dataset: { name: string; records: StudioRecord[] } | null
  /** Records that are held out and were read from a file of their own. */
  heldOutSet: { name: string; records: StudioRecord[] } | null
  prepared: PreparedExamples | null
  run: RunControl | null
  histories: Partial<Record<Slot, RunHistory>>
  /** The heavy work under way; one at a time, because it all shares one device. */
  busy: string | null
}

export function openStudio(host: Host): Studio {
  return {
    host,
    backend: null,
    target: null,
    model: null,
    placed: null,
    reading: null,
    dataset: null,
    heldOutSet: null,
    prepared: null,
    run: null,
    histories: {},
    busy: null,
  }
}

/** Runs heavy work, or rejects with `run.busy`. */
export async function exclusively<R>(studio: Studio, what: string, work: () => Promise<R>): Promise<R> {
  if (studio.busy !== null) throw new ProblemError({ code: 'run.busy', values: { running: studio.busy }, where: '' })
  studio.busy = what
  try {
    return await work()
  } finally {
    studio.busy = null
  }
}

/** The open model, or `model.not-open`. */
export function modelOf(studio: Studio): OpenModel {
  if (studio.model === null) throw new ProblemError({ code: 'model.not-open', values: { slot: 'base' }, where: '' })
  return studio.model
}

/** The model in a slot, or `run.not-trained`. */
export function decoderOf(studio: Studio, slot: Slot): Decoder<Weight> {
  const decoder = modelOf(studio).slots[slot]
  if (decoder === null) throw new ProblemError({ code: 'run.not-trained', values: { slot }, where: '' })
  return decoder
}

/** Any of these ends what the model in a slot writes. */
export function endTokenIdsOf(studio: Studio, slot: Slot): readonly number[] {
  return studio.histories[slot]?.endTokenIds ?? modelOf(studio).tokenizer.endTokenIds
}

/** Frees what was trained from the base model as it was. */
export function forgetTuned(studio: Studio): void {
  const { slots } = modelOf(studio)
  for (const slot of ['tuned', 'twin'] as const) {
    const decoder = slots[slot]
    if (decoder !== null) disposeDecoder(decoder)
    slots[slot] = null
    delete studio.histories[slot]
  }
}

/** The data set in use, or `run.no-dataset`. */
export function datasetOf(studio: Studio): { name: string; records: StudioRecord[] } {
  if (studio.dataset === null) throw new ProblemError({ code: 'run.no-dataset', values: { needed: 'records' }, where: '' })
  return studio.dataset
}

/** Rejects as `run.cancelled` once the caller has cancelled. */
export function throwIfCancelled(signal: AbortSignal, what: string): void {
  if (signal.aborted) throw new ProblemError({ code: 'run.cancelled', values: { what }, where: '' })
}

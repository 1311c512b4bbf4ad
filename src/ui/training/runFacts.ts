// What a run would be, from its settings, its records and its model: all that the card beside Train says, and what is missing.
// Must not know: any word, how the run is started.

import { packedLength, packedRows } from '../../config/packing.ts'
import type { Settings } from '../../config/settings.ts'
import type { PreviewReport, RecordRow } from '../../protocol/dataset.ts'
import type { MemoryReport, ModelSummary } from '../../protocol/model.ts'
import type { PreviewState } from '../../session/preview.ts'
import { trainedParameters } from '../../session/trained.ts'
import type { WatchChoice } from '../../session/watch.ts'
import { plannedSteps } from './plannedSteps.ts'

export type Missing =
  | 'data'
  | 'model'
  | 'loading'
  | 'preview'
  | 'nothing'
  | 'layers'
  | 'padWithLora'
  | 'padTwice'
  | 'memory'
  | 'noTemplate'
  | 'evaluation'
  | 'noneHeldOut'
  | 'busy'
  | 'watch'

export type RunFacts = {
  records: number
  tokens: number
  learnedTokens: number
  /** Of the records used, after cutting. */
  longest: number
  truncated: number
  dropped: number
  /** Records used that have nothing to learn. */
  unlearnable: number
  /** Rows that the records stand in: fewer where they are packed. */
  rows: number
  /** Records that are measured and never learned. */
  heldOut: number
  batch: number
  stepsPerEpoch: number
  totalSteps: number
  epochs: number
  /** Numbers that the run changes. */
  trained: number
  /** What the worker foresees; null while it is not known. */
  bytes: number | null
  missing: Missing | null
}

export type FactsFrom = {
  settings: Settings
  preview: Pick<PreviewState, 'status' | 'report'>
  hasData: boolean
  model: ModelSummary | null
  /** What the run would take; null while that is not known. */
  memory: MemoryReport | null
  modelOpening: boolean
  leaveOutUnlearnable: boolean
  watch: WatchChoice
  busy: boolean
}

export function runFacts(from: FactsFrom): RunFacts {
  const { settings, preview, model } = from
  const rows = usedRows(preview.report, settings)
  const unlearnable = rows.filter(({ learnedTokens }) => learnedTokens === 0).length
  const records = rows.length - (from.leaveOutUnlearnable ? unlearnable : 0)
  const lengths = (from.leaveOutUnlearnable ? rows.filter(({ learnedTokens }) => learnedTokens > 0) : rows).map(tokensOf)
  const packedInto = settings.packing ? rowsOf(lengths, settings.max_length, preview.report?.statistics.limit ?? 0) : records
  const steps = plannedSteps(packedInto, settings)
  return {
    records,
    tokens: sum(rows, tokensOf),
    learnedTokens: sum(rows, ({ learnedTokens }) => learnedTokens),
    longest: rows.reduce((most, row) => Math.max(most, tokensOf(row)), 0),
    truncated: rows.filter(({ truncated }) => truncated).length,
    dropped: preview.report?.statistics.dropped ?? 0,
    unlearnable,
    rows: packedInto,
    heldOut: preview.report?.rows.filter(({ heldOut }) => heldOut).length ?? 0,
    batch: settings.per_device_train_batch_size * settings.gradient_accumulation_steps,
    ...steps,
    trained: model === null ? 0 : trainedParameters(model, settings.lora),
    bytes: from.memory && sum(Object.values(from.memory.memory), (bytes) => bytes),
    missing: missingOf(from, records),
  }
}

function missingOf(from: FactsFrom, records: number): Missing | null {
  if (!from.hasData) return 'data'
  if (from.modelOpening) return 'loading'
  if (from.model === null) return 'model'
  if (from.settings.chat_template && !from.model.hasChatTemplate) return 'noTemplate'
  if (from.preview.status !== 'ready') return 'preview'
  if (records === 0) return 'nothing'
  if (trainedParameters(from.model, from.settings.lora) === 0) return 'layers'
  const { add_pad_token, pad_token_id, lora } = from.settings
  if (add_pad_token && lora !== null) return 'padWithLora'
  if (add_pad_token && pad_token_id !== null) return 'padTwice'
  const { eval_strategy, load_best_model_at_end, early_stopping_patience } = from.settings
  if (eval_strategy === 'no' && (load_best_model_at_end || early_stopping_patience !== null)) return 'evaluation'
  if (eval_strategy === 'epoch' && !from.preview.report?.rows.some(({ heldOut }) => heldOut)) return 'noneHeldOut'
  if (from.watch.kind === 'own' && from.watch.instruct + from.watch.input === '') return 'watch'
  if (from.memory !== null && from.memory.problem !== null) return 'memory'
  return from.busy ? 'busy' : null
}

/** The records that the run will see. Without the mask a record with any token has something to learn. */
function usedRows(report: PreviewReport | null, { objective }: Settings): readonly RecordRow[] {
  const rows = (report?.rows ?? []).filter(({ leftOut, dropped, heldOut }) => !leftOut && !dropped && !heldOut)
  return objective === 'sft' ? rows : rows.map((row) => ({ ...row, contextTokens: 0, learnedTokens: tokensOf(row) }))
}

function rowsOf(lengths: readonly number[], max_length: number | null, limit: number): number {
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0)
  return packedRows(lengths, packedLength(max_length, longest, limit)).length
}

const tokensOf = ({ contextTokens, learnedTokens }: Pick<RecordRow, 'contextTokens' | 'learnedTokens'>) =>
  contextTokens + learnedTokens

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0)
}

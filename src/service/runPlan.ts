// What a run will train on, and what it will take: records in use that are neither too long nor empty of anything to learn, and the plan of steps.

import { type ChatForm, chatFormOf } from '../config/chatForm.ts'
import { packedLength } from '../config/packing.ts'
import type { Settings } from '../config/settings.ts'
import { ProblemError } from '../problem/problem.ts'
import type { MaskMode, PreviewRequest } from '../protocol/dataset.ts'
import type { RunPlan, TrainRequest } from '../protocol/train.ts'
import { learnedKind } from '../sft/chat.ts'
import { learnedEndOf } from '../sft/ends.ts'
import { type Example, learnedTokens } from '../sft/example.ts'
import { largestBatch } from '../sft/heldOut.ts'
import { packed } from '../sft/packing.ts'
import { isDropped, lengthLimit } from '../sft/preview.ts'
import { stepsPerEpoch, totalSteps } from '../sft/windows.ts'
import { refuseTooLarge, reportOf } from './fitting.ts'
import { type HeldOut, heldOutOf } from './heldOutRecords.ts'
import { type Context, examplesOf, prepare } from './previews.ts'
import { datasetOf, modelOf, type OpenModel, type Studio } from './studio.ts'

export type TrainedExamples = {
  /** Rows of a batch: a record each, or several. */
  examples: readonly Example[]
  records: number
  /** Records that were too long and are cut. */
  truncated: number
  /** What is measured and never learned; null: nothing. */
  heldOut: HeldOut | null
  /** Which of the data set's records those are; none where they have a file of their own. */
  heldOutPlaces: ReadonlySet<number>
  /** Records that were too long and are left out for it. */
  dropped: number
  /** What ends a text for a model that has learned these: what the model's files name, and what the examples end with. */
  endTokenIds: readonly number[]
  /** How the model is asked that has learned these; null: as plain text, which is what the context of a conversation is already. */
  asked: ChatForm | null
}

/** Without the mask every token is learned, whatever the border would have been. */
function maskOf({ objective, mask }: Pick<Settings, 'objective' | 'mask'>): MaskMode {
  return objective === 'pretrain' ? 'none' : mask
}

/** What is trained on. Rejects before the first step: settings that belong to a later version, records with nothing to learn. */
export async function trainedExamples(
  studio: Studio,
  { settings, leaveOutUnlearnable }: TrainRequest,
  signal: AbortSignal,
): Promise<TrainedExamples> {
  if (settings.save_steps > 0)
    throw new ProblemError({ code: 'run.not-yet', values: { feature: 'Saving checkpoints' }, where: 'save_steps' })
  const { overlong } = settings
  const request = previewRequestOf(studio, settings)
  const context = { tell: () => undefined, signal }
  const { examples, heldOut } = await prepare(studio, request, context)
  const { records } = datasetOf(studio)
  const inUse = examples.filter((_, at) => records[at]?.leftOut === false)
  const used = examples.flatMap((example, at) => {
    const record = records[at]
    const learned = record?.leftOut === false && !isDropped(example, overlong) && !heldOut.has(at)
    return learned ? [{ example, row: record.row }] : []
  })
  const unlearnable = used.filter(({ example }) => learnedTokens(example) === 0)
  const learnable = used.filter(({ example }) => learnedTokens(example) > 0)
  if (unlearnable.length > 0 && (!leaveOutUnlearnable || learnable.length === 0)) {
    const shown = unlearnable.slice(0, 8).map(({ row }) => row)
    const rest = unlearnable.length > shown.length ? ', …' : ''
    throw new ProblemError({
      code: 'run.nothing-to-learn',
      values: { records: shown.join(', ') + rest, count: unlearnable.length },
      where: '',
    })
  }
  if (learnable.length === 0)
    throw new ProblemError({ code: 'run.no-dataset', values: { needed: 'records to learn' }, where: '' })
  const dropped = inUse.filter((example) => isDropped(example, overlong)).length
  const learned = learnable.map(({ example }) => example)
  return {
    examples: settings.packing ? packedExamples(studio, learned, settings) : learned,
    records: learned.length,
    truncated: learned.filter(({ truncated }) => truncated).length,
    heldOut: await heldOutExamples(studio, settings, context),
    heldOutPlaces: heldOut,
    dropped,
    endTokenIds: endTokenIdsAfter(studio, settings),
    asked: records[0]?.record.kind === 'instruct' ? chatFormOf(settings) : null,
  }
}

function packedExamples(studio: Studio, examples: readonly Example[], { max_length }: Settings): readonly Example[] {
  const { tokenizer, config } = modelOf(studio)
  const longest = examples.reduce((length, { ids }) => Math.max(length, ids.length), 0)
  return packed(examples, packedLength(max_length, longest, lengthLimit(max_length, tokenizer, config)))
}

/** How records become examples with these settings. */
function previewRequestOf({ heldOutSet }: Studio, settings: Settings): PreviewRequest {
  const { max_length, overlong, eval_strategy, test_size, seed } = settings
  const heldOut = eval_strategy === 'epoch' && heldOutSet === null ? { test_size, seed } : null
  return { mask: maskOf(settings), max_length, overlong, heldOut, chat: chatFormOf(settings) }
}

/** Of the data set in use, or of the file that held-out records were read from. Rejects with `run.settings` where there are none. */
async function heldOutExamples(studio: Studio, settings: Settings, context: Context): Promise<HeldOut | null> {
  const { eval_strategy, load_best_model_at_end, early_stopping_patience, overlong } = settings
  if (eval_strategy === 'no') {
    const needing = load_best_model_at_end ? 'load_best_model_at_end' : 'early_stopping_patience'
    if (!load_best_model_at_end && early_stopping_patience === null) return null
    const reason = 'needs held-out records: set eval_strategy to epoch'
    throw new ProblemError({ code: 'run.settings', values: { setting: needing, reason }, where: needing })
  }
  const { heldOutSet, prepared } = studio
  if (heldOutSet !== null) {
    const all = await examplesOf(modelOf(studio), heldOutSet.records, previewRequestOf(studio, settings), context)
    return heldOutOf(all, overlong, heldOutSet.name)
  }
  return heldOutOf(prepared?.examples.filter((_, place) => prepared.heldOut.has(place)) ?? [], overlong, 'test_size')
}

/** A chat's end of turn is no end for the model it was learned from, but it is what the answers learn to end with. */
function endTokenIdsAfter(studio: Studio, settings: Settings): readonly number[] {
  const { tokenizer } = modelOf(studio)
  const kind = datasetOf(studio).records[0]?.record.kind ?? 'tokens'
  const learned = learnedEndOf(learnedKind(kind, chatFormOf(settings)), tokenizer)
  return learned === null ? tokenizer.endTokenIds : [...new Set([...tokenizer.endTokenIds, learned.id])]
}

/** The run in numbers, before its first step. Throws `run.too-large` where no step of it can fit. */
export function planOf(
  studio: Studio,
  { examples, records, truncated, dropped, heldOut }: TrainedExamples,
  settings: Settings,
  model: OpenModel,
): RunPlan {
  const longest = examples.reduce((length, { ids }) => Math.max(length, ids.length), 0)
  const most = examples.reduce((count, example) => Math.max(count, learnedTokens(example)), 1)
  const rows = Math.min(settings.per_device_train_batch_size, examples.length)
  const measured = heldOut && largestBatch(heldOut.examples, settings.per_device_eval_batch_size)
  const size = { rows, length: longest, learned: rows * most, packed: settings.packing, heldOut: measured }
  const report = reportOf(studio, model, settings, size)
  refuseTooLarge(report)
  const { memory, checkpointing } = report
  return {
    truncated,
    dropped,
    totalSteps: totalSteps(examples.length, settings),
    stepsPerEpoch: stepsPerEpoch(examples.length, settings),
    records,
    rows: examples.length,
    learnedTokensPerEpoch: examples.reduce((sum, example) => sum + learnedTokens(example), 0),
    heldOut: heldOut?.plan ?? null,
    memory,
    checkpointing,
  }
}

// What a run will train on, and what it will take: records in use that are neither too long nor empty of anything to learn, and the plan of steps.

import type { Settings } from '../config/settings.ts'
import { ProblemError } from '../problem/problem.ts'
import type { MaskMode } from '../protocol/dataset.ts'
import type { RunPlan, TrainRequest } from '../protocol/train.ts'
import { learnedEndOf } from '../sft/ends.ts'
import { type Example, learnedTokens } from '../sft/example.ts'
import { isDropped } from '../sft/preview.ts'
import { stepsPerEpoch, totalSteps } from '../sft/windows.ts'
import { refuseTooLarge, reportOf } from './fitting.ts'
import { prepare } from './previews.ts'
import { datasetOf, modelOf, type OpenModel, type Studio } from './studio.ts'

export type TrainedExamples = {
  examples: readonly Example[]
  /** Records that were too long and are left out for it. */
  dropped: number
  /** What ends a text for a model that has learned these: what the model's files name, and what the examples end with. */
  endTokenIds: readonly number[]
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
  const { max_length, overlong } = settings
  const { examples } = await prepare(studio, { mask: maskOf(settings), max_length, overlong }, { tell: () => undefined, signal })
  const { records } = datasetOf(studio)
  const inUse = examples.filter((_, at) => records[at]?.leftOut === false)
  const used = examples.flatMap((example, at) => {
    const record = records[at]
    return record && !record.leftOut && !isDropped(example, overlong) ? [{ example, row: record.row }] : []
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
  return { examples: learnable.map(({ example }) => example), dropped, endTokenIds: endTokenIdsAfter(studio) }
}

/** A chat's end of turn is no end for the model it was learned from, but it is what the answers learn to end with. */
function endTokenIdsAfter(studio: Studio): readonly number[] {
  const { tokenizer } = modelOf(studio)
  const kind = datasetOf(studio).records[0]?.record.kind ?? 'tokens'
  const learned = learnedEndOf(kind, tokenizer)
  return learned === null ? tokenizer.endTokenIds : [...new Set([...tokenizer.endTokenIds, learned.id])]
}

/** The run in numbers, before its first step. Throws `run.too-large` where no step of it can fit. */
export function planOf(studio: Studio, { examples, dropped }: TrainedExamples, settings: Settings, model: OpenModel): RunPlan {
  const longest = examples.reduce((length, { ids }) => Math.max(length, ids.length), 0)
  const most = examples.reduce((count, example) => Math.max(count, learnedTokens(example)), 1)
  const rows = Math.min(settings.per_device_train_batch_size, examples.length)
  const report = reportOf(studio, model, settings, { rows, length: longest, learned: rows * most })
  refuseTooLarge(report)
  const { memory, checkpointing } = report
  return {
    truncated: examples.filter(({ truncated }) => truncated).length,
    dropped,
    totalSteps: totalSteps(examples.length, settings),
    stepsPerEpoch: stepsPerEpoch(examples.length, settings),
    records: examples.length,
    learnedTokensPerEpoch: examples.reduce((sum, example) => sum + learnedTokens(example), 0),
    memory,
    checkpointing,
  }
}

// A run from its settings to its summary: which records are trained on, a copy of the base model to train,
// pausing and stopping between steps, the watched record after each epoch, and the history that is saved with the model.

import type { Settings } from '../config/settings.ts'
import { currentBackend } from '../engine/backends/start.ts'
import { copiesOf, disposeAll, type Tensor } from '../engine/tensor.ts'
import { ProblemError } from '../problem/problem.ts'
import type { MaskMode } from '../protocol/dataset.ts'
import type { Slot } from '../protocol/model.ts'
import type { RunPlan, RunSummary, StopRequest, TrainEvent, TrainRequest, TrainStep, WatchSample } from '../protocol/train.ts'
import { greedy } from '../sft/evaluate.ts'
import { type Example, learnedTokens } from '../sft/example.ts'
import { memoryForecast } from '../sft/forecast.ts'
import { writeAll, writtenText } from '../sft/generate.ts'
import { isDropped } from '../sft/preview.ts'
import { type TrainOutcome, train as trainModel } from '../sft/train.ts'
import { stepsPerEpoch, totalSteps } from '../sft/windows.ts'
import { prepare } from './previews.ts'
import { datasetOf, exclusively, modelOf, type OpenModel, type RunControl, type Studio, throwIfCancelled } from './studio.ts'
import { nextTurn } from './turn.ts'

type Context = { tell: (event: TrainEvent) => void; signal: AbortSignal }

/** Answers longer than this are cut in the watched record. */
const WATCHED_TOKENS = 64
/** On a GPU each new length makes new buffers that are never given back, so lengths come in few sizes there. */
const GPU_LENGTH_MULTIPLE = 32

/** Trains a copy of the base model and puts it into its slot, unless the person discards it. */
export function train(studio: Studio, request: TrainRequest, context: Context): Promise<RunSummary> {
  return exclusively(studio, 'training', async () => {
    const model = modelOf(studio)
    const examples = await trainedExamples(studio, request, context.signal)
    // Tokenising few records never looks up, and what was aborted before a listener is there is never heard of.
    throwIfCancelled(context.signal, 'train')
    const plan = planOf(examples, request.settings, model)
    context.tell({ kind: 'planned', plan })
    const weights = copiesOf(model.slots.base)
    const control: RunControl = { slot: request.slot, step: 0, wanted: 'train', wake: null }
    const cancel = () => want(control, 'discard')
    context.signal.addEventListener('abort', cancel)
    studio.run = control
    try {
      const summary = await runOver({ model, weights, examples, plan, request, control, tell: context.tell })
      if (summary.outcome === 'discarded') disposeAll(weights)
      else keepTuned(studio, request, weights, summary.steps, plan)
      return summaryOf(request.slot, summary)
    } catch (error) {
      disposeAll(weights)
      throw error
    } finally {
      context.signal.removeEventListener('abort', cancel)
      studio.run = null
    }
  })
}

/** Without the mask every token is learned, whatever the border would have been. */
export function maskOf({ objective, mask }: Pick<Settings, 'objective' | 'mask'>): MaskMode {
  return objective === 'pretrain' ? 'none' : mask
}

async function trainedExamples(
  studio: Studio,
  { settings, leaveOutUnlearnable }: TrainRequest,
  signal: AbortSignal,
): Promise<Example[]> {
  if (settings.lora !== null) throw new ProblemError({ code: 'run.not-yet', values: { feature: 'LoRA' }, where: 'lora' })
  const { max_length, overlong } = settings
  const { examples } = await prepare(studio, { mask: maskOf(settings), max_length, overlong }, { tell: () => undefined, signal })
  const { records } = datasetOf(studio)
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
  return learnable.map(({ example }) => example)
}

function planOf(examples: readonly Example[], settings: Settings, { config }: OpenModel): RunPlan {
  const longest = examples.reduce((length, { ids }) => Math.max(length, ids.length), 0)
  return {
    totalSteps: totalSteps(examples.length, settings),
    stepsPerEpoch: stepsPerEpoch(examples.length, settings),
    records: examples.length,
    learnedTokensPerEpoch: examples.reduce((sum, example) => sum + learnedTokens(example), 0),
    memory: memoryForecast(config, { rows: settings.per_device_train_batch_size, length: longest }),
  }
}

type RunInput = {
  model: OpenModel
  weights: Record<string, Tensor>
  examples: readonly Example[]
  plan: RunPlan
  request: TrainRequest
  control: RunControl
  tell: (event: TrainEvent) => void
}
type Ran = {
  outcome: RunSummary['ended']
  steps: TrainStep[]
  seconds: number
  epochs: number
  notFinite: TrainOutcome['notFinite']
}

async function runOver({ model, weights, examples, plan, request, control, tell }: RunInput): Promise<Ran> {
  const startedMs = performance.now()
  const steps: TrainStep[] = []
  const watch = async (epoch: number) => {
    if (request.watch !== null) tell({ kind: 'watch', sample: await watchSample(model, weights, request.watch, epoch) })
  }
  await watch(0)
  let epochSteps: TrainStep[] = []
  let epochStartedMs = performance.now()
  const outcome = await trainModel(
    { config: model.config, weights },
    {
      examples,
      settings: request.settings,
      padTokenId: request.settings.pad_token_id ?? model.tokenizer.padToken.id,
      lengthMultiple: currentBackend() === 'webgpu' ? GPU_LENGTH_MULTIPLE : 1,
    },
    {
      afterStep: async (step, endsEpoch) => {
        steps.push(step)
        epochSteps.push(step)
        control.step = step.step
        tell({ kind: 'step', step })
        if (endsEpoch || step.step === plan.totalSteps) {
          const meanLoss = epochSteps.reduce((sum, { loss }) => sum + loss, 0) / epochSteps.length
          const epoch = endsEpoch ? Math.round(step.epoch) : step.epoch
          tell({ kind: 'epoch', epoch: { epoch, meanLoss, seconds: (performance.now() - epochStartedMs) / 1000 } })
          if (control.wanted !== 'discard') await watch(epoch)
          epochSteps = []
          epochStartedMs = performance.now()
        }
        return obey(control, tell)
      },
    },
  )
  const ended = outcome.ended === 'stopped' ? (control.wanted === 'discard' ? 'discarded' : 'stopped') : outcome.ended
  return {
    outcome: ended,
    steps,
    seconds: (performance.now() - startedMs) / 1000,
    epochs: steps.at(-1)?.epoch ?? 0,
    notFinite: outcome.notFinite,
  }
}

/** Between two steps: hears the door, holds the run while it is paused, ends it when it is to end. */
async function obey(control: RunControl, tell: (event: TrainEvent) => void): Promise<'go-on' | 'stop'> {
  await nextTurn()
  if (control.wanted === 'pause') {
    tell({ kind: 'paused', step: control.step })
    while (control.wanted === 'pause') {
      await new Promise<void>((wake) => {
        control.wake = wake
      })
    }
    control.wake = null
    if (control.wanted === 'train') tell({ kind: 'resumed', step: control.step })
  }
  return control.wanted === 'train' ? 'go-on' : 'stop'
}

function want(control: RunControl, wanted: RunControl['wanted']): { step: number } {
  control.wanted = wanted
  control.wake?.()
  return { step: control.step }
}

function runOf(studio: Studio, slot: Slot): RunControl {
  if (studio.run === null || studio.run.slot !== slot)
    throw new ProblemError({ code: 'run.not-running', values: { needed: slot }, where: '' })
  return studio.run
}

export async function pauseTraining(studio: Studio, { slot }: { slot: Slot }): Promise<{ step: number }> {
  return want(runOf(studio, slot), 'pause')
}

export async function resumeTraining(studio: Studio, { slot }: { slot: Slot }): Promise<{ step: number }> {
  return want(runOf(studio, slot), 'train')
}

export async function stopTraining(studio: Studio, { slot, keep }: StopRequest): Promise<{ step: number }> {
  return want(runOf(studio, slot), keep ? 'keep' : 'discard')
}

async function watchSample(
  { config, tokenizer }: OpenModel,
  weights: Record<string, Tensor>,
  watch: NonNullable<TrainRequest['watch']>,
  epoch: number,
): Promise<WatchSample> {
  const prompts = [watch.instruct, watch.instruct + watch.input].map((prompt) => tokenizer.encode(prompt))
  const written = await writeAll({ config, weights }, prompts, {
    max_new_tokens: WATCHED_TOKENS,
    sampling: greedy,
    endTokenIds: tokenizer.endTokenIds,
    padTokenId: tokenizer.padToken.id,
  })
  const [fromInstruct = '', fromBoth = ''] = written.map((row) => writtenText(row, tokenizer))
  return { epoch, fromInstruct, fromBoth }
}

function keepTuned(
  studio: Studio,
  { slot, settings }: TrainRequest,
  weights: Record<string, Tensor>,
  steps: TrainStep[],
  plan: RunPlan,
): void {
  const { slots } = modelOf(studio)
  const before = slots[slot]
  if (before !== null) disposeAll(before)
  slots[slot] = weights
  // A twin is compared with the run it was made for, never with a later one.
  if (slot === 'tuned' && slots.twin !== null) {
    disposeAll(slots.twin)
    slots.twin = null
    delete studio.histories.twin
  }
  studio.histories[slot] = { settings, steps, totalSteps: plan.totalSteps }
}

function summaryOf(slot: Slot, { outcome, steps, seconds, epochs, notFinite }: Ran): RunSummary {
  const perSecond = steps.map(({ tokensPerSecond }) => tokensPerSecond)
  return {
    slot,
    ended: outcome,
    steps: steps.length,
    epochs,
    seconds,
    firstLoss: steps[0]?.loss ?? null,
    lastLoss: steps.at(-1)?.loss ?? null,
    tokensPerSecond: perSecond.reduce((sum, value) => sum + value, 0) / Math.max(1, perSecond.length),
    problem: notFinite === null ? null : { code: 'run.not-finite', values: notFinite, where: `step ${notFinite.step}` },
  }
}

// A run from its settings to its summary: a copy of the base model is trained, the watched record written after each epoch,
// and the history kept that is saved with the model. What it trains on is in runPlan.ts, how it is paused in runControl.ts.

import type { Settings } from '../config/settings.ts'
import { currentBackend } from '../engine/backends/start.ts'
import type { Weight } from '../engine/weight.ts'
import type { Decoder } from '../models/decoder.ts'
import { disposeDecoder, type Trainee } from '../models/held.ts'
import type { Slot } from '../protocol/model.ts'
import type {
  BestEpoch,
  EpochMean,
  RunPlan,
  RunSummary,
  TrainEvent,
  TrainRequest,
  TrainStep,
  WatchSample,
} from '../protocol/train.ts'
import { askedTokens } from '../sft/chat.ts'
import { greedy } from '../sft/evaluate.ts'
import { writeAll, writtenText } from '../sft/generate.ts'
import { heldOutLoss, heldOutWatch, partedFrom } from '../sft/heldOut.ts'
import type { OpenReader } from '../sft/reader.ts'
import type { Stepper } from '../sft/stepper.ts'
import { type TrainOutcome, train as trainModel } from '../sft/train.ts'
import { type Padding, paddingOf } from './padding.ts'
import { forgetGrown, forgetPlaced, placedFor } from './placing.ts'
import { obey, want } from './runControl.ts'
import { planOf, type TrainedExamples, trainedExamples } from './runPlan.ts'
import { readerFor, stepperFor } from './steppers.ts'
import {
  exclusively,
  modelOf,
  type OpenModel,
  type RunControl,
  type RunHistory,
  type Studio,
  throwIfCancelled,
} from './studio.ts'
import { traineeFor } from './trainees.ts'
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
    const trained = await trainedExamples(studio, request, context.signal)
    // Tokenising few records never looks up, and what was aborted before a listener is there is never heard of.
    throwIfCancelled(context.signal, 'train')
    const plan = planOf(studio, trained, request.settings, model)
    context.tell({ kind: 'planned', plan })
    const padding = paddingOf(model, request.settings)
    const trainee = traineeFor(model, request.settings, padding)
    const control: RunControl = { slot: request.slot, step: 0, wanted: 'train', wake: null }
    const cancel = () => want(control, 'discard')
    context.signal.addEventListener('abort', cancel)
    studio.run = control
    try {
      const summary = await runOver({ studio, model, trainee, padding, trained, plan, request, control, tell: context.tell })
      if (summary.outcome === 'discarded') disposeDecoder(trainee.model)
      else {
        const { steps, epochs, best } = summary
        keepTuned(studio, request.slot, trainee.model, {
          settings: request.settings,
          steps,
          epochs,
          best,
          heldOut: plan.heldOut?.records ?? 0,
          heldOutPlaces: trained.heldOutPlaces,
          totalSteps: plan.totalSteps,
          endTokenIds: trained.endTokenIds,
        })
      }
      return summaryOf(request.slot, summary)
    } catch (error) {
      disposeDecoder(trainee.model)
      throw error
    } finally {
      context.signal.removeEventListener('abort', cancel)
      studio.run = null
      forgetGrown(studio)
    }
  })
}

type RunInput = {
  studio: Studio
  model: OpenModel
  trainee: Trainee<Weight>
  padding: Padding
  trained: TrainedExamples
  plan: RunPlan
  request: TrainRequest
  control: RunControl
  tell: (event: TrainEvent) => void
}
type Ran = {
  outcome: RunSummary['ended']
  steps: TrainStep[]
  epochs: EpochMean[]
  seconds: number
  best: BestEpoch | null
  notFinite: TrainOutcome['notFinite']
}

async function runOver({ studio, model, trainee, padding, trained, plan, request, control, tell }: RunInput): Promise<Ran> {
  const startedMs = performance.now()
  const steps: TrainStep[] = []
  const watch = async (epoch: number) => {
    const sample = await watchSample(model, trainee.model, request, trained, readerFor(studio))
    if (sample !== null) tell({ kind: 'watch', sample: { epoch, ...sample } })
  }
  await watch(0)
  const { settings } = request
  const epochs: EpochMean[] = []
  const heldOut = heldOutWatch(trainee.trained, settings)
  let endsEarly = false
  let epochSteps: TrainStep[] = []
  let epochStartedMs = performance.now()
  const placed = settings.lora === null ? null : await placedFor(studio, trainee.model)
  // All weights in training need the room of those that are placed.
  if (placed === null) forgetPlaced(studio)
  const stepper = await stepperFor(studio, trainee, settings, { checkpointing: plan.checkpointing, placed })
  /** Behind the last step of an epoch. Whether the held-out loss says that the run is to end. */
  const endEpoch = async ({ step, epoch }: TrainStep): Promise<boolean> => {
    const seconds = (performance.now() - epochStartedMs) / 1000
    const measured = await measure(stepper, trained, settings, padding)
    const meanLoss = epochSteps.reduce((sum, { loss }) => sum + loss, 0) / epochSteps.length
    const mean: EpochMean = { epoch, step, meanLoss, seconds, partedFrom: null, ...measured }
    const ended = { ...mean, partedFrom: partedFrom([...epochs, mean]) }
    epochs.push(ended)
    tell({ kind: 'epoch', epoch: ended })
    if (control.wanted !== 'discard') await watch(epoch)
    epochSteps = []
    epochStartedMs = performance.now()
    if (ended.evalLoss === null) return false
    return (await heldOut.heard({ epoch, step, evalLoss: ended.evalLoss })).stop
  }
  const input = {
    examples: trained.examples,
    settings,
    padTokenId: padding.id,
    lengthMultiple: currentBackend() === 'webgpu' ? GPU_LENGTH_MULTIPLE : 1,
    done: 0,
  }
  const outcome = await trainModel(stepper, input, {
    afterStep: async (step, endsEpoch) => {
      steps.push(step)
      epochSteps.push(step)
      control.step = step.step
      tell({ kind: 'step', step })
      const isLast = step.step === plan.totalSteps
      if (endsEpoch || isLast)
        endsEarly = (await endEpoch({ ...step, epoch: endsEpoch ? Math.round(step.epoch) : step.epoch })) && !isLast
      const wanted = await obey(control, tell)
      return endsEarly ? 'stop' : wanted
    },
  }).finally(() => stepper.dispose())
  const ended = outcome.ended === 'stopped' ? endedBy(control, endsEarly) : outcome.ended
  const best = heldOut.best()
  const restored = ended !== 'discarded' && ended !== 'not-finite' && heldOut.restoreBest()
  heldOut.dispose()
  return {
    outcome: ended,
    steps,
    epochs,
    seconds: (performance.now() - startedMs) / 1000,
    best: best && { ...best, restored },
    notFinite: outcome.notFinite,
  }
}

/** What a run that did not take all its steps was ended by. */
function endedBy(control: RunControl, early: boolean): RunSummary['ended'] {
  if (control.wanted === 'discard') return 'discarded'
  return early ? 'stopped-early' : 'stopped'
}

/** The loss of what is held out, where something is. */
async function measure(
  stepper: Stepper,
  { heldOut }: TrainedExamples,
  { per_device_eval_batch_size: rows }: Settings,
  { id: padTokenId }: Padding,
): Promise<Pick<EpochMean, 'evalLoss' | 'evalSeconds'>> {
  if (heldOut === null) return { evalLoss: null, evalSeconds: 0 }
  const startedMs = performance.now()
  const evalLoss = await heldOutLoss(stepper, heldOut.examples, { rows, padTokenId }, nextTurn)
  return { evalLoss, evalSeconds: (performance.now() - startedMs) / 1000 }
}

async function watchSample(
  { tokenizer }: OpenModel,
  decoder: Decoder<Weight>,
  { watch }: Pick<TrainRequest, 'watch'>,
  { endTokenIds, asked }: Pick<TrainedExamples, 'endTokenIds' | 'asked'>,
  open: OpenReader,
): Promise<Omit<WatchSample, 'epoch'> | null> {
  if (watch === null) return null
  const prompts = [watch.instruct, watch.instruct + watch.input].map((question) => askedTokens(question, tokenizer, asked))
  const settings = { max_new_tokens: WATCHED_TOKENS, sampling: greedy, endTokenIds, padTokenId: tokenizer.padToken.id }
  const written = await writeAll(decoder, prompts, settings, open)
  const [fromInstruct = '', fromBoth = ''] = written.map((row) => writtenText(row, tokenizer))
  return { fromInstruct, fromBoth }
}

function keepTuned(studio: Studio, slot: Slot, decoder: Decoder<Weight>, history: RunHistory): void {
  const { slots } = modelOf(studio)
  const before = slots[slot]
  if (before !== null) disposeDecoder(before)
  slots[slot] = decoder
  // A twin is compared with the run it was made for, never with a later one.
  if (slot === 'tuned' && slots.twin !== null) {
    disposeDecoder(slots.twin)
    slots.twin = null
    delete studio.histories.twin
  }
  studio.histories[slot] = history
}

function summaryOf(slot: Slot, { outcome, steps, seconds, best, notFinite }: Ran): RunSummary {
  const perSecond = steps.map(({ tokensPerSecond }) => tokensPerSecond)
  return {
    slot,
    ended: outcome,
    steps: steps.length,
    epochs: steps.at(-1)?.epoch ?? 0,
    seconds,
    firstLoss: steps[0]?.loss ?? null,
    lastLoss: steps.at(-1)?.loss ?? null,
    tokensPerSecond: perSecond.reduce((sum, value) => sum + value, 0) / Math.max(1, perSecond.length),
    best,
    problem: notFinite === null ? null : { code: 'run.not-finite', values: notFinite, where: `step ${notFinite.step}` },
  }
}

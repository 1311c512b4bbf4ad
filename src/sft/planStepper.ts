// Steps by plan: the weights live in a machine of their own while a run lasts, each shape of a micro-batch has its program,
// and the trainee's tensors are brought up to date when somebody is to look at them.

import type { Settings } from '../config/settings.ts'
import { fillStates } from '../engine/plan/fill.ts'
import type { Feeds, PlanMachine, Program } from '../engine/plan/target.ts'
import { normPlan, type Plan, type TrainedState, undoPlan, updatePlan } from '../engine/plan/training.ts'
import type { Value } from '../engine/plan/values.ts'
import { fromValues, memoryHeld, toValues } from '../engine/tensor.ts'
import { takeBack } from '../engine/training/adamWBack.ts'
import { adamWNumbers } from '../engine/training/adamWNumbers.ts'
import { isResting, restingIn, restingLater, valuesOf, type Weight } from '../engine/weight.ts'
import { tokenBatch } from '../models/decoder.ts'
import type { Trainee } from '../models/held.ts'
import type { Batch } from './batch.ts'
import { filledUp } from './buckets.ts'
import { frozenInBf16 } from './frozen.ts'
import { machineFor, type PlanPlace } from './placed.ts'
import { type BatchShape, batchPlan, lossPlan, plannedModel } from './planned.ts'
import { dropoutSeedOf, labelsOf, type Stepper, type TrainState } from './stepper.ts'

/**
 * @param state moved on when the stepper is synced, and the caller's to free; null: moments from zero
 * @param options.checkpointing whether blocks are computed again on the way back
 * @param options.largestKept as in plannedModel
 */
export async function planStepper(
  trainee: Trainee<Weight>,
  settings: Settings,
  state: TrainState | null,
  { checkpointing, largestKept, ...place }: PlanPlace & { checkpointing: boolean; largestKept?: number },
): Promise<Stepper> {
  const { model, states, trained, clip } = plannedModel(
    trainee.model,
    trainee.trained,
    await frozenInBf16(trainee.model, trainee.trained),
    { largestKept, placed: place.placed?.values ?? null },
  )
  const kept = trained.flatMap(({ gradient, first, second, before }) => [gradient, first, second, ...(before ? [before] : [])])
  const machine = await machineFor(place, [...states.map(({ value }) => value), ...kept, clip.norm, clip.factor], settings)
  await fillStates(machine, states)
  if (state !== null) await writeMoments(machine, trained, state)
  const runs = runsOf(machine)
  const programs = new Map<string, Program>()
  const programFor = (shape: BatchShape, accumulate: boolean): Program => {
    const key = `${keyOf(shape)} ${accumulate}`
    const known = programs.get(key) ?? runs.program(batchPlan(model, trained, shape, { accumulate, checkpointing }))
    programs.set(key, known)
    return known
  }
  const lossPrograms = new Map<string, Program>()
  const lossProgramFor = (shape: BatchShape): Program => {
    const key = keyOf(shape)
    const known = lossPrograms.get(key) ?? runs.program(lossPlan(model, shape))
    lossPrograms.set(key, known)
    return known
  }
  const norm = runs.program(normPlan(trained, clip, machine.partialSums))
  const update = runs.program(updatePlan(trained, clip))
  const keepsBefore = trained.every(({ before }) => before !== null)
  const copyBack = runs.program(undoPlan(trained))
  /** The last update by gradients that were numbers, and the norm that the next one is by. */
  let last: { step: number; learningRate: number } | null = null
  let gradNorm: Promise<number> = Promise.resolve(Number.NaN)
  /** Whether the trainee's weights are looked up in the machine. */
  let standsIn = false

  return {
    stepsAhead: place.target.answersLate ? 1 : 0,
    gradients: async (batches, step) => {
      const labelled = labelsOf(batches)
      const losses: ReturnType<Program>[] = []
      for (const [at, batch] of batches.entries()) {
        const { shape, feeds } = fedBatch(batch)
        const scalars = { lossFactor: 1 / labelled, dropoutSeed: dropoutSeedOf(settings, step, at) }
        losses.push(programFor(shape, at > 0)(feeds, scalars))
      }
      const normed = norm({}, { maxNorm: settings.max_grad_norm })
      gradNorm = normed.then(
        ({ norm }) => norm?.[0] ?? Number.NaN,
        () => Number.NaN,
      )
      const loss = (await Promise.all(losses)).reduce((sum, { loss }) => sum + (loss?.[0] ?? Number.NaN), 0)
      return { loss, gradNorm: (await normed).norm?.[0] ?? Number.NaN }
    },
    update: async (step, learningRate) => {
      const own = gradNorm
      await update({}, { step, learningRate })
      if (Number.isFinite(await own)) last = { step, learningRate }
      if (state !== null) state.step = step
    },
    undo: async () => {
      if (last === null) return
      if (keepsBefore) await copyBack({}, {})
      else for (const own of trained) await workOutBefore(machine, own, settings, last)
    },
    sync: async () => {
      for (const { parameter } of trained) {
        if (keepsBefore) await replace(trainee.trained, parameter, machine.read(parameter))
        else standIn(trainee.trained, parameter, machine)
      }
      standsIn = !keepsBefore
      if (state !== null) await readMoments(machine, trained, state)
    },
    lossSum: async (batch) => {
      const { shape, feeds } = fedBatch(batch)
      const { value } = await lossProgramFor(shape)(feeds, { lossFactor: 1 })
      return value?.[0] ?? Number.NaN
    },
    bytesHeld: () => memoryHeld().bytes + machine.bytes(),
    dispatched: machine.dispatched,
    dispose: async () => {
      // Where one has failed, those behind it may be on their way, and need what the machine holds.
      await runs.done()
      if (standsIn) await bringOver(machine, trained, trainee)
      machine.dispose()
    },
  }
}

/** Programs of a machine, and when all that they were called for has come to an end. */
function runsOf(machine: PlanMachine) {
  const underWay = new Set<Promise<unknown>>()
  return {
    program: (plan: Plan): Program => {
      const program = machine.program(plan)
      return (feeds, scalars) => {
        const run = program(feeds, scalars)
        const over = (): void => void underWay.delete(ended)
        const ended: Promise<void> = run.then(over, over)
        underWay.add(ended)
        return run
      }
    },
    done: async () => void (await Promise.all(underWay)),
  }
}

const keyOf = ({ rows, tokens, learned, packed }: BatchShape) => `${rows} ${tokens} ${learned} ${packed}`

/** A batch as a plan is fed with it. */
function fedBatch({ rows, ids, length, begins, learned }: Batch): { shape: BatchShape; feeds: Feeds } {
  const { positions } = tokenBatch({ batch: rows, ids, paddedKeys: null, begins })
  const filled = filledUp(learned)
  return {
    shape: { rows, tokens: length, learned: filled.rows.length, packed: begins !== null },
    feeds: { ids, positions, ...filled, ...(begins && { begins }) },
  }
}

/** Until the run ends, what is large stays with the machine alone: whoever reads the weight reads it there. */
function standIn(weights: Record<string, Weight>, parameter: Value, machine: PlanMachine): void {
  weights[parameter.name]?.dispose()
  weights[parameter.name] = restingLater(parameter.shape, () => machine.read(parameter))
}

/** The machine's weights in the place of those that stood in for them. What only a run needs makes room for them before. */
async function bringOver(machine: PlanMachine, trained: readonly TrainedState[], trainee: Trainee<Weight>): Promise<void> {
  machine.release(trained.flatMap(({ gradient, first, second }) => [gradient, first, second]))
  for (const { parameter } of trained) {
    const weight = trainee.trained[parameter.name]
    if (weight) trainee.trained[parameter.name] = restingIn(await valuesOf(weight), parameter.shape)
    machine.release([parameter])
  }
}

/** One parameter as it was before its last update. */
async function workOutBefore(
  machine: PlanMachine,
  { parameter, first, second, decays }: TrainedState,
  settings: Settings,
  last: { step: number; learningRate: number },
): Promise<void> {
  const weight = await machine.read(parameter)
  takeBack(weight, await machine.read(first), await machine.read(second), adamWNumbers(settings, last, decays))
  machine.write(parameter, weight)
}

/** What was at rest stays at rest. */
async function replace(
  weights: Record<string, Weight>,
  { name, shape }: Value,
  read: Promise<Float32Array<ArrayBuffer>>,
): Promise<void> {
  const values = await read
  const before = weights[name]
  before?.dispose()
  weights[name] = before && isResting(before) ? restingIn(values, shape) : fromValues(values, shape)
}

async function writeMoments(machine: PlanMachine, trained: readonly TrainedState[], { moments }: TrainState): Promise<void> {
  for (const { parameter, first, second } of trained) {
    const [m, v] = [moments.first[parameter.name], moments.second[parameter.name]]
    if (!m || !v) throw new Error(`the state of the run has no moments of ${parameter.name}`)
    machine.write(first, await toValues(m))
    machine.write(second, await toValues(v))
  }
}

async function readMoments(machine: PlanMachine, trained: readonly TrainedState[], { moments }: TrainState): Promise<void> {
  for (const { parameter, first, second } of trained) {
    await replace(moments.first, parameter, machine.read(first))
    await replace(moments.second, parameter, machine.read(second))
  }
}

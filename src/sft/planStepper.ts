// Steps by plan: the weights live in a machine of their own while a run lasts, each shape of a micro-batch has its program,
// and the trainee's tensors are brought up to date when somebody is to look at them.

import type { Settings } from '../config/settings.ts'
import { fillStates } from '../engine/plan/fill.ts'
import type { PlanMachine, PlanTarget, Program } from '../engine/plan/target.ts'
import { normPlan, type TrainedState, undoPlan, updatePlan } from '../engine/plan/training.ts'
import type { Value } from '../engine/plan/values.ts'
import { fromValues, memoryHeld, toValues } from '../engine/tensor.ts'
import { isResting, restingIn, type Weight } from '../engine/weight.ts'
import type { Trainee } from '../models/held.ts'
import type { Batch } from './batch.ts'
import { filledUp } from './buckets.ts'
import { frozenInBf16 } from './frozen.ts'
import { batchPlan, plannedModel } from './planned.ts'
import { dropoutSeedOf, labelsOf, type Stepper, type TrainState } from './stepper.ts'

/**
 * @param state moved on when the stepper is synced, and the caller's to free; null: moments from zero
 * @param checkpointing whether blocks are computed again on the way back
 */
export async function planStepper(
  trainee: Trainee<Weight>,
  settings: Settings,
  state: TrainState | null,
  { target, checkpointing }: { target: PlanTarget; checkpointing: boolean },
): Promise<Stepper> {
  const { model, states, trained, clip } = plannedModel(
    trainee.model,
    trainee.trained,
    await frozenInBf16(trainee.model, trainee.trained),
  )
  const kept = trained.flatMap(({ gradient, first, second, before }) => [gradient, first, second, before])
  const machine = await target.open([...states.map(({ value }) => value), ...kept, clip.norm, clip.factor], settings)
  await fillStates(machine, states)
  if (state !== null) await writeMoments(machine, trained, state)
  const programs = new Map<string, Program>()
  const programFor = ({ rows, length }: Batch, learned: number, accumulate: boolean): Program => {
    const shape = { rows, tokens: length, learned }
    const key = `${rows} ${length} ${learned} ${accumulate}`
    const known = programs.get(key) ?? machine.program(batchPlan(model, trained, shape, { accumulate, checkpointing }))
    programs.set(key, known)
    return known
  }
  const norm = machine.program(normPlan(trained, clip, machine.partialSums))
  const update = machine.program(updatePlan(trained, clip))
  const takeBack = machine.program(undoPlan(trained))

  return {
    stepsAhead: target.answersLate ? 1 : 0,
    gradients: async (batches, step) => {
      const labelled = labelsOf(batches)
      const losses: ReturnType<Program>[] = []
      for (const [at, batch] of batches.entries()) {
        const { ids, length } = batch
        const learned = filledUp(batch.learned)
        const feeds = { ids, positions: ids.map((_, token) => token % length), rows: learned.rows, targets: learned.targets }
        const scalars = { lossFactor: 1 / labelled, dropoutSeed: dropoutSeedOf(settings, step, at) }
        losses.push(programFor(batch, learned.rows.length, at > 0)(feeds, scalars))
      }
      const normed = norm({}, { maxNorm: settings.max_grad_norm })
      const loss = (await Promise.all(losses)).reduce((sum, { loss }) => sum + (loss?.[0] ?? Number.NaN), 0)
      return { loss, gradNorm: (await normed).norm?.[0] ?? Number.NaN }
    },
    update: async (step, learningRate) => {
      await update({}, { step, learningRate })
      if (state !== null) state.step = step
    },
    undo: async () => {
      await takeBack({}, {})
    },
    sync: async () => {
      for (const { parameter } of trained) await replace(trainee.trained, parameter, machine.read(parameter))
      if (state !== null) await readMoments(machine, trained, state)
    },
    bytesHeld: () => memoryHeld().bytes + machine.bytes(),
    dispose: machine.dispose,
  }
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

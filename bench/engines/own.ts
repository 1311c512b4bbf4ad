// Our own engines: the plan, and the eager interpreter on TensorFlow.js' backend.

import type { PlanTarget } from '../../src/engine/plan/target.ts'
import { memoryHeld } from '../../src/engine/tensor.ts'
import { disposeDecoder } from '../../src/models/held.ts'
import { configOf, randomTrainee, stepped } from '../../src/service/benching.ts'
import { stepperFor } from '../../src/service/steppers.ts'
import { type Engine, learningRate, settings, type Task } from './task.ts'

/** @param target what runs plans; null: each op by itself */
export async function ownEngine(target: PlanTarget | null, { shape, batch }: Task): Promise<Engine> {
  const trainee = randomTrainee(configOf(shape), settings)
  const stepper = await stepperFor({ target }, trainee, settings)
  let step = 0
  return {
    step: async () => {
      step += 1
      return (await stepped(stepper, batch, step, learningRate)).loss
    },
    peakBytes: async () => {
      // The weights that stand open beside the machine's own.
      const open = Object.values(trainee.model.weights).reduce((sum, { size }) => sum + 4 * size, 0)
      return target === null ? null : stepper.bytesHeld() - memoryHeld().bytes + open
    },
    dispose: () => {
      stepper.dispose()
      disposeDecoder(trainee.model)
    },
  }
}

// Our own engines: the plan on the CPU's kernels, and the eager interpreter on TensorFlow.js' wasm.

import { deviceOf } from '../../src/cli/arguments.ts'
import { startSession } from '../../src/cli/host.ts'
import { disposeDecoder } from '../../src/models/held.ts'
import { configOf, randomTrainee } from '../../src/service/benching.ts'
import { stepperFor } from '../../src/service/steppers.ts'
import { type Engine, learningRate, settings, type Task } from './task.ts'

export async function ownEngine(engine: 'plan' | 'eager', { shape, batch }: Task): Promise<Engine> {
  const { studio } = await startSession(deviceOf({ backend: 'wasm', engine }))
  const trainee = randomTrainee(configOf(shape), settings)
  const stepper = await stepperFor(studio, trainee, settings)
  let step = 0
  return {
    step: async () => {
      step += 1
      const { loss } = await stepper.gradients([batch], step)
      await stepper.update(step, learningRate)
      return loss
    },
    dispose: () => {
      stepper.dispose()
      disposeDecoder(trainee.model)
    },
  }
}

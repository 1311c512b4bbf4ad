// Frozen weights in half the memory: only where nothing is lost, and then nothing changes but the memory.

import { beforeAll, expect, it } from 'vitest'
import { settingsWith, tinyConfigJson, tinyDecoder, tinyWeights } from '../../test/tinyModel.ts'
import { defaultLora } from '../config/settings.ts'
import { startBackend } from '../engine/backends/start.ts'
import { fromHalves, halvesOf } from '../engine/plan/bf16.ts'
import { inlinedKernels } from '../engine/targets/cpu/inlinedKernels.ts'
import { cpuTarget } from '../engine/targets/cpu/machine.ts'
import { disposeAll, fromValues, memoryHeld, type Tensor, toValues } from '../engine/tensor.ts'
import { readDecoderConfig } from '../models/config.ts'
import { freshWeights } from '../models/fresh.ts'
import { disposeDecoder, traineeOf, withFreshAdapter } from '../models/held.ts'
import { parameterShapes } from '../models/parameters.ts'
import { collate } from './batch.ts'
import { frozenInBf16, mayBeBf16 } from './frozen.ts'
import { planForecast } from './planMemory.ts'
import { logitsPlan, plannedModel } from './planned.ts'
import { planStepper } from './planStepper.ts'
import { eagerStepper, type Stepper } from './stepper.ts'

const target = cpuTarget(inlinedKernels, 1)
const settings = settingsWith({ learning_rate: 1e-2 })
const none: ReadonlySet<string> = new Set()

beforeAll(async () => {
  await startBackend('wasm', { wasmFiles: null, isolated: false })
})

/** Matrices as a checkpoint in bfloat16 has them; `spared` keeps all of its bits. */
async function narrowWeights(spared = ''): Promise<Record<string, Tensor>> {
  const weights = tinyWeights()
  for (const [name, weight] of Object.entries(weights)) {
    if (name === spared) continue
    weights[name] = fromValues(fromHalves(halvesOf(await toValues(weight))), weight.shape)
    weight.dispose()
  }
  return weights
}

it('names the matrices that lose nothing, and none that is trained', async () => {
  const spared = 'model.layers.1.mlp.up_proj.weight'
  const weights = await narrowWeights(spared)
  const names = await frozenInBf16(tinyDecoder(weights), {})
  const matrices = Object.keys(weights).filter((name) => mayBeBf16(weights[name]?.shape ?? []))
  expect([...names].sort()).toEqual(matrices.filter((name) => name !== spared).sort())
  expect((await frozenInBf16(tinyDecoder(weights), weights)).size).toBe(0)
  disposeAll(weights)
})

it('changes no bit of the logits', async () => {
  const weights = await narrowWeights()
  const ids = [5, 6, 7, 8, 9, 264, 3]
  const logitsWith = async (bf16: ReadonlySet<string>) => {
    const { model, states } = plannedModel(tinyDecoder(weights), {}, bf16)
    const values = states.map(({ value }) => value)
    expect(values.some(({ dtype }) => dtype === 'bf16')).toBe(bf16.size > 0)
    const machine = await target.open(values, settings)
    for (const { value, weight } of states) {
      machine.write(value, await toValues(weight))
      expect(await machine.read(value)).toEqual(Float32Array.from(await toValues(weight)))
    }
    const program = machine.program(logitsPlan(model, { rows: 1, tokens: ids.length }))
    const { value } = await program({ ids, positions: [...ids.keys()] }, {})
    machine.dispose()
    return value
  }
  expect(await logitsWith(await frozenInBf16(tinyDecoder(weights), {}))).toEqual(await logitsWith(none))
  disposeAll(weights)
})

it('takes half the memory for them in a run with LoRA, as was foreseen, and comes to the losses of the eager interpreter', async () => {
  const config = readDecoderConfig({ ...tinyConfigJson, hidden_size: 64, intermediate_size: 160, vocab_size: 16_384 })
  const trainees = [0, 1].map(() => {
    const weights = freshWeights(config, 7, 0.1, (values) => fromHalves(halvesOf(values)))
    const adapted = withFreshAdapter({ config, weights, adapter: null }, defaultLora, 3)
    disposeAll(weights)
    const trainee = traineeOf(adapted)
    disposeDecoder(adapted)
    return trainee
  })
  const [own, other] = trainees
  if (!own || !other) throw new Error('two are made')
  const batch = collate([{ ids: [5, 6, 7, 8, 264], labels: [-100, 6, 7, 8, 264] }], 264)
  const lossesOf = async (stepper: Stepper) => {
    const losses: number[] = []
    for (let step = 1; step <= 4; step++) {
      losses.push((await stepper.gradients([batch], step)).loss)
      await stepper.update(step, 1e-2)
    }
    return losses
  }
  const stepper = await planStepper(own, settings, null, { target, checkpointing: false })
  const losses = await lossesOf(stepper)
  const eager = eagerStepper(other, settings, null)
  for (const [at, loss] of (await lossesOf(eager)).entries()) expect(Math.abs((losses[at] ?? 0) / loss - 1)).toBeLessThan(2e-5)

  const size = { rows: 1, length: 5, learned: 4, lora: defaultLora, checkpointing: false }
  const machineWith = (bf16: ReadonlySet<string>) => planForecast(config, { ...size, bf16 }, target).machine
  const narrow = machineWith(await frozenInBf16(own.model, own.trained))
  const matrices = parameterShapes(config).filter(({ shape }) => mayBeBf16(shape))
  const elements = matrices.reduce((sum, { shape }) => sum + shape.reduce((size, length) => size * length, 1), 0)
  expect(machineWith(none) - narrow).toBe(2 * elements)
  // Beside what is planned a machine holds its kernels' own room, a few hundred kilobytes.
  expect(stepper.bytesHeld() - memoryHeld().bytes - narrow).toBeLessThan(0.02 * narrow + 524_288)
  stepper.dispose()
  eager.dispose()
  for (const { model } of trainees) disposeDecoder(model)
})

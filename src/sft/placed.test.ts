// What shares a model's frozen weights comes to the same bits as what has them alone, whoever comes and goes beside it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeGpu } from '../../test/setup/webgpu.ts'
import { settingsWith, tinyDecoder, tinyWeights } from '../../test/tinyModel.ts'
import { defaultLora } from '../config/settings.ts'
import { startBackend } from '../engine/backends/start.ts'
import { openDevice } from '../engine/backends/webgpu.ts'
import type { PlanTarget } from '../engine/plan/target.ts'
import { inlinedKernels } from '../engine/targets/cpu/inlinedKernels.ts'
import { cpuTarget } from '../engine/targets/cpu/machine.ts'
import { webGpuTarget } from '../engine/targets/webgpu/machine.ts'
import { restingIn, valuesOf, type Weight } from '../engine/weight.ts'
import type { Decoder } from '../models/decoder.ts'
import { traineeOf, withFreshAdapter } from '../models/held.ts'
import { collate } from './batch.ts'
import { isPlaced, type PlacedWeights, placeWeights } from './placed.ts'
import { planStepper } from './planStepper.ts'
import { planReader } from './reader.ts'

const settings = settingsWith({ learning_rate: 1e-2 })
const lora = { ...defaultLora, r: 2 }
const ids = [5, 6, 7, 8, 9, 264]
const batch = collate([{ ids, labels: ids }], 264)

async function restingModel(): Promise<Decoder<Weight>> {
  const weights: Record<string, Weight> = {}
  for (const [name, tensor] of Object.entries(tinyWeights())) {
    weights[name] = restingIn(await valuesOf(tensor), tensor.shape)
    tensor.dispose()
  }
  return { ...tinyDecoder({}), weights }
}

async function written(target: PlanTarget, placed: PlacedWeights | null, model: Decoder<Weight>): Promise<number[][]> {
  const reader = await planReader({ target, placed })(model, { rows: 1, paddedKeys: null, capacity: 12 })
  const logits = [await reader.read(ids), await reader.read([7])]
  reader.dispose()
  return logits.flat().map((row) => [...row])
}

async function trained(target: PlanTarget, placed: PlacedWeights | null, model: Decoder<Weight>, between = async () => {}) {
  const trainee = traineeOf(withFreshAdapter(model, lora, 3))
  const stepper = await planStepper(trainee, settings, null, { target, placed, checkpointing: false })
  const losses: number[] = []
  for (let step = 1; step <= 3; step++) {
    losses.push((await stepper.gradients([batch], step)).loss)
    await stepper.update(step, 1e-2)
    await between()
  }
  await stepper.sync()
  await stepper.dispose()
  return { losses, tuned: trainee.model }
}

async function gpuTarget(): Promise<PlanTarget> {
  const device = openDevice()
  if (device === null) throw new Error('the backend was started')
  return webGpuTarget(device)
}

const gpu = nodeGpu === null ? 'webgpu (skipped: this Node has no WebGPU)' : 'webgpu'
describe.each([
  ['wasm', async () => cpuTarget(inlinedKernels, 1), false],
  ['wasm, two threads', async () => cpuTarget(inlinedKernels, 2), false],
  [gpu, gpuTarget, true],
] as const)('on %s', (_name, targetOf, needsGpu) => {
  const skips = needsGpu && nodeGpu === null
  let target: PlanTarget
  let model: Decoder<Weight>
  beforeAll(async () => {
    if (skips) return
    await startBackend(needsGpu ? 'webgpu' : 'wasm', { wasmFiles: null, isolated: false })
    target = await targetOf()
    model = await restingModel()
  })
  afterAll(async () => {
    await startBackend('wasm', { wasmFiles: null, isolated: false })
  })

  it.skipIf(skips)('a run, and readers beside it, come to the same bits', async () => {
    const want = await trained(target, null, model)
    const wantWritten = await written(target, null, model)
    const placed = await placeWeights(target, model)
    expect(isPlaced(placed, model.weights)).toBe(true)
    expect(isPlaced(placed, want.tuned.weights)).toBe(true)
    expect(isPlaced(placed, { ...model.weights, 'model.norm.weight': restingIn(new Float32Array(16), [16]) })).toBe(false)
    const got = await trained(target, placed, model, async () => {
      expect(await written(target, placed, model)).toEqual(wantWritten)
    })
    expect(got.losses).toEqual(want.losses)
    expect(await written(target, placed, got.tuned)).toEqual(await written(target, null, want.tuned))
    placed.machine.dispose()
  })

  it.skipIf(skips)('give back what was their own', async () => {
    const placed = await placeWeights(target, model)
    await trained(target, placed, model, async () => void (await written(target, placed, model)))
    const held = placed.machine.bytes()
    for (let round = 0; round < 3; round++) {
      await trained(target, placed, model, async () => void (await written(target, placed, model)))
      expect(placed.machine.bytes()).toBe(held)
    }
    placed.machine.dispose()
  })
})

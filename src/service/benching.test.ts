// Benchmarks at a tiny shape: what a profile counts is the plan's own, and a step whose calls are timed comes to the same numbers.

import { beforeAll, describe, expect, it } from 'vitest'
import { testStudio } from '../../test/studio.ts'
import { settingsWith } from '../../test/tinyModel.ts'
import { startBackend } from '../engine/backends/start.ts'
import { observedTarget } from '../engine/plan/profile.ts'
import type { PlanTarget } from '../engine/plan/target.ts'
import { inlinedKernels } from '../engine/targets/cpu/inlinedKernels.ts'
import { cpuTarget } from '../engine/targets/cpu/machine.ts'
import { memoryHeld } from '../engine/tensor.ts'
import { disposeDecoder } from '../models/held.ts'
import { bench, configOf, randomBatch, randomTrainee, readBenchShape } from './benching.ts'
import { stepperFor } from './steppers.ts'

const shape = readBenchShape(
  { hidden: 16, layers: 2, heads: 2, kvHeads: 1, ffn: 24, vocab: 40, batch: 2, tokens: 6, steps: 3, warmup: 1 },
  'the test',
)

beforeAll(async () => {
  await startBackend('wasm', { wasmFiles: null, isolated: false })
})

async function lossesOn(target: PlanTarget): Promise<number[]> {
  const settings = settingsWith({ learning_rate: 1e-2 })
  const trainee = randomTrainee(configOf(shape), settings)
  const stepper = await stepperFor({ target }, trainee, settings)
  const losses: number[] = []
  for (let step = 1; step <= 3; step++) {
    const { loss, gradNorm } = await stepper.gradients([randomBatch(shape)], step)
    await stepper.update(step, 1e-2)
    losses.push(loss, gradNorm)
  }
  stepper.dispose()
  disposeDecoder(trainee.model)
  return losses
}

describe('a step whose calls are observed', () => {
  it.each([1, 2])('comes to the same bits on %i thread(s)', async (threads) => {
    const target = cpuTarget(inlinedKernels, threads)
    let heard = 0
    const observed = await lossesOn(observedTarget(target, () => void heard++))
    expect(heard).toBeGreaterThan(100)
    expect(observed).toEqual(await lossesOn(target))
  })
})

describe('a benchmark', () => {
  it.each(['full', 'lora'] as const)('has a profile where it is asked for (%s)', async (method) => {
    const { studio } = testStudio()
    studio.target = cpuTarget(inlinedKernels, 1)
    const before = memoryHeld().tensors
    const { profile, losses, dispatches, kernels: chosen } = await bench(studio, { ...shape, method }, true)
    // At least one a call of the plan, the same every step.
    expect(dispatches).toBeGreaterThan(100)
    expect(chosen).toEqual({})
    expect(memoryHeld().tensors).toBe(before)
    expect(losses).toHaveLength(4)
    if (!profile) throw new Error('there is no profile')
    const kernels = new Map(profile.kernels.map((one) => [one.kernel, one]))
    expect(kernels.get('attention')?.calls).toBe(shape.layers)
    expect(kernels.get('attentionBackward')?.calls).toBe(shape.layers)
    expect(kernels.get('crossEntropy')?.calls).toBe(1)
    // Queries, keys, values, output, three of the feed-forward; and of each of them two of an adapter.
    const products = 7 * shape.layers * (method === 'lora' ? 3 : 1) + 1
    expect(kernels.get('matMul a·bᵀ')?.calls).toBe(products)
    expect(profile.kernels.reduce((sum, { ms }) => sum + ms, 0)).toBeLessThanOrEqual(profile.stepMs)
    expect(profile.flops).toBeGreaterThan(0)
    expect(profile.limit.gflops).toBeGreaterThan(0)
  })

  it('has none where ops run one by one', async () => {
    const { studio } = testStudio()
    const report = await bench(studio, shape, true)
    expect(report.profile).toBeUndefined()
    expect(report.dispatches).toBeNull()
  })
})

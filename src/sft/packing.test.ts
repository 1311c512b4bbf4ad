// Packed records are trained on as they would be one by one, by both interpreters and on every target, and none of them sees another.

import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { nodeGpu } from '../../test/setup/webgpu.ts'
import { settingsWith, tinyDecoder, tinyTrainee, tinyWeights } from '../../test/tinyModel.ts'
import { startBackend } from '../engine/backends/start.ts'
import { deviceOn, findAdapter } from '../engine/backends/webgpu.ts'
import { eagerOps } from '../engine/eager.ts'
import type { PlanTarget } from '../engine/plan/target.ts'
import { inlinedKernels } from '../engine/targets/cpu/inlinedKernels.ts'
import { cpuTarget } from '../engine/targets/cpu/machine.ts'
import { webGpuTarget } from '../engine/targets/webgpu/machine.ts'
import { disposeAll, memoryHeld, scoped, type Tensor, toValues } from '../engine/tensor.ts'
import { hiddenStates, logitsOf, tokenBatch } from '../models/decoder.ts'
import { collate } from './batch.ts'
import { type Example, IGNORED, learnedTokens } from './example.ts'
import { packed } from './packing.ts'
import { logitsPlan, plannedModel } from './planned.ts'
import { planStepper } from './planStepper.ts'
import { eagerStepper, type Stepper } from './stepper.ts'

const _ = IGNORED
const example = (ids: readonly number[], labels: readonly number[]): Example => ({
  ids,
  labels,
  straddling: [],
  truncated: false,
})
/** One of them learned whole, its first token labelled too; together they do not fit into one row. */
const examples = [
  example([5, 6, 7, 264], [_, _, _, 264]),
  example([9, 8, 7, 6, 50, 264], [_, _, _, _, 50, 264]),
  example([30, 31, 60, 264], [30, 31, 60, 264]),
  example([40, 41, 42, 70, 71, 72, 73, 264], [_, _, _, 70, 71, 72, 73, 264]),
  ...Array.from({ length: 5 }, (_value, at) => example([100 + at, 20, 30 + at, 264], [_, _, 30 + at, 264])),
]
const rowLength = 24
/** Where gradients are compared AdamW's epsilon is 1: its first step is then a smooth function of the gradient. */
const settings = settingsWith({ adam_epsilon: 1, max_grad_norm: 0 })

beforeAll(async () => {
  await startBackend('wasm', { wasmFiles: null, isolated: false })
})
let heldBefore = 0
beforeEach(() => {
  heldBefore = memoryHeld().tensors
})
afterEach(() => {
  expect(memoryHeld().tensors, 'tensors held after the test').toBe(heldBefore)
})

describe('rows', () => {
  it('hold each example whole, and learn what it alone would', () => {
    const rows = packed(examples, rowLength)
    expect(rows.length).toBe(2)
    const texts = rows.flatMap(({ ids, labels, starts = [] }) =>
      starts.map((start, at) => ({ ids: ids.slice(start, starts[at + 1]), labels: labels.slice(start, starts[at + 1]) })),
    )
    const wanted = examples.map(({ ids, labels }) => ({ ids, labels }))
    const sorted = (list: readonly object[]) => list.map((each) => JSON.stringify(each)).sort()
    expect(sorted(texts)).toEqual(sorted(wanted))
    const sum = (list: readonly Example[]) => list.reduce((total, each) => total + learnedTokens(each), 0)
    expect(sum(rows)).toBe(sum(examples))
  })

  it('have positions that begin anew, and predict no text’s first token', () => {
    const [row] = packed(examples.slice(0, 3), 100)
    const batch = collate(row ? [row] : [], 264, 16)
    const { positions } = tokenBatch({ batch: 1, ids: batch.ids, paddedKeys: null, begins: batch.begins })
    expect(positions).toEqual([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 0, 1, 2, 3, 0, 0])
    expect(batch.begins).toEqual([0, 0, 0, 0, 0, 0, 6, 6, 6, 6, 10, 10, 10, 10, 14, 15])
    expect(batch.learned).toEqual({ rows: [3, 4, 8, 10, 11, 12], targets: [50, 264, 264, 31, 60, 264] })
    expect(batch.labelled).toBe(7)
  })
})

const cpu = cpuTarget(inlinedKernels, 1)
let gpu: Promise<PlanTarget> | null = null
const onGpu = () => {
  gpu ??= openGpu()
  return gpu
}
async function openGpu(): Promise<PlanTarget> {
  const found = await findAdapter()
  if (found.kind !== 'adapter') throw new Error('no Vulkan driver gives an adapter')
  return webGpuTarget(await deviceOn(found.adapter))
}
const gpuName = nodeGpu === null ? 'by plan on webgpu (skipped: no Vulkan driver gives an adapter)' : 'by plan on webgpu'

type Made = (weights: Record<string, Tensor>) => Promise<Stepper>
const planned =
  (targetOf: () => Promise<PlanTarget>, checkpointing = false): Made =>
  async (weights) =>
    planStepper(tinyTrainee(weights), settings, null, { target: await targetOf(), checkpointing })
const steppers: readonly (readonly [string, Made, boolean])[] = [
  ['eager', async (weights) => eagerStepper(tinyTrainee(weights), settings, null), true],
  ['by plan', planned(async () => cpu), true],
  ['by plan, blocks computed again', planned(async () => cpu, true), true],
  [gpuName, planned(onGpu), nodeGpu !== null],
  [`${gpuName}, blocks computed again`, planned(onGpu, true), nodeGpu !== null],
]

describe.each(steppers)('%s', (_name, made, isHere) => {
  async function step(rows: readonly (readonly Example[])[]) {
    const weights = tinyWeights()
    const stepper = await made(weights)
    const batches = rows.map((each) => collate(each, 264))
    const sums: number[] = []
    for (const batch of batches) sums.push(await stepper.lossSum(batch))
    const { loss, gradNorm } = await stepper.gradients(batches, 1)
    await stepper.update(1, 0.5)
    await stepper.sync()
    const values = new Map<string, number[]>()
    for (const [name, tensor] of Object.entries(weights)) values.set(name, [...(await toValues(tensor))])
    await stepper.dispose()
    disposeAll(weights)
    return { loss, gradNorm, values, sum: sums.reduce((total, each) => total + each, 0) }
  }

  it.skipIf(!isHere)('gives the loss and the gradients of the records one by one', async () => {
    const alone = await step(examples.map((each) => [each]))
    const together = await step([packed(examples, rowLength)])
    // Float32 sums in another order.
    expect(Math.abs(together.loss / alone.loss - 1)).toBeLessThan(2e-6)
    expect(Math.abs(together.sum / alone.sum - 1)).toBeLessThan(2e-6)
    expect(Math.abs(together.gradNorm / alone.gradNorm - 1)).toBeLessThan(2e-6)
    for (const [name, values] of alone.values) {
      const other = together.values.get(name) ?? []
      const apart = values.reduce((most, value, at) => Math.max(most, Math.abs(value - (other[at] ?? Number.NaN))), 0)
      expect(apart, name).toBeLessThan(5e-6)
    }
  })
})

type Logits = (rows: readonly Example[]) => Promise<readonly number[]>
const eagerLogits: Logits = async (rows) => {
  const weights = tinyWeights()
  const { rows: batch, ids, begins } = collate(rows, 264)
  const logits = scoped(() => {
    const input = tokenBatch({ batch, ids, paddedKeys: null, begins })
    return logitsOf(eagerOps, tinyDecoder(weights), hiddenStates(eagerOps, tinyDecoder(weights), input, null).hidden)
  })
  const values = [...(await toValues(logits))]
  logits.dispose()
  disposeAll(weights)
  return values
}
const plannedLogits = async (rows: readonly Example[], target: PlanTarget) => {
  const weights = tinyWeights()
  const { model, states } = plannedModel(tinyDecoder(weights), {}, new Set())
  const machine = await target.open(
    states.map(({ value }) => value),
    settings,
  )
  for (const { value, weight } of states) machine.write(value, await toValues(weight))
  const { rows: batch, length, ids, begins } = collate(rows, 264)
  const { positions } = tokenBatch({ batch, ids, paddedKeys: null, begins })
  const program = machine.program(logitsPlan(model, { rows: batch, tokens: length, packed: true }))
  const { value } = await program({ ids, positions, begins: begins ?? [] }, {})
  machine.dispose()
  disposeAll(weights)
  return [...(value ?? [])]
}

describe.each([
  ['eager', eagerLogits, true],
  ['by plan', (rows) => plannedLogits(rows, cpu), true],
  [gpuName, async (rows) => plannedLogits(rows, await onGpu()), nodeGpu !== null],
] satisfies readonly (readonly [string, Logits, boolean])[])('%s', (_name, logitsOfRows, isHere) => {
  it.skipIf(!isHere)('changing one record changes the logits of no other, not by a bit', async () => {
    const changed = examples.map((each, at) => (at === 1 ? { ...each, ids: [200, 201, 202, 203, 204, 205] } : each))
    const [before, after] = [packed(examples, rowLength), packed(changed, rowLength)]
    const [want, got] = [await logitsOfRows(before), await logitsOfRows(after)]
    const vocabulary = want.length / collate(before, 264).ids.length
    const ids = [before, after].map((rows) => collate(rows, 264).ids)
    const own = ids[0]?.flatMap((id, at) => (id === ids[1]?.[at] ? [] : [at])) ?? []
    const differing = new Set<number>()
    for (const [at, logit] of want.entries()) if (logit !== got[at]) differing.add(Math.floor(at / vocabulary))
    expect(differing.size).toBeGreaterThan(0)
    for (const place of differing) {
      expect(place).toBeGreaterThanOrEqual(own[0] ?? Number.NaN)
      expect(place).toBeLessThanOrEqual(own.at(-1) ?? Number.NaN)
    }
  })
})

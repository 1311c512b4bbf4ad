// The call table on every target that this machine has, software GPUs included.

import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { held, type Memory, runReference } from '../../../test/planReference.ts'
import { nodeGpu } from '../../../test/setup/webgpu.ts'
import { startBackend } from '../backends/start.ts'
import { deviceFailure, openDevice } from '../backends/webgpu.ts'
import { expectClose } from '../opTable/close.ts'
import { numbersFrom } from '../opTable/float64.ts'
import { fromHalves, halvesOf } from '../plan/bf16.ts'
import { planBuilder } from '../plan/builder.ts'
import { valuesWritten } from '../plan/calls.ts'
import type { PlanTarget } from '../plan/target.ts'
import type { Plan } from '../plan/training.ts'
import { type Dtype, elementsOf, rootOf, type Value } from '../plan/values.ts'
import { type CallRow, PART_BYTES } from './callRow.ts'
import { callRows } from './callTable.ts'
import { inlinedKernels } from './cpu/inlinedKernels.ts'
import { cpuTarget } from './cpu/machine.ts'
import { webGpuTarget } from './webgpu/machine.ts'

const update = { adam_beta1: 0.9, adam_beta2: 0.99, adam_epsilon: 1e-8, weight_decay: 0.1 }
const constants = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.1 }

if (nodeGpu === null && process.env.CI) throw new Error('the GPU target cannot be tested: no Vulkan driver gives an adapter')

/** A row's calls as a plan, with numbers for all that it begins with. */
function planOf(row: CallRow, partialSums: (elements: number) => number) {
  const build = planBuilder()
  const random = numbersFrom(11)
  const feeds: Record<string, readonly number[]> = {}
  const values: Record<string, Value> = {}
  const states = new Map<Value, Float32Array<ArrayBuffer>>()
  const state = (shape: readonly number[], dtype: Dtype, numberOf: () => number) => {
    const value = build.state(`state ${states.size}`, shape, dtype)
    const numbers = new Float32Array(elementsOf(value)).map(numberOf)
    states.set(value, dtype === 'bf16' ? fromHalves(halvesOf(numbers)) : numbers)
    return value
  }
  const calls = row.calls({
    state: (shape, dtype = 'f32', magnitude = 1) => state(shape, dtype, () => magnitude * (3 * random() - 1.5)),
    constant: (shape, number) => state(shape, 'f32', () => number),
    scratch: (shape) => build.scratch('scratch', shape),
    partialSums,
    feed: (numbers) => {
      const name = `feed ${Object.keys(feeds).length}`
      feeds[name] = numbers
      const value = build.feed(name, numbers.length)
      values[name] = value
      return value
    },
  })
  const plan: Plan = { calls, derived: [], feeds: values, results: {} }
  return { plan, states, feeds }
}

/** What a row writes on a target, and what it began with. */
async function run(row: CallRow, target: PlanTarget) {
  const { partialSums, dispose } = await target.open([], update)
  dispose()
  const { plan, states, feeds } = planOf(row, partialSums)
  const machine = await target.open([...states.keys()], update)
  for (const [value, numbers] of states) machine.write(value, numbers)
  await machine.program(plan)(feeds, row.scalars ?? {})
  const written = new Map<Value, Float32Array>()
  for (const value of new Set(plan.calls.flatMap(valuesWritten).map(rootOf)))
    if (value.kind === 'state') written.set(value, await machine.read(value))
  machine.dispose()
  return { plan, states, feeds, written }
}

async function comesClose(row: CallRow, target: PlanTarget): Promise<void> {
  const { plan, states, feeds, written } = await run(row, target)
  const memory: Memory = new Map()
  for (const [value, numbers] of states) held(memory, value).set(numbers)
  runReference(plan, memory, feeds, row.scalars ?? {}, constants)
  for (const [value, got] of written) expectClose([...got], [...held(memory, value)], row.tolerance ?? 1e-5, value.name)
}

const named = (some: readonly CallRow[]) => some.map((row) => [row.name, row] as const)
const rows = named(callRows)

describe('on the CPU', () => {
  it.each(rows)('%s', (_name, row) => comesClose(row, cpuTarget(inlinedKernels, 1)))
})

describe.skipIf(nodeGpu === null)('on the GPU', () => {
  beforeAll(async () => {
    await startBackend('webgpu', { wasmFiles: null, isolated: false })
  })
  afterEach(() => {
    expect(deviceFailure()).toBeNull()
  })

  const device = () => {
    const opened = openDevice()
    if (!opened) throw new Error('the device is open')
    return opened
  }

  it.each(rows)('%s', (_name, row) => comesClose(row, webGpuTarget(device())))

  it.each(named(callRows.filter(({ inParts }) => inParts)))('in parts: %s', (_name, row) =>
    comesClose(row, webGpuTarget(device(), PART_BYTES)),
  )

  const sums = callRows.filter(({ name }) => /^(scatterAdd|sumOfSquares|sumRows|total|rmsNorm|crossEntropy)/.test(name))
  it.each(named(sums))('the same bits each time: %s', async (_name, row) => {
    const [once, again] = [await run(row, webGpuTarget(device())), await run(row, webGpuTarget(device()))]
    expect([...again.written.values()]).toEqual([...once.written.values()])
  })
})

// Runs rows of the call table on a target, beside the definitions in float64.

import { expectClose } from '../src/engine/opTable/close.ts'
import { numbersFrom } from '../src/engine/opTable/float64.ts'
import { fromHalves, halvesOf } from '../src/engine/plan/bf16.ts'
import { planBuilder } from '../src/engine/plan/builder.ts'
import { valuesWritten } from '../src/engine/plan/calls.ts'
import type { PlanTarget } from '../src/engine/plan/target.ts'
import type { Plan } from '../src/engine/plan/training.ts'
import { type Dtype, elementsOf, rootOf, type Value } from '../src/engine/plan/values.ts'
import type { CallRow } from '../src/engine/targets/callRow.ts'
import { held, type Memory, runReference } from './planReference.ts'

const update = { adam_beta1: 0.9, adam_beta2: 0.99, adam_epsilon: 1e-8, weight_decay: 0.1 }
const constants = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.1 }

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
export async function runCallRow(row: CallRow, target: PlanTarget) {
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

/** Runs a row on a target and by the definitions, and expects the same numbers. */
export async function comesClose(row: CallRow, target: PlanTarget): Promise<void> {
  const { plan, states, feeds, written } = await runCallRow(row, target)
  const memory: Memory = new Map()
  for (const [value, numbers] of states) held(memory, value).set(numbers)
  runReference(plan, memory, feeds, row.scalars ?? {}, constants)
  for (const [value, got] of written) expectClose([...got], [...held(memory, value)], row.tolerance ?? 1e-5, value.name)
}

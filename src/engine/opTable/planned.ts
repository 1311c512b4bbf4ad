// The op table's cases by plan: a plan that computes one op and its gradients from a given gradient of the output, on every target.
// Each case runs with all its inputs trained, with each trained alone, and twice in one plan, whose gradients are then added up.
// Must not know: which ops there are, how a target computes.

import { describe, expect, it } from 'vitest'
import type { Ops } from '../ops.ts'
import { planBuilder } from '../plan/builder.ts'
import { planOps } from '../plan/ops.ts'
import type { Plan } from '../plan/training.ts'
import { elementsOf, type Value } from '../plan/values.ts'
import { expectClose } from './close.ts'
import { type Expected, expectedOf, expectGradient, type NamedMeaning, TOLERANCE } from './expected.ts'
import { planTargets, type TestedTarget } from './planTargets.ts'

export type PlannedCase = NamedMeaning & {
  apply: <T, I>(ops: Ops<T, I>, input: (name: string) => T, integers: (values: readonly number[]) => I) => T
}

/** What a plan's dropout goes by: it is said at each run, whatever the op was given. */
export const DROPOUT_SEED = 9

/** What gradients hold before they are written, or added to. */
const BEFORE = 0.75

/** @param isLoss whether the op begins the way back itself: its value and gradients are multiplied by the scalar `lossFactor` */
export function plannedTable(title: string, cases: readonly PlannedCase[], isLoss: boolean): void {
  describe('by plan', () => {
    for (const target of planTargets) {
      describe.skipIf(target.missing !== null)(
        target.missing ? `${target.name} (skipped: ${target.missing})` : target.name,
        () => {
          for (const row of cases) it(`${title}: ${row.name}`, () => checkCase(row, isLoss, target))
        },
      )
    }
  })
}

type States = { inputs: Record<string, Value>; gradients: Record<string, Value>; cotangent: Value }

function statesOf(row: PlannedCase, { cotangent }: Expected): States {
  const build = planBuilder()
  const named = (prefix: string) =>
    Object.fromEntries(
      Object.entries(row.inputs).map(([name, shape]): [string, Value] => [name, build.state(`${prefix}${name}`, shape)]),
    )
  return { inputs: named(''), gradients: named('d '), cotangent: build.state('cotangent', [cotangent.length]) }
}

async function checkCase(row: PlannedCase, isLoss: boolean, target: TestedTarget): Promise<void> {
  const expected = expectedOf(row)
  const states = statesOf(row, expected)
  const machine = await target.open([...Object.values(states.inputs), ...Object.values(states.gradients), states.cotangent])
  const names = Object.keys(row.inputs)
  const factor = isLoss ? (expected.cotangent[0] ?? Number.NaN) : 1

  const run = async (trained: readonly string[], times: 1 | 2) => {
    for (const [name, state] of Object.entries(states.inputs)) machine.write(state, expected.values[name] ?? [])
    for (const state of Object.values(states.gradients)) machine.write(state, new Float32Array(elementsOf(state)).fill(BEFORE))
    machine.write(states.cotangent, expected.cotangent)
    const { plan, feeds } = planOf(row, states, { trained, times, isLoss })
    const { value } = await machine.program(plan)(feeds, { lossFactor: factor, dropoutSeed: DROPOUT_SEED })
    const gradients: Record<string, number[]> = {}
    for (const [name, state] of Object.entries(states.gradients)) gradients[name] = [...(await machine.read(state))]
    return { value: [...(value ?? [])], gradients }
  }

  try {
    const whole = await run(names, 1)
    expectClose(
      whole.value,
      expected.value.map((value) => factor * value),
      TOLERANCE.forward,
      'value',
    )
    for (const name of names) expectGradient(whole.gradients[name] ?? [], expected, name)
    for (const name of names) {
      const { value, gradients } = await run([name], 1)
      expect(value, `value where only ${name} is trained`).toEqual(whole.value)
      for (const other of names) {
        const want = other === name ? whole.gradients[name] : gradients[other]?.map(() => BEFORE)
        expect(gradients[other], `gradient of ${other} where only ${name} is trained`).toEqual(want)
      }
    }
    expect((await run([], 1)).value, 'value where nothing is trained').toEqual(whole.value)
    const twice = await run(names, 2)
    for (const name of names) expectGradient(twice.gradients[name] ?? [], expected, name, (want) => BEFORE + 2 * want)
  } finally {
    machine.dispose()
  }
}

type Wanted = { trained: readonly string[]; times: 1 | 2; isLoss: boolean }

/** Where the op is there twice, on the same inputs, its gradients are added to what the states hold. */
function planOf(row: PlannedCase, states: States, { trained, times, isLoss }: Wanted) {
  const build = planBuilder()
  for (const name of trained) build.train(present(states.inputs, name), present(states.gradients, name), times === 2)
  const values: Record<string, Value> = {}
  const feeds: Record<string, readonly number[]> = {}
  const ops = planOps(build, { held: null, checkpointing: false })
  const once = () =>
    row.apply(
      ops,
      (name) => present(states.inputs, name),
      (numbers) => {
        const name = `integers ${Object.keys(feeds).length}`
        feeds[name] = numbers
        const feed = build.feed(name, numbers.length)
        values[name] = feed
        return feed
      },
    )
  const first = once()
  const value = times === 1 ? first : ops.add(first, once())
  if (!isLoss && build.isTracked(value)) {
    // A gradient that a rule may change, as those of a plan are.
    const dValue = build.scratch('d value', value.shape)
    const numbers = { size: elementsOf(value) }
    build.call({ kernel: 'copy', reads: { x: states.cotangent }, writes: { out: dValue }, numbers })
    build.passGradient(value, dValue)
  }
  build.backward()
  const plan: Plan = { calls: build.calls, derived: build.derived, feeds: values, results: { value } }
  return { plan, feeds }
}

function present(values: Readonly<Record<string, Value>>, name: string): Value {
  const value = values[name]
  if (value === undefined) throw new Error(`The case has no input called ${name}`)
  return value
}

// The op table: every op against its float64 definition, forward and backward, on every backend,
// and by plan on every target (planned.ts).
// An op's rows are in its own folder: a definition that is a few lines of mathematics, and shapes that are odd on purpose.
// The gradient of Σ output · cotangent, with random cotangents, is held against central differences of the definition.
// Must not know: how an op computes, which ops there are.

import * as tf from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { eagerOps } from '../eager.ts'
import { differentiable } from '../ops/differentiable.ts'
import type { Ops } from '../ops.ts'
import { fromValues, memoryHeld, scoped, type Tensor, toValues } from '../tensor.ts'
import { lossAndGradients } from '../training/gradients.ts'
import { onEveryBackend } from './backends.ts'
import { expectClose } from './close.ts'
import type { Meaning, Values } from './differences.ts'
import { expectedOf, expectGradient, type NamedMeaning, TOLERANCE } from './expected.ts'
import { type PlannedCase, plannedTable } from './planned.ts'

/** A case of an op of the interface, for any interpreter. */
export type OpCase = PlannedCase

/** A case of one body of an op, for what the interface does not show. */
export type BodyCase = NamedMeaning & { run: (input: (name: string) => Tensor) => Tensor }

/** Declares the tests of one op, eager and by plan. */
export function opTable(op: keyof Ops<Tensor>, cases: readonly OpCase[]): void {
  eagerTable(op, cases)
  plannedTable(op, cases, op === 'headLoss')
}

/** Declares the tests of one op by the eager interpreter alone, for what a plan does in another way. */
export function eagerTable(op: keyof Ops<Tensor>, cases: readonly OpCase[]): void {
  bodyTable(
    op,
    cases.map((row) => ({
      ...row,
      run: (input: (name: string) => Tensor) => row.apply(eagerOps, input, (values) => values),
    })),
  )
}

/** Declares the tests of one body. */
export function bodyTable(title: string, cases: readonly BodyCase[]): void {
  onEveryBackend(() => {
    for (const row of cases) it(`${title}: ${row.name}`, () => checkCase(row))
  })
}

async function checkCase(row: BodyCase): Promise<void> {
  const expected = expectedOf(row)
  const got = await computed(row, expected.values, expected.cotangent)
  expectClose(got.value, expected.value, TOLERANCE.forward, 'value')
  for (const name of Object.keys(row.inputs)) {
    const gradient = got.gradients[name] ?? []
    expectGradient(gradient, expected, name)
    expect(got.alone[name], `gradient of ${name} where the others are frozen`).toEqual(gradient)
  }
}

/** Value and gradients by the eager op under its tape, of all inputs together and of each alone; fails if a tensor is left over. */
async function computed(row: BodyCase, values: Values, cotangent: readonly number[]) {
  const before = memoryHeld()
  const inputs: Record<string, Tensor> = {}
  for (const [name, shape] of Object.entries(row.inputs)) inputs[name] = fromValues(Float32Array.from(values[name] ?? []), shape)
  const run = (from: Readonly<Record<string, Tensor>>) => row.run((name) => present(from[name], name))

  const value = scoped(() => run(inputs))
  const factors = fromValues(Float32Array.from(cotangent), value.shape)
  const { loss, gradients } = lossAndGradients(inputs, (parameters) => weightedBy(run(parameters), factors))
  const read = { value: [...(await toValues(value))], gradients: await valuesOf(gradients, row.inputs) }
  for (const tensor of [...Object.values(gradients), loss]) tensor.dispose()

  const alone: Record<string, number[]> = {}
  for (const [name, input] of Object.entries(inputs)) {
    const own = lossAndGradients({ [name]: input }, (parameters) => weightedBy(run({ ...inputs, ...parameters }), factors))
    Object.assign(alone, await valuesOf(own.gradients, row.inputs))
    for (const tensor of [...Object.values(own.gradients), own.loss]) tensor.dispose()
  }
  for (const tensor of [...Object.values(inputs), value, factors]) tensor.dispose()
  expect(memoryHeld(), 'tensors left over').toEqual(before)
  return { ...read, alone }
}

/** Σ x · factors, a scalar. */
function weightedBy(x: Tensor, factors: Tensor): Tensor {
  return differentiable([x], () => ({
    value: tf.sum(tf.mul(x, factors)),
    saved: [factors],
    gradients: (dLoss, [saved]) => (saved ? [tf.mul(saved, dLoss)] : []),
  }))
}

async function valuesOf(tensors: Readonly<Record<string, Tensor>>, shapes: Meaning['inputs']): Promise<Record<string, number[]>> {
  const values: Record<string, number[]> = {}
  for (const [name, tensor] of Object.entries(tensors)) {
    expect(tensor.shape, `shape of the gradient of ${name}`).toEqual(shapes[name])
    values[name] = [...(await toValues(tensor))]
  }
  return values
}

function present<T>(tensor: T | undefined, name: string): T {
  if (tensor === undefined) throw new Error(`The case has no input called ${name}`)
  return tensor
}

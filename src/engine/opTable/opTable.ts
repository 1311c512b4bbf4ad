// The op table: every op against its float64 definition, forward and backward, on every backend.
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
import { centralDifference, defined, type Meaning, sampledElements, type Values } from './differences.ts'
import { numbersFrom, spread } from './float64.ts'

/** The inputs are those that have a gradient; their values are made from a seed. */
type NamedMeaning = Meaning & {
  /** What is odd about it. */
  name: string
  /** Elements of an input that get no gradient, whatever the definition says. */
  withoutGradient?: Readonly<Record<string, (element: number) => boolean>>
}

/** A case of an op of the interface, for any interpreter. */
export type OpCase = NamedMeaning & { apply: <T>(ops: Ops<T>, input: (name: string) => T) => T }

/** A case of one body of an op, for what the interface does not show. */
export type BodyCase = NamedMeaning & { run: (input: (name: string) => Tensor) => Tensor }

/**
 * Errors are measured against the largest number of the tensor compared. Float32 rounds by 6e-8, and a sum of 300 terms of either sign
 * loses about √300 of that, 1e-6; WGSL lets an exponential be 3 + 2·|x| units off, 1e-6 for |x| ≤ 7; gradients chain two or three of these.
 * Seen on cpu, wasm, lavapipe and SwiftShader: a quarter of it at most.
 */
const TOLERANCE = { forward: 2e-6, gradient: 4e-6 }

/** Declares the tests of one op. */
export function opTable(op: keyof Ops<Tensor>, cases: readonly OpCase[]): void {
  bodyTable(
    op,
    cases.map((row) => ({ ...row, run: (input: (name: string) => Tensor) => row.apply(eagerOps, input) })),
  )
}

/** Declares the tests of one body. */
export function bodyTable(title: string, cases: readonly BodyCase[]): void {
  onEveryBackend(() => {
    for (const row of cases) it(`${title}: ${row.name}`, () => checkCase(row))
  })
}

async function checkCase(row: BodyCase): Promise<void> {
  const random = numbersFrom(row.name.length + Object.values(row.inputs).flat().length)
  const values: Record<string, number[]> = {}
  for (const [name, shape] of Object.entries(row.inputs))
    values[name] = spread(
      shape.reduce((a, b) => a * b, 1),
      random,
    )
  const want = defined(row, values)
  const cotangent = spread(want.length, random)

  const got = await computed(row, values, cotangent)
  expectClose(got.value, want, TOLERANCE.forward, 'value')
  for (const [name, elements] of Object.entries(values)) {
    const gradient = got.gradients[name] ?? []
    expect(gradient.length, `gradient of ${name}`).toBe(elements.length)
    const sampled = sampledElements(elements.length, random)
    const differences = sampled.map((at) =>
      row.withoutGradient?.[name]?.(at) ? 0 : centralDifference(row, values, cotangent, name, at),
    )
    const found = sampled.map((at) => gradient[at] ?? Number.NaN)
    expectClose(found, differences, TOLERANCE.gradient, `gradient of ${name}`)
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

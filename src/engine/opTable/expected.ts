// What a case of the op table should give: its inputs' numbers, its value in float64, and its gradients by central differences.
// Must not know: tensors, plans, which ops there are.

import { expect } from 'vitest'
import { expectClose } from './close.ts'
import { centralDifference, defined, type Meaning, sampledElements, type Values } from './differences.ts'
import { numbersFrom, spread } from './float64.ts'

/** The inputs are those that have a gradient; their values are made from a seed. */
export type NamedMeaning = Meaning & {
  /** What is odd about it. */
  name: string
  /** Elements of an input that get no gradient, whatever the definition says. */
  withoutGradient?: Readonly<Record<string, (element: number) => boolean>>
}

/**
 * Errors are measured against the largest number of the tensor compared. Float32 rounds by 6e-8, and a sum of 300 terms of either sign
 * loses about √300 of that, 1e-6; WGSL lets an exponential be 3 + 2·|x| units off, 1e-6 for |x| ≤ 7; gradients chain two or three of these.
 * Seen on cpu, wasm, lavapipe and SwiftShader: a quarter of it at most.
 */
export const TOLERANCE = { forward: 2e-6, gradient: 4e-6 }

export type Expected = {
  values: Values
  /** What the output is multiplied with, element by element, before it is summed to a loss. */
  cotangent: readonly number[]
  value: readonly number[]
  /** Of each input: some elements, and what their gradient is. */
  gradients: Readonly<Record<string, { sampled: readonly number[]; want: readonly number[] }>>
}

export function expectedOf(row: NamedMeaning): Expected {
  const random = numbersFrom(row.name.length + Object.values(row.inputs).flat().length)
  const values: Record<string, number[]> = {}
  for (const [name, shape] of Object.entries(row.inputs))
    values[name] = spread(
      shape.reduce((a, b) => a * b, 1),
      random,
    )
  const value = defined(row, values)
  const cotangent = spread(value.length, random)
  const gradients: Record<string, { sampled: number[]; want: number[] }> = {}
  for (const [name, elements] of Object.entries(values)) {
    const sampled = sampledElements(elements.length, random)
    const want = sampled.map((at) =>
      row.withoutGradient?.[name]?.(at) ? 0 : centralDifference(row, values, cotangent, name, at),
    )
    gradients[name] = { sampled, want }
  }
  return { values, cotangent, value, gradients }
}

/** @param change what became of each expected gradient, by its element */
export function expectGradient(
  got: readonly number[],
  { values, gradients }: Expected,
  name: string,
  change: (want: number, element: number) => number = (want) => want,
): void {
  expect(got.length, `gradient of ${name}`).toBe(values[name]?.length)
  const { sampled = [], want = [] } = gradients[name] ?? {}
  const found = sampled.map((at) => got[at] ?? Number.NaN)
  expectClose(
    found,
    want.map((own, place) => change(own, sampled[place] ?? 0)),
    TOLERANCE.gradient,
    `gradient of ${name}`,
  )
}

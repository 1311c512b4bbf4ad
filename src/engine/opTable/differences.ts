// Gradients of a definition in float64, by central differences: what the gradients of ops and of kernels are held against.
// Must not know: tensors, devices, how anything computes its gradient.

import { inRows, type Rows, range } from './float64.ts'

/** What is differentiated: input rows to output rows, and the inputs' shapes by name. */
export type Meaning = {
  inputs: Readonly<Record<string, readonly number[]>>
  definition: (input: (name: string) => Rows) => Rows
}

/** Elements of each input, row by row. */
export type Values = Readonly<Record<string, readonly number[]>>

/** Half the width of a central difference. Its own error is about width² ≈ 1e-8, and 1e-12 from rounding. */
const WIDTH = 1e-4

/** Of an input, so many elements have their gradient checked; all of them where there are fewer. */
const SAMPLES = 40

/** The definition's outputs in one row. */
export function defined({ inputs, definition }: Meaning, values: Values): number[] {
  return definition((name) => inRows([...(values[name] ?? [])], inputs[name]?.at(-1) ?? 1)).flat()
}

/** ∂(Σ output · cotangent) ÷ ∂(one element of one input): (L(x + w) − L(x − w)) ÷ 2w. */
export function centralDifference(
  meaning: Meaning,
  values: Values,
  cotangent: readonly number[],
  name: string,
  at: number,
): number {
  const lossAt = (shift: number) => {
    const moved = values[name]?.map((value, index) => (index === at ? value + shift : value)) ?? []
    return defined(meaning, { ...values, [name]: moved }).reduce(
      (total, value, index) => total + value * (cotangent[index] ?? 0),
      0,
    )
  }
  return (lossAt(WIDTH) - lossAt(-WIDTH)) / (2 * WIDTH)
}

/** Which elements of an input of so many to check. */
export function sampledElements(count: number, random: () => number): number[] {
  return count <= SAMPLES ? range(count) : range(SAMPLES).map(() => Math.floor(random() * count))
}

// The kernel table: every CPU kernel against its float64 definition, in both binaries, over shapes that are odd on purpose.
// Then the same work is cut at random, with the tensors in another order, and must give the same bits.
// Must not know: which kernels there are, how one computes.

import '../../../../test/setup/relaxedSimd.ts'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../opTable/close.ts'
import { centralDifference, sampledElements, type Values } from '../../opTable/differences.ts'
import { inRows, numbersFrom, type Rows, range, spread } from '../../opTable/float64.ts'
import type { Address, KernelCall } from './call.ts'
import { inlinedKernels } from './inlinedKernels.ts'
import { asBf16, bitsOf, fillMemory, type KernelTensors, layOutMemory, writtenOutside } from './kernelMemory.ts'
import { compileKernels, hasRelaxedSimd, type Kernels, loadKernels, sharedMemory } from './kernels.ts'

export type KernelCase = KernelTensors & {
  /** What is odd about it. */
  name: string
  /** Values of inputs that are not to be made from a seed. */
  given?: Readonly<Record<string, readonly number[]>>
  calls: (at: (name: string) => Address) => readonly KernelCall[]
  /** What tensors hold afterwards, in float64. */
  want?: (input: (name: string) => Rows) => Readonly<Record<string, Rows>>
  /** Tensors that hold gradients afterwards. */
  gradients?: {
    definition: (input: (name: string) => Rows) => Rows
    /** The input that is the gradient of the definition's output. */
    cotangent: string
    /** From a tensor to the input whose gradient it is; what it held before is added to where it is an input itself. */
    of: Readonly<Record<string, string>>
  }
  /** Of the largest number of the tensor. */
  tolerance?: number
}

/** As in the op table: float32 rounds by 6e-8, sums of some hundred terms lose ten times that, gradients chain two or three of these. */
const TOLERANCE = { forward: 2e-6, gradient: 4e-6 }

/** Declares the tests of kernels. */
export function kernelTable(title: string, cases: readonly KernelCase[]): void {
  for (const binary of ['plain', 'relaxed'] as const) {
    const isMissing = binary === 'relaxed' && !hasRelaxedSimd()
    describe.skipIf(isMissing)(isMissing ? 'relaxed (skipped: this Node has no relaxed SIMD)' : binary, () => {
      for (const row of cases) {
        it(`${title}: ${row.name}`, async () => {
          const memory = sharedMemory(layOutMemory(row, 0).end, 2 ** 28)
          const kernels = await loadKernels(memory, await moduleOf(binary))
          checkCase(row, kernels, memory)
        })
      }
    })
  }
}

const modules: Partial<Record<'plain' | 'relaxed', Promise<WebAssembly.Module>>> = {}
function moduleOf(binary: 'plain' | 'relaxed'): Promise<WebAssembly.Module> {
  modules[binary] ??= compileKernels(inlinedKernels, binary === 'relaxed')
  return modules[binary]
}

/** The float32 numbers that a case starts from. */
function valuesOf(row: KernelCase, random: () => number): Values {
  const values: Record<string, readonly number[]> = {}
  for (const [name, shape] of Object.entries(row.inputs)) {
    const elements = shape.reduce((a, b) => a * b, 1)
    const made = row.given?.[name]?.map(Math.fround) ?? spread(elements, random)
    values[name] = row.bf16?.includes(name) ? made.map(asBf16) : made
  }
  return values
}

type Cut = (units: number) => readonly (readonly [from: number, to: number])[]

type Run = { memory: WebAssembly.Memory; kernels: Kernels; values: Values }

/** Runs the case with its tensors as they lie in this turn; returns each tensor's bits. Fails if anything but tensors and scratch was written. */
function run(row: KernelCase, { memory, kernels, values }: Run, turn: number, cut: Cut) {
  const layout = layOutMemory(row, turn)
  fillMemory(memory, layout, row, values)
  const at = (name: string) => layout.places.find((place) => place.name === name)?.address ?? Number.NaN
  for (const { kernel, units, args } of row.calls(at)) {
    expect(args.length + 3, `arguments of ${kernel}`).toBe(kernels[kernel].length)
    for (const [part, [from, to]] of cut(units).entries()) kernels[kernel](from, to, layout.scratches[part % 2] ?? 0, ...args)
  }
  expect(writtenOutside(memory, layout), 'addresses written outside of tensors').toEqual([])
  return bitsOf(memory, layout)
}

const floats = (bits: readonly number[]) => [...new Float32Array(Uint32Array.from(bits).buffer)]

function checkCase(row: KernelCase, kernels: Kernels, memory: WebAssembly.Memory): void {
  const random = numbersFrom(row.name.length + Object.values(row.inputs).flat().length)
  const values = valuesOf(row, random)
  const whole = run(row, { memory, kernels, values }, 0, (units) => [[0, units]])
  const rowsOf = (name: string) => inRows([...(values[name] ?? [])], row.inputs[name]?.at(-1) ?? 1)

  for (const [name, want] of Object.entries(row.want?.(rowsOf) ?? {}))
    expectClose(floats(whole[name] ?? []), want.flat(), row.tolerance ?? TOLERANCE.forward, name)
  if (row.gradients) checkGradients(row, row.gradients, values, whole, random)
  for (const round of range(Math.max(3, layOutMemory(row, 0).places.length)))
    expect(run(row, { memory, kernels, values }, round + 1, randomCut(random)), `bits in cut ${round}`).toEqual(whole)
}

function checkGradients(
  row: KernelCase,
  { definition, cotangent, of }: NonNullable<KernelCase['gradients']>,
  values: Values,
  bits: Readonly<Record<string, readonly number[]>>,
  random: () => number,
): void {
  for (const [name, input] of Object.entries(of)) {
    const got = floats(bits[name] ?? [])
    const places = sampledElements(got.length, random)
    const meaning = { inputs: row.inputs, definition }
    const want = places.map(
      (at) => centralDifference(meaning, values, values[cotangent] ?? [], input, at) + (values[name]?.[at] ?? 0),
    )
    const found = places.map((at) => got[at] ?? Number.NaN)
    expectClose(found, want, row.tolerance ?? TOLERANCE.gradient, name)
  }
}

/** Pieces of any size, in any order. */
function randomCut(random: () => number): Cut {
  return (units) => {
    const edges = [0, units, ...range(4).map(() => Math.floor(random() * (units + 1)))].sort((a, b) => a - b)
    const pieces = edges.slice(1).map((to, at) => [edges[at] ?? 0, to] as const)
    return pieces
      .map((piece) => ({ piece, place: random() }))
      .sort((a, b) => a.place - b.place)
      .map(({ piece }) => piece)
  }
}

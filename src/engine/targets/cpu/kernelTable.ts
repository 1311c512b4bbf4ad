// The kernel table: every CPU kernel against its float64 definition, in both binaries, over shapes that are odd on purpose.
// What is around the tensors, what scratch holds and what outputs start as is NaN: a kernel that reads what it may not says so,
// and one that writes where it may not is caught. Then the same work is cut at random and must give the same bits.
// Must not know: which kernels there are, how one computes.

import '../../../../test/setup/relaxedSimd.ts'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../opTable/close.ts'
import { centralDifference, sampledElements, type Values } from '../../opTable/differences.ts'
import { inRows, numbersFrom, type Rows, range, spread } from '../../opTable/float64.ts'
import type { Address, KernelCall } from './call.ts'
import { inlinedKernels } from './inlinedKernels.ts'
import {
  ALIGNMENT_BYTES,
  compileKernels,
  hasRelaxedSimd,
  type Kernels,
  loadKernels,
  READ_AHEAD_BYTES,
  RESERVED_BYTES,
  SCRATCH_BYTES,
  sharedMemory,
} from './kernels.ts'

type Shapes = Readonly<Record<string, readonly number[]>>

export type KernelCase = {
  /** What is odd about it. */
  name: string
  /** Tensors that are there before, by name; the values are made from a seed. */
  inputs: Shapes
  /** Values that are said instead: of float32 tensors, and of tensors of 32-bit integers. */
  given?: Readonly<Record<string, readonly number[]>>
  integers?: Readonly<Record<string, readonly number[]>>
  /** Inputs that lie in memory as bf16; their values are rounded to it. */
  bf16?: readonly string[]
  /** Tensors that hold nothing before. */
  outputs?: Shapes
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

/** A quiet NaN that says where it came from. */
const NOTHING = 0x7fc0_0bad

/** Declares the tests of kernels. */
export function kernelTable(title: string, cases: readonly KernelCase[]): void {
  for (const binary of ['plain', 'relaxed'] as const) {
    const isMissing = binary === 'relaxed' && !hasRelaxedSimd()
    describe.skipIf(isMissing)(isMissing ? 'relaxed (skipped: this Node has no relaxed SIMD)' : binary, () => {
      for (const row of cases) {
        it(`${title}: ${row.name}`, async () => {
          const memory = sharedMemory(RESERVED_BYTES + bytesOf(row), 2 ** 28)
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

type Place = { address: Address; size: number; kind: 'f32' | 'bf16' | 'i32' }

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1)
const bytesOfPlace = ({ size, kind }: Place) => (kind === 'bf16' ? 2 : 4) * size

/** Tensors one behind the other with room between them, then two scratches. */
function placesOf(row: KernelCase): { places: Record<string, Place>; scratches: [Address, Address]; end: Address } {
  const places: Record<string, Place> = {}
  let end = RESERVED_BYTES
  const reserve = (bytes: number) => {
    end += READ_AHEAD_BYTES
    const address = end
    end += Math.ceil(bytes / ALIGNMENT_BYTES) * ALIGNMENT_BYTES
    return address
  }
  const place = (name: string, size: number, kind: Place['kind']) => {
    places[name] = { address: reserve((kind === 'bf16' ? 2 : 4) * size), size, kind }
  }
  for (const [name, shape] of Object.entries({ ...row.inputs, ...row.outputs }))
    place(name, sizeOf(shape), row.bf16?.includes(name) ? 'bf16' : 'f32')
  for (const [name, values] of Object.entries(row.integers ?? {})) place(name, values.length, 'i32')
  return { places, scratches: [reserve(SCRATCH_BYTES), reserve(SCRATCH_BYTES)], end: reserve(0) }
}

const bytesOf = (row: KernelCase) => placesOf(row).end

/** The float32 numbers that a case starts from. */
function valuesOf(row: KernelCase, random: () => number): Values {
  const values: Record<string, readonly number[]> = {}
  for (const [name, shape] of Object.entries(row.inputs)) {
    const made = row.given?.[name]?.map(Math.fround) ?? spread(sizeOf(shape), random)
    values[name] = row.bf16?.includes(name) ? made.map((value) => widened(narrowed(value))) : made
  }
  return values
}

/** The upper half of a float32's bits, and back; what is cut off is not rounded, any bf16 number does for a test. */
const narrowed = (value: number) => (new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0) >>> 16
const widened = (bits: number) => new Float32Array(Uint32Array.of(bits << 16).buffer)[0] ?? 0

function fillMemory(memory: WebAssembly.Memory, row: KernelCase, values: Values): void {
  const { places, end } = placesOf(row)
  new Uint32Array(memory.buffer, RESERVED_BYTES, (end - RESERVED_BYTES) / 4).fill(NOTHING)
  for (const [name, { address, size, kind }] of Object.entries(places)) {
    const own = values[name]
    if (kind === 'i32') new Int32Array(memory.buffer, address, size).set(row.integers?.[name] ?? [])
    else if (own && kind === 'bf16') new Uint16Array(memory.buffer, address, size).set(own.map(narrowed))
    else if (own) new Float32Array(memory.buffer, address, size).set(own)
  }
}

type Cut = (units: number) => readonly (readonly [from: number, to: number])[]

/** Runs the case; returns each tensor's bits. Fails if anything but tensors and scratch was written. */
function run(row: KernelCase, kernels: Kernels, memory: WebAssembly.Memory, values: Values, cut: Cut) {
  fillMemory(memory, row, values)
  const { places, scratches, end } = placesOf(row)
  const at = (name: string) => places[name]?.address ?? Number.NaN
  for (const { kernel, units, args } of row.calls(at)) {
    expect(args.length + 3, `arguments of ${kernel}`).toBe(kernels[kernel].length)
    for (const [part, [from, to]] of cut(units).entries()) kernels[kernel](from, to, scratches[part % 2] ?? 0, ...args)
  }
  const bits: Record<string, number[]> = {}
  const covered = [
    ...Object.values(places).map((place) => ({ from: place.address, to: place.address + bytesOfPlace(place) })),
    ...scratches.map((address) => ({ from: address, to: address + SCRATCH_BYTES })),
  ]
  let checked = RESERVED_BYTES
  for (const { from, to } of [...covered, { from: end, to: end }]) {
    // A tensor of bf16 may end in the middle of a word.
    const between = new Uint32Array(memory.buffer, checked, Math.max(0, (from - checked) / 4))
    expect(
      between.every((word) => word === NOTHING),
      `written between ${checked} and ${from}`,
    ).toBe(true)
    checked = Math.ceil(to / 4) * 4
  }
  for (const [name, { address, size, kind }] of Object.entries(places))
    if (kind === 'f32') bits[name] = [...new Uint32Array(memory.buffer, address, size)]
  return bits
}

const floats = (bits: readonly number[]) => [...new Float32Array(Uint32Array.from(bits).buffer)]

function checkCase(row: KernelCase, kernels: Kernels, memory: WebAssembly.Memory): void {
  const random = numbersFrom(row.name.length + Object.values(row.inputs).flat().length)
  const values = valuesOf(row, random)
  const whole = run(row, kernels, memory, values, (units) => [[0, units]])
  const rowsOf = (name: string) => inRows([...(values[name] ?? [])], row.inputs[name]?.at(-1) ?? 1)

  for (const [name, want] of Object.entries(row.want?.(rowsOf) ?? {}))
    expectClose(floats(whole[name] ?? []), want.flat(), row.tolerance ?? TOLERANCE.forward, name)
  if (row.gradients) checkGradients(row, row.gradients, values, whole, random)
  for (const round of range(3))
    expect(run(row, kernels, memory, values, randomCut(random)), `bits in cut ${round}`).toEqual(whole)
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

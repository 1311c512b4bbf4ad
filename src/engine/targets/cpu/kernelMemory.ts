// The memory that a row of the kernel table runs in. Around tensors, in scratch and in outputs lie NaNs, so that a kernel that reads
// what it may not computes one; what was not to be written is compared afterwards; and one tensor ends at the end of the memory,
// each in its turn, so that reading too far behind a tensor is out of bounds.
// Must not know: kernels, what is computed.

import type { Values } from '../../opTable/differences.ts'
import type { Address } from './call.ts'
import { ALIGNMENT_BYTES, READ_AHEAD_BYTES, RESERVED_BYTES, SCRATCH_BYTES } from './kernels.ts'

/** The tensors of a row: float32 unless they are called bf16, those that are there before and those that hold nothing, and 32-bit integers. */
export type KernelTensors = {
  inputs: Readonly<Record<string, readonly number[]>>
  outputs?: Readonly<Record<string, readonly number[]>>
  integers?: Readonly<Record<string, readonly number[]>>
  bf16?: readonly string[]
}

type Place = { name: string; kind: 'f32' | 'bf16' | 'i32'; address: Address; elements: number; bytes: number }

export type KernelMemory = {
  places: readonly Place[]
  scratches: readonly [Address, Address]
  /** The first byte that is not the memory's. */
  end: Address
}

const PAGE_BYTES = 65_536

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1)

function placesOf({ inputs, outputs = {}, integers = {}, bf16 = [] }: KernelTensors): Place[] {
  const place = (name: string, kind: Place['kind'], elements: number): Place => ({
    name,
    kind,
    address: 0,
    elements,
    bytes: (kind === 'bf16' ? 2 : 4) * elements,
  })
  return [
    ...Object.entries({ ...inputs, ...outputs }).map(([name, shape]) =>
      place(name, bf16.includes(name) ? 'bf16' : 'f32', sizeOf(shape)),
    ),
    ...Object.entries(integers).map(([name, values]) => place(name, 'i32', values.length)),
  ]
}

const roomFor = (bytes: number) => Math.ceil(bytes / ALIGNMENT_BYTES) * ALIGNMENT_BYTES + READ_AHEAD_BYTES

/** Two scratches, then the tensors, another one last each turn, as near to the end of the memory as they may be. */
export function layOutMemory(tensors: KernelTensors, turn: number): KernelMemory {
  const places = placesOf(tensors)
  const first = turn % Math.max(1, places.length)
  const inTurn = [...places.slice(first), ...places.slice(0, first)]
  const scratch = RESERVED_BYTES + READ_AHEAD_BYTES
  const needed = inTurn.reduce((bytes, place) => bytes + roomFor(place.bytes), 0)
  const end = Math.ceil((scratch + 2 * roomFor(SCRATCH_BYTES) + needed) / PAGE_BYTES) * PAGE_BYTES
  let address = end - needed
  const placed = inTurn.map((place) => {
    const own = { ...place, address }
    address += roomFor(place.bytes)
    return own
  })
  return { places: placed, scratches: [scratch, scratch + roomFor(SCRATCH_BYTES)], end }
}

/**
 * Words that nobody wrote: as float32, and as two bf16, NaNs. They signal, so what is computed from one is another NaN,
 * and each differs from its neighbours, so that a copy is found out too.
 */
const nothing = (word: number) => ((0x7f81 + (word % 61)) << 16) | (0x7fc1 + (Math.floor(word / 61) % 61))

let nothings = new Uint32Array(0)

/** So many words of nothing. */
function blank(words: number): Uint32Array {
  if (nothings.length < words) nothings = Uint32Array.from({ length: words }, (_, word) => nothing(word))
  return nothings.subarray(0, words)
}

const wordAt = (address: Address) => (address - RESERVED_BYTES) / 4

/** Puts the inputs where they belong, and nothing everywhere else. */
export function fillMemory(memory: WebAssembly.Memory, layout: KernelMemory, tensors: KernelTensors, values: Values): void {
  new Uint32Array(memory.buffer, RESERVED_BYTES).set(blank(wordAt(layout.end)))
  for (const { name, kind, address, elements } of layout.places) {
    const own = values[name]
    if (kind === 'i32') new Int32Array(memory.buffer, address, elements).set(tensors.integers?.[name] ?? [])
    else if (own && kind === 'bf16') new Uint16Array(memory.buffer, address, elements).set(own.map(narrowed))
    else if (own) new Float32Array(memory.buffer, address, elements).set(own)
  }
}

/** Addresses of words outside of tensors and scratches that are no longer what they were. */
export function writtenOutside(memory: WebAssembly.Memory, { places, scratches, end }: KernelMemory): Address[] {
  const own = [...scratches.map((address) => ({ address, bytes: SCRATCH_BYTES })), ...places]
  const written: Address[] = []
  let from = RESERVED_BYTES
  for (const { address, bytes } of [...own, { address: end, bytes: 0 }]) {
    const before = blank(wordAt(end)).subarray(wordAt(from), wordAt(address))
    const now = new Uint32Array(memory.buffer, from, before.length)
    now.forEach((word, at) => {
      if (word !== before[at]) written.push(from + 4 * at)
    })
    // A tensor of bf16 may end in the middle of a word.
    from = address + Math.ceil(bytes / 4) * 4
  }
  return written
}

/** The bits of each float32 tensor. */
export function bitsOf(memory: WebAssembly.Memory, { places }: KernelMemory): Record<string, readonly number[]> {
  const floats = places.filter(({ kind }) => kind === 'f32').sort((a, b) => a.name.localeCompare(b.name))
  return Object.fromEntries(
    floats.map(({ name, address, elements }) => [name, [...new Uint32Array(memory.buffer, address, elements)]]),
  )
}

/** The nearest bf16 number below, in the upper half of a float32's bits: any bf16 number does for a test. */
const narrowed = (value: number) => (new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0) >>> 16

/** A number that bf16 holds, near to this one. */
export const asBf16 = (value: number): number => new Float32Array(Uint32Array.of(narrowed(value) << 16).buffer)[0] ?? Number.NaN

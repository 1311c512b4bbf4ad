// The states of a machine, a buffer each; one that is larger than a binding may be is held in parts, each some of its rows.
// Must not know: plans.

import { bytesOfElement, elementsOf, type Value } from '../../plan/values.ts'
import { OFFSET_BYTES, type Place } from './dispatch.ts'
import { stateBytes } from './layout.ts'

/** The rows [from, from + rows) of a value. */
export type Part = { place: Place; from: number; rows: number }

export type States = {
  /** The parts of a state, in order; most have one. */
  partsOf: (state: Value) => readonly Part[]
  has: (state: Value) => boolean
  bytes: () => number
  /** Gives the buffers of some back. */
  release: (states: readonly Value[]) => void
  destroy: () => void
}

/** Both, those of `first` asked first; what is freed is freed of that alone. */
export function joinedStates(first: States, second: States): States {
  return {
    ...first,
    partsOf: (state) => (first.has(state) ? first : second).partsOf(state),
    has: (state) => first.has(state) || second.has(state),
    bytes: () => first.bytes() + second.bytes(),
  }
}

/**
 * Rejects with a RangeError where the memory cannot be had; then nothing is held.
 * @param bindingBytes the most that a binding may have
 */
export async function openStates(device: GPUDevice, states: readonly Value[], bindingBytes: number): Promise<States> {
  // Before any buffer is made: a state may have rows that no binding holds.
  const cuts = states.map((state) => ({ state, cut: cut(state, bindingBytes) }))
  device.pushErrorScope('out-of-memory')
  const made = statesIn(device, cuts)
  const refused = await device.popErrorScope()
  if (refused === null) return made
  made.destroy()
  throw new RangeError(refused.message)
}

function statesIn(device: GPUDevice, states: readonly { state: Value; cut: readonly Cut[] }[]): States {
  const parts = new Map<Value, Part[]>()
  for (const { state, cut } of states) {
    const own = cut.map(({ from, rows, bytes }): Part => {
      const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST
      const buffer = device.createBuffer({ label: state.name, size: bytes, usage })
      return { place: { buffer, offset: 0, bytes }, from, rows }
    })
    parts.set(state, own)
  }
  return {
    partsOf: (state) => {
      const own = parts.get(state)
      if (!own) throw new Error(`the machine has no state ${state.name}`)
      return own
    },
    has: (state) => parts.has(state),
    bytes: () => [...parts.values()].flat().reduce((sum, { place }) => sum + place.bytes, 0),
    release: (gone) => {
      for (const state of gone) {
        for (const { place } of parts.get(state) ?? []) place.buffer?.destroy()
        parts.delete(state)
      }
    },
    destroy: () => {
      for (const { place } of [...parts.values()].flat()) place.buffer?.destroy()
      parts.clear()
    },
  }
}

type Cut = { from: number; rows: number; bytes: number }

/** Parts of as many rows as a binding holds, multiples of the rows that end on a binding's offset, so that rows stay whole words. */
function cut(state: Value, bindingBytes: number): Cut[] {
  const whole = { from: 0, rows: state.shape[0] ?? 1, bytes: stateBytes(state) }
  if (whole.bytes <= bindingBytes) return [whole]
  const [rows = 1] = state.shape
  const rowBytes = (elementsOf(state) / rows) * bytesOfElement(state)
  const step = Math.floor(bindingBytes / rowBytes / OFFSET_BYTES) * OFFSET_BYTES || Math.floor(bindingBytes / rowBytes / 2) * 2
  if (step === 0)
    throw new RangeError(`a row of ${state.name} has ${rowBytes} bytes, more than a binding of ${bindingBytes} holds`)
  const parts: Cut[] = []
  for (let from = 0; from < rows; from += step) {
    const own = Math.min(step, rows - from)
    parts.push({ from, rows: own, bytes: Math.ceil((own * rowBytes) / 4) * 4 })
  }
  return parts
}

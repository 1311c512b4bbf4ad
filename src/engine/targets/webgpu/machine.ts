// The WebGPU target: plans as lists of dispatches on TensorFlow.js' own device. Pipelines, bind groups and uniforms are made once a program;
// a run writes its feeds, encodes the dispatches and submits them.
// Must not know: models, what a plan is for.

import { isSoftware, throwIfDeviceFailed } from '../../backends/webgpu.ts'
import type { WorkgroupBytes } from '../../ops/attention/gpu/dispatches.ts'
import { type KernelChoices, untriedChoices } from '../../ops/linear/products/choices.ts'
import { fromHalves, halvesOf } from '../../plan/bf16.ts'
import type { PlanMachine, PlanTarget, UpdateSettings } from '../../plan/target.ts'
import { bytesOfElement, type Value } from '../../plan/values.ts'
import type { Piece } from '../../weight.ts'
import { openArena } from './arena.ts'
import { webGpuSizes } from './layout.ts'
import { pacerOf } from './pacing.ts'
import { type GpuMachine, programOf } from './program.ts'
import { readBytes } from './readBack.ts'
import { joinedStates, openStates, type States } from './states.ts'

/** Partial sums come in rows of these, so that each parameter's begin where a binding may. */
const PARTIALS = 64

/** What a target takes as the device has it unless said. */
type TargetOptions = {
  /** The most that a binding may have; larger states are held in parts. */
  bindingBytes?: number
  /** Which kernels a trial on this device found to be the fast ones. */
  choices?: KernelChoices
  attentionBytes?: WorkgroupBytes
}

export function webGpuTarget(
  device: GPUDevice,
  {
    bindingBytes = device.limits.maxStorageBufferBindingSize,
    choices = untriedChoices(device),
    attentionBytes = attentionBytesOf(device),
  }: TargetOptions = {},
): PlanTarget {
  return {
    open: (states, settings) => open({ device, bindingBytes, choices, attentionBytes }, states, settings),
    ...webGpuSizes({ maxBufferSize: device.limits.maxBufferSize, maxStorageBufferBindingSize: bindingBytes }, choices),
    answersLate: true,
    chosen: choices.products,
  }
}

/** Barriers are slow where a CPU stands in for the GPU. */
const attentionBytesOf = ({ adapterInfo, limits }: GPUDevice): WorkgroupBytes =>
  isSoftware(adapterInfo) ? 0 : limits.maxComputeWorkgroupStorageSize

type Options = { device: GPUDevice } & Required<TargetOptions>

async function open(options: Options, states: readonly Value[], settings: UpdateSettings): Promise<PlanMachine> {
  const { device, bindingBytes, choices, attentionBytes } = options
  const arena = openArena(device)
  try {
    const held = await openStates(device, states, bindingBytes)
    const pacer = pacerOf(() => device.queue.onSubmittedWorkDone())
    const compute = { choices, attentionBytes, pacer, counted: { dispatches: 0 } }
    const machine: GpuMachine = { device, ...compute, states: held, arena, settings, queue: Promise.resolve(), owned: [] }
    const own = machineOn(options, machine, held)
    return {
      ...own,
      dispose: () => {
        own.dispose()
        arena.destroy()
      },
    }
  } catch (error) {
    arena.destroy()
    throw error
  }
}

/** What one that computes on the device has of it. @param own the states that go with it, which may be some of the machine's */
function machineOn(options: Options, machine: GpuMachine, own: States): PlanMachine {
  const { device, arena } = machine
  return {
    program: (plan, observe) => programOf(machine, plan, observe),
    write: (state, numbers) => {
      const values = Float32Array.from(numbers)
      writeBytes(machine, state, 0, bytesFor(state, { dtype: 'f32', values }))
    },
    writePiece: async (state, from, piece) => {
      writeBytes(machine, state, from * bytesOfElement(state), bytesFor(state, piece))
      // What is written waits in memory until the device takes it: a model of a gigabyte must not.
      await device.queue.onSubmittedWorkDone()
    },
    read: async (state) => {
      await machine.queue
      const places = machine.states.partsOf(state).map(({ place }) => place)
      const bytes = await readBytes(device, places, arena.buffer())
      throwIfDeviceFailed()
      const size = state.shape.reduce((product, length) => product * length, 1)
      return state.dtype === 'bf16' ? fromHalves(new Uint16Array(bytes, 0, size)) : new Float32Array(bytes, 0, size)
    },
    lodge: async (states, settings) => {
      const held = await openStates(device, states, options.bindingBytes)
      return machineOn(options, lodgerOf(machine, { states: joinedStates(held, machine.states), settings, owned: [] }), held)
    },
    release: (gone) => own.release(gone),
    partialSums: () => PARTIALS,
    bytes: () => machine.owned.reduce((sum, one) => sum + one.bytes(), machine.states.bytes() + arena.bytes()),
    dispatched: () => machine.counted.dispatches,
    dispose: () => {
      for (const one of machine.owned) one.destroy()
      own.destroy()
    },
  }
}

/** The same device, arena and line of runs. */
function lodgerOf(host: GpuMachine, own: Pick<GpuMachine, 'states' | 'settings' | 'owned'>): GpuMachine {
  const { device, arena, choices, attentionBytes, pacer, counted } = host
  return {
    ...{ device, arena, choices, attentionBytes, pacer, counted },
    ...own,
    get queue() {
      return host.queue
    },
    set queue(last) {
      host.queue = last
    },
  }
}

/** The numbers as the state holds them. */
function bytesFor(state: Value, piece: Piece): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = numbersFor(state, piece)
  return new Uint8Array(buffer, byteOffset, byteLength)
}

function numbersFor({ dtype }: Value, piece: Piece): Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer> {
  if (dtype === 'bf16') return piece.dtype === 'bf16' ? piece.halves : halvesOf(piece.values)
  return piece.dtype === 'bf16' ? fromHalves(piece.halves) : piece.values
}

/** From byte `at` of a state on, in as many of its parts as the bytes reach into. Behind whatever runs were called before. */
function writeBytes({ device, states }: GpuMachine, state: Value, at: number, bytes: Uint8Array<ArrayBuffer>): void {
  let begin = 0
  for (const { place } of states.partsOf(state)) {
    const from = Math.max(at, begin)
    const to = Math.min(at + bytes.length, begin + place.bytes)
    if (place.buffer !== null && from < to)
      device.queue.writeBuffer(place.buffer, place.offset + from - begin, inWords(bytes.subarray(from - at, to - at)))
    begin += place.bytes
  }
}

/** An odd number of bfloat16 ends in the middle of a word. */
function inWords(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (bytes.length % 4 === 0) return bytes
  const whole = new Uint8Array(Math.ceil(bytes.length / 4) * 4)
  whole.set(bytes)
  return whole
}

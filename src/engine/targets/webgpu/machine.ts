// The WebGPU target: plans as lists of dispatches on TensorFlow.js' own device. Pipelines, bind groups and uniforms are made once a program;
// a run writes its feeds, encodes the dispatches and submits them.
// Must not know: models, what a plan is for.

import { throwIfDeviceFailed } from '../../backends/webgpu.ts'
import { type KernelChoices, untriedChoices } from '../../ops/linear/products/choices.ts'
import { fromHalves, halvesOf } from '../../plan/bf16.ts'
import type { PlanMachine, PlanTarget, UpdateSettings } from '../../plan/target.ts'
import type { Value } from '../../plan/values.ts'
import { openArena } from './arena.ts'
import { webGpuLayout } from './layout.ts'
import { pacerOf } from './pacing.ts'
import { type GpuMachine, programOf } from './program.ts'
import { readBytes } from './readBack.ts'
import { openStates } from './states.ts'

/** Partial sums come in rows of these, so that each parameter's begin where a binding may. */
const PARTIALS = 64

/** What a target takes as the device has it unless said. */
type TargetOptions = {
  /** The most that a binding may have; larger states are held in parts. */
  bindingBytes?: number
  /** Which kernels a trial on this device found to be the fast ones. */
  choices?: KernelChoices
}

export function webGpuTarget(
  device: GPUDevice,
  { bindingBytes = device.limits.maxStorageBufferBindingSize, choices = untriedChoices(device) }: TargetOptions = {},
): PlanTarget {
  return {
    open: (states, settings) => open({ device, bindingBytes, choices }, states, settings),
    layout: webGpuLayout(choices),
    answersLate: true,
    // How much memory a GPU has is not told; what cannot be had is refused when it is asked for.
    largestBytes: Number.POSITIVE_INFINITY,
  }
}

type Options = { device: GPUDevice; bindingBytes: number; choices: KernelChoices }

async function open(
  { device, bindingBytes, choices }: Options,
  states: readonly Value[],
  settings: UpdateSettings,
): Promise<PlanMachine> {
  device.pushErrorScope('out-of-memory')
  const held = openStates(device, states, bindingBytes)
  const arena = openArena(device)
  const refused = await device.popErrorScope()
  if (refused) {
    held.destroy()
    arena.destroy()
    throw new RangeError(refused.message)
  }
  const pacer = pacerOf(() => device.queue.onSubmittedWorkDone())
  const machine: GpuMachine = { device, states: held, arena, settings, choices, pacer, queue: Promise.resolve(), owned: [] }
  return {
    program: (plan, observe) => programOf(machine, plan, observe),
    write: (state, numbers) => {
      const values = Float32Array.from(numbers)
      const data = state.dtype === 'bf16' ? halvesOf(values) : values
      writeState(machine, state, new Uint8Array(data.buffer))
    },
    read: async (state) => {
      await machine.queue
      const bytes = await readBytes(
        device,
        held.partsOf(state).map(({ place }) => place),
        arena.buffer(),
      )
      throwIfDeviceFailed()
      const size = state.shape.reduce((product, length) => product * length, 1)
      return state.dtype === 'bf16' ? fromHalves(new Uint16Array(bytes, 0, size)) : new Float32Array(bytes, 0, size)
    },
    partialSums: () => PARTIALS,
    bytes: () => machine.owned.reduce((sum, own) => sum + own.bytes(), held.bytes + arena.bytes()),
    dispose: () => {
      for (const own of machine.owned) own.destroy()
      held.destroy()
      arena.destroy()
    },
  }
}

/** Behind whatever runs were called before. */
function writeState({ device, states }: GpuMachine, state: Value, bytes: Uint8Array<ArrayBuffer>): void {
  let from = 0
  for (const { place } of states.partsOf(state)) {
    if (place.buffer === null) throw new Error('a state has a buffer of its own')
    const own = bytes.subarray(from, from + place.bytes)
    // An odd number of bfloat16 ends in the middle of a word.
    const whole = new Uint8Array(place.bytes)
    whole.set(own)
    device.queue.writeBuffer(place.buffer, place.offset, whole)
    from += place.bytes
  }
}

// A plan on the device: laid out, its kernels compiled and bound; a run is encoded from that.
// Must not know: what a plan is for.

import { throwIfDeviceFailed } from '../../backends/webgpu.ts'
import { valuesRead } from '../../plan/calls.ts'
import { layOut } from '../../plan/layout.ts'
import type { Feeds, Program, Scalars, UpdateSettings } from '../../plan/target.ts'
import type { Plan } from '../../plan/training.ts'
import { bytesOf, bytesOfElement, elementsOf, offsetOf, rootOf, type Value } from '../../plan/values.ts'
import type { Arena } from './arena.ts'
import { type Dispatch, type Place, putWords, WORDS_STRIDE } from './dispatch.ts'
import { dispatchesOf } from './dispatches.ts'
import { OFFSET_BYTES, webGpuLayout } from './layout.ts'
import { type Pipeline, pipelineFor } from './pipelines.ts'
import type { Places } from './places.ts'
import { stage } from './readBack.ts'
import type { Part, States } from './states.ts'

export type GpuMachine = {
  device: GPUDevice
  states: States
  arena: Arena
  settings: UpdateSettings
  /** Done when every run that was called has been submitted. */
  queue: Promise<unknown>
}

type Ready = { pipelines: readonly Pipeline[]; uniform: GPUBuffer }
type Bound = { arena: GPUBuffer; groups: readonly GPUBindGroup[] }

export function programOf(machine: GpuMachine, plan: Plan): Program {
  const { device, arena } = machine
  const results = Object.values(plan.results)
  const { offsets, workspace, bytes } = layOut(plan.calls, results, webGpuLayout)
  const partsOf = (value: Value) => placed(machine.states, offsets, value)
  const places: Places = {
    one: (value) => onePlace(partsOf(value)),
    parts: partsOf,
    workspace: { buffer: null, offset: workspace, bytes: bytes - workspace },
  }
  const dispatches = plan.calls.flatMap((call) => dispatchesOf(call, places, machine.settings))
  const writeFeeds = feedWriter(machine, plan, partsOf)
  const resultPlaces = results.map((value) => onePlace(partsOf(value)))
  const ready = prepared(device, dispatches)
  // Whoever runs the program hears of it.
  ready.catch(() => undefined)
  let bound: Bound | null = null

  const submit = async (feeds: Feeds, scalars: Scalars): Promise<() => Promise<ArrayBuffer>> => {
    const { pipelines, uniform } = await ready
    arena.grow(bytes)
    if (bound?.arena !== arena.buffer())
      bound = { arena: arena.buffer(), groups: groupsOf(machine, dispatches, pipelines, uniform) }
    writeFeeds(feeds)
    writeScalars(device, uniform, dispatches, scalars)
    const encoder = device.createCommandEncoder()
    const pass = encoder.beginComputePass()
    for (const [at, { groups }] of dispatches.entries()) {
      const own = pipelines[at]
      const group = bound.groups[at]
      if (!own || !group) throw new Error('each dispatch has a pipeline and a bind group')
      pass.setPipeline(own.pipeline)
      pass.setBindGroup(0, group)
      pass.dispatchWorkgroups(...groups)
    }
    pass.end()
    const staged = resultPlaces.length === 0 ? async () => new ArrayBuffer(0) : stage(device, encoder, resultPlaces, bound.arena)
    device.queue.submit([encoder.finish()])
    return staged
  }

  return async (feeds, scalars) => {
    const submitted = machine.queue.then(() => submit(feeds, scalars))
    machine.queue = submitted.catch(() => undefined)
    const values = new Float32Array(await (await submitted)())
    throwIfDeviceFailed()
    let from = 0
    return Object.fromEntries(
      Object.entries(plan.results).map(([name, value]) => {
        const own = values.slice(from, from + elementsOf(value))
        from += elementsOf(value)
        return [name, own]
      }),
    )
  }
}

async function prepared(device: GPUDevice, dispatches: readonly Dispatch[]): Promise<Ready> {
  const pipelines = await Promise.all(
    dispatches.map(({ kernel, constants, operands }) => pipelineFor(device, kernel, constants, operands.length)),
  )
  const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST
  const uniform = device.createBuffer({ label: 'words', size: Math.max(1, dispatches.length) * WORDS_STRIDE, usage })
  const view = new DataView(new ArrayBuffer(uniform.size))
  for (const [at, { words }] of dispatches.entries()) if (typeof words !== 'function') putWords(view, at * WORDS_STRIDE, words)
  device.queue.writeBuffer(uniform, 0, view.buffer)
  return { pipelines, uniform }
}

function groupsOf(
  { device, arena }: GpuMachine,
  dispatches: readonly Dispatch[],
  pipelines: readonly Pipeline[],
  uniform: GPUBuffer,
): GPUBindGroup[] {
  return dispatches.map(({ kernel, operands }, at) => {
    const layout = pipelines[at]?.layout
    if (!layout) throw new Error('each dispatch has a pipeline')
    const storage = operands.map(({ buffer, offset, bytes }): GPUBufferBinding => {
      return { buffer: buffer ?? arena.buffer(), offset, size: Math.ceil(bytes / 4) * 4 }
    })
    const bindings = [...storage, { buffer: uniform, offset: at * WORDS_STRIDE, size: WORDS_STRIDE }]
    return device.createBindGroup({
      label: kernel.name,
      layout,
      entries: bindings.map((resource, binding) => ({ binding, resource })),
    })
  })
}

/** The words that depend on what is said at this run. */
function writeScalars(device: GPUDevice, uniform: GPUBuffer, dispatches: readonly Dispatch[], scalars: Scalars): void {
  for (const [at, { words }] of dispatches.entries()) {
    if (typeof words !== 'function') continue
    const view = new DataView(new ArrayBuffer(WORDS_STRIDE))
    putWords(view, 0, words(scalars))
    device.queue.writeBuffer(uniform, at * WORDS_STRIDE, view.buffer)
  }
}

function placed(states: States, offsets: ReadonlyMap<Value, number>, value: Value): readonly Part[] {
  const root = rootOf(value)
  if (root.kind === 'state') {
    if (root !== value) throw new Error(`rows of the state ${root.name} cannot be bound by themselves`)
    return states.partsOf(value)
  }
  const begin = offsets.get(root)
  if (begin === undefined) throw new Error(`${value.name} has no place in the arena`)
  const offset = begin + offsetOf(value) * bytesOfElement(value)
  if (offset % OFFSET_BYTES !== 0) throw new Error(`${value.name} begins in the middle of what can be bound`)
  return [{ place: { buffer: null, offset, bytes: bytesOf(value) }, from: 0, rows: value.shape[0] ?? 1 }]
}

function onePlace(parts: readonly Part[]): Place {
  const [only, ...rest] = parts
  if (!only || rest.length > 0) throw new Error('a value that is held in parts was asked for whole')
  return only.place
}

/** Writes feeds, and what is computed from them. A feed that no call reads has no place. */
function feedWriter(machine: GpuMachine, plan: Plan, partsOf: (value: Value) => readonly Part[]) {
  const { device, arena } = machine
  const read = new Set(plan.calls.flatMap((call) => valuesRead(call).map(rootOf)))
  const put = (value: Value, numbers: Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>) => {
    const { buffer, offset } = onePlace(partsOf(value))
    device.queue.writeBuffer(buffer ?? arena.buffer(), offset, numbers)
  }
  return (feeds: Feeds): void => {
    for (const [name, value] of Object.entries(plan.feeds)) {
      const given = feeds[name]
      if (given?.length !== elementsOf(value)) throw new Error(`the plan wants ${elementsOf(value)} numbers as ${name}`)
      if (read.has(value)) put(value, Int32Array.from(given))
      for (const { value: made, from, compute } of plan.derived)
        if (from === value && read.has(made)) put(made, Float32Array.from(compute(Int32Array.from(given))))
    }
  }
}

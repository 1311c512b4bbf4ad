// A plan on the device: laid out, its kernels compiled and bound once; a run writes its feeds, and submits the dispatches in pieces.
// Must not know: what a plan is for.

import { throwIfDeviceFailed } from '../../backends/webgpu.ts'
import type { WorkgroupBytes } from '../../ops/attention/gpu/dispatches.ts'
import type { KernelChoices } from '../../ops/linear/products/choices.ts'
import { feedWriter } from '../../plan/feeds.ts'
import { layOut } from '../../plan/layout.ts'
import { flopsOf, trafficOf } from '../../plan/print.ts'
import type { Feeds, Observe, Program, Scalars, UpdateSettings } from '../../plan/target.ts'
import type { Plan } from '../../plan/training.ts'
import { bytesOf, bytesOfElement, elementsOf, offsetOf, rootOf, type Value } from '../../plan/values.ts'
import type { Arena } from './arena.ts'
import { type Dispatch, OFFSET_BYTES, type Place } from './dispatch.ts'
import { dispatchesOf } from './dispatches.ts'
import { type Bound, boundTo } from './encode.ts'
import { webGpuLayout } from './layout.ts'
import { observedRun } from './observed.ts'
import type { Pacer } from './pacing.ts'
import { type Pipeline, pipelineFor } from './pipelines.ts'
import type { Places } from './places.ts'
import { resultsOf } from './results.ts'
import { pacedRun } from './run.ts'
import type { Part, States } from './states.ts'
import { wordsOf } from './words.ts'

export type GpuMachine = {
  device: GPUDevice
  states: States
  arena: Arena
  settings: UpdateSettings
  choices: KernelChoices
  attentionBytes: WorkgroupBytes
  pacer: Pacer
  /** Done when every run that was called has been submitted. */
  queue: Promise<unknown>
  /** Of all runs so far. */
  counted: { dispatches: number }
  /** Small buffers of the programs, for their numbers and results. */
  owned: { bytes: () => number; destroy: () => void }[]
}

/** What a call costs, in units that are in proportion to time on most devices: two for a byte, because few are as fast with memory as with numbers. */
const costOf = (call: Plan['calls'][number]) => flopsOf(call) + 2 * trafficOf(call)

export function programOf(machine: GpuMachine, plan: Plan, observe?: Observe): Program {
  const { device, arena, pacer } = machine
  const values = Object.values(plan.results)
  const { offsets, workspace, bytes } = layOut(plan.calls, values, webGpuLayout(machine.choices))
  const partsOf = (value: Value) => placed(machine.states, offsets, value)
  const places: Places = {
    one: (value) => onePlace(partsOf(value)),
    parts: partsOf,
    workspace: { buffer: null, offset: workspace, bytes: bytes - workspace },
  }
  const byCall = plan.calls.map((call) => ({ call, dispatches: dispatchesOf(call, places, machine) }))
  const dispatches = byCall.flatMap((own) => own.dispatches)
  const costs = byCall.flatMap(({ call, dispatches: own }) => own.map(() => costOf(call) / own.length))
  const words = wordsOf(device, dispatches)
  const results = resultsOf(device, values.map(places.one))
  machine.owned.push(results, { bytes: () => words.buffer.size, destroy: () => words.buffer.destroy() })
  const writeFeeds = feedWriter(plan, (value, numbers) => {
    const { buffer, offset } = places.one(value)
    device.queue.writeBuffer(buffer ?? arena.buffer(), offset, numbers)
  })
  const pipelines = compiled(device, dispatches)
  // Whoever runs the program hears of it.
  pipelines.catch(() => undefined)
  let bound: Bound | null = null

  const submit = async (feeds: Feeds, scalars: Scalars): Promise<() => Promise<ArrayBuffer>> => {
    const ready = await pipelines
    await arena.grow(bytes)
    if (bound?.arena !== arena.buffer()) bound = boundTo(device, dispatches, ready, words.buffer, arena.buffer())
    writeFeeds(feeds)
    words.write(scalars)
    machine.counted.dispatches += dispatches.length
    const run = { device, arena: arena.buffer(), pacer, results, dispatches: bound.dispatches }
    if (observe)
      return observedRun(
        run,
        byCall.map(({ call, dispatches: own }) => ({ call, count: own.length })),
        observe,
      )
    return pacedRun(run, costs)
  }

  return async (feeds, scalars) => {
    const submitted = machine.queue.then(() => submit(feeds, scalars))
    machine.queue = submitted.catch(() => undefined)
    return namedResults(plan, await read(submitted))
  }
}

/** Rejects with what the device said where it failed, before anybody trusts a number. */
async function read(submitted: Promise<() => Promise<ArrayBuffer>>): Promise<Float32Array<ArrayBuffer>> {
  try {
    return new Float32Array(await (await submitted)())
  } finally {
    throwIfDeviceFailed()
  }
}

function namedResults({ results }: Plan, values: Float32Array<ArrayBuffer>): Record<string, Float32Array<ArrayBuffer>> {
  let from = 0
  return Object.fromEntries(
    Object.entries(results).map(([name, value]) => {
      const own = values.slice(from, from + elementsOf(value))
      from += elementsOf(value)
      return [name, own]
    }),
  )
}

function compiled(device: GPUDevice, dispatches: readonly Dispatch[]): Promise<Pipeline[]> {
  return Promise.all(dispatches.map(({ kernel, constants, operands }) => pipelineFor(device, kernel, constants, operands.length)))
}

function placed(states: States, offsets: ReadonlyMap<Value, number>, value: Value): readonly Part[] {
  const root = rootOf(value)
  if (root.kind === 'state') return root === value ? states.partsOf(value) : [within(onePlace(states.partsOf(root)), value)]
  const begin = offsets.get(root)
  if (begin === undefined) throw new Error(`${value.name} has no place in the arena`)
  return [within({ buffer: null, offset: begin, bytes: bytesOf(root) }, value)]
}

/** Where a value is that has its memory in another one's, or is that itself. */
function within(root: Place, value: Value): Part {
  const offset = root.offset + offsetOf(value) * bytesOfElement(value)
  if (offset % OFFSET_BYTES !== 0) throw new Error(`${value.name} begins in the middle of what can be bound`)
  return { place: { buffer: root.buffer, offset, bytes: bytesOf(value) }, from: 0, rows: value.shape[0] ?? 1 }
}

function onePlace(parts: readonly Part[]): Place {
  const [only, ...rest] = parts
  if (!only || rest.length > 0) throw new Error('a value that is held in parts was asked for whole')
  return only.place
}

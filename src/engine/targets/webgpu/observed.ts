// A run whose calls are timed: each in a pass of its own between two timestamps of the device, or, where it has none, in a submit
// of its own by the host's clock. Not how a program runs otherwise.
// Must not know: what is done with the times.

import type { Call } from '../../plan/calls.ts'
import type { Observe } from '../../plan/target.ts'
import { encode } from './encode.ts'
import type { Run } from './run.ts'

type CountedCall = { call: Call; count: number }

/** Timestamps in a query set at most. */
const MOST_QUERIES = 4096

export async function observedRun(
  run: Run,
  calls: readonly CountedCall[],
  observe: Observe,
): Promise<() => Promise<ArrayBuffer>> {
  const timed = run.device.features.has('timestamp-query') ? byTimestamps : byClock
  let from = 0
  for (let first = 0; first < calls.length; first += MOST_QUERIES / 2) {
    const own = calls.slice(first, first + MOST_QUERIES / 2)
    from = await timed(run, own, from, observe)
  }
  const encoder = run.device.createCommandEncoder()
  const staged = run.results.stage(encoder, run.arena)
  run.device.queue.submit([encoder.finish()])
  return staged
}

/** @param from the first of the dispatches; answers with where the next calls' begin */
async function byTimestamps({ device, dispatches }: Run, calls: readonly CountedCall[], from: number, observe: Observe) {
  const querySet = device.createQuerySet({ type: 'timestamp', count: 2 * calls.length })
  const bytes = 16 * calls.length
  const resolved = device.createBuffer({ size: bytes, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC })
  const read = device.createBuffer({ size: bytes, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST })
  const encoder = device.createCommandEncoder()
  let next = from
  for (const [at, { count }] of calls.entries()) {
    const own = dispatches.slice(next, next + count)
    encode(encoder, own, { querySet, beginningOfPassWriteIndex: 2 * at, endOfPassWriteIndex: 2 * at + 1 })
    next += count
  }
  encoder.resolveQuerySet(querySet, 0, 2 * calls.length, resolved, 0)
  encoder.copyBufferToBuffer(resolved, 0, read, 0, bytes)
  device.queue.submit([encoder.finish()])
  await read.mapAsync(GPUMapMode.READ)
  const stamps = new BigUint64Array(read.getMappedRange().slice(0))
  for (const [at, { call }] of calls.entries()) observe(call, Number((stamps[2 * at + 1] ?? 0n) - (stamps[2 * at] ?? 0n)) / 1e6)
  for (const buffer of [resolved, read]) buffer.destroy()
  querySet.destroy()
  return next
}

async function byClock({ device, dispatches }: Run, calls: readonly CountedCall[], from: number, observe: Observe) {
  let next = from
  await device.queue.onSubmittedWorkDone()
  for (const { call, count } of calls) {
    const encoder = device.createCommandEncoder()
    encode(encoder, dispatches.slice(next, next + count))
    const startedMs = performance.now()
    device.queue.submit([encoder.finish()])
    await device.queue.onSubmittedWorkDone()
    observe(call, performance.now() - startedMs)
    next += count
  }
  return next
}

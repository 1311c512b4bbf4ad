// One run of a program: its dispatches encoded and submitted in pieces, the results copied behind the last.
// Must not know: plans.

import { type Bound, encode } from './encode.ts'
import type { Pacer } from './pacing.ts'
import type { Results } from './results.ts'

/** A bound program, about to be run. */
export type Run = {
  device: GPUDevice
  arena: GPUBuffer
  pacer: Pacer
  results: Results
  dispatches: Bound['dispatches']
}

/** In submits of about what the pacer finds right, the results copied behind the last. */
export async function pacedRun({ device, arena, pacer, results, dispatches }: Run, costs: readonly number[]) {
  let staged = async () => new ArrayBuffer(0)
  let from = 0
  for (const to of pacer.ends(costs)) {
    const encoder = device.createCommandEncoder()
    encode(encoder, dispatches.slice(from, to))
    if (to === dispatches.length) staged = results.stage(encoder, arena)
    const commands = encoder.finish()
    const cost = costs.slice(from, to).reduce((sum, own) => sum + own, 0)
    await pacer.submit(() => device.queue.submit([commands]), cost)
    from = to
  }
  return staged
}

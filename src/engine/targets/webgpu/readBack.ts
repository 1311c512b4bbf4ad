// Copies of bytes of buffers, for the host to read.

import type { Place } from './dispatch.ts'
import { resultsOf } from './results.ts'

/** The bytes of some places, one behind the other, as they are when all that was submitted before has run. */
export async function readBytes(device: GPUDevice, places: readonly Place[], arena: GPUBuffer): Promise<ArrayBuffer> {
  const encoder = device.createCommandEncoder()
  const results = resultsOf(device, places)
  const staged = results.stage(encoder, arena)
  device.queue.submit([encoder.finish()])
  try {
    return await staged()
  } finally {
    results.destroy()
  }
}

// The way of a run's results to the host: copied behind the run into buffers that can be read, which are used again.
// Must not know: what the numbers mean.

import type { Place } from './dispatch.ts'

export type Results = {
  /** Encodes the copies of the run that is being encoded; the answer waits for them and reads them, place by place. */
  stage: (encoder: GPUCommandEncoder, arena: GPUBuffer) => () => Promise<ArrayBuffer>
  bytes: () => number
  destroy: () => void
}

export function resultsOf(device: GPUDevice, places: readonly Place[]): Results {
  const size = places.reduce((sum, { bytes }) => sum + bytes, 0)
  const free: GPUBuffer[] = []
  const made: GPUBuffer[] = []
  const take = () => {
    const own = free.pop()
    if (own) return own
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST
    const buffer = device.createBuffer({ label: 'results', size, usage })
    made.push(buffer)
    return buffer
  }
  return {
    stage: (encoder, arena) => {
      if (size === 0) return async () => new ArrayBuffer(0)
      const staging = take()
      let at = 0
      for (const { buffer, offset, bytes } of places) {
        encoder.copyBufferToBuffer(buffer ?? arena, offset, staging, at, bytes)
        at += bytes
      }
      return async () => {
        await staging.mapAsync(GPUMapMode.READ)
        const copy = staging.getMappedRange().slice(0)
        staging.unmap()
        free.push(staging)
        return copy
      }
    },
    bytes: () => made.length * size,
    destroy: () => {
      for (const buffer of made) buffer.destroy()
    },
  }
}

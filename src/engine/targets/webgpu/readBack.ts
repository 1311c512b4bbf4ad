// Copies of bytes of buffers, for the host to read.

import type { Place } from './dispatch.ts'

/** The bytes of some places, one behind the other, as they are when all that was submitted before has run. */
export async function readBytes(device: GPUDevice, places: readonly Place[], arena: GPUBuffer): Promise<ArrayBuffer> {
  const encoder = device.createCommandEncoder()
  const staged = stage(device, encoder, places, arena)
  device.queue.submit([encoder.finish()])
  return staged()
}

/** Encodes the copies; the answer waits for them and reads them. */
export function stage(
  device: GPUDevice,
  encoder: GPUCommandEncoder,
  places: readonly Place[],
  arena: GPUBuffer,
): () => Promise<ArrayBuffer> {
  const size = places.reduce((sum, { bytes }) => sum + bytes, 0)
  const staging = device.createBuffer({ label: 'results', size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST })
  let at = 0
  for (const { buffer, offset, bytes } of places) {
    encoder.copyBufferToBuffer(buffer ?? arena, offset, staging, at, bytes)
    at += bytes
  }
  return async () => {
    await staging.mapAsync(GPUMapMode.READ)
    const copy = staging.getMappedRange().slice(0)
    staging.destroy()
    return copy
  }
}

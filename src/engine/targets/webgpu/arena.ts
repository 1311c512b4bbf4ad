// The arena that all programs of a machine share: one buffer, replaced by a larger one when a program needs more.
// What lies in it lasts for one run, so nothing is carried over.

export type Arena = {
  buffer: () => GPUBuffer
  bytes: () => number
  /** Makes room for so many bytes. Rejects with a RangeError where the adapter does not have them. */
  grow: (bytes: number) => Promise<void>
  destroy: () => void
}

const SMALLEST = 256

export function openArena(device: GPUDevice): Arena {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST
  const made = (size: number) => device.createBuffer({ label: 'arena', size, usage })
  let buffer = made(SMALLEST)
  return {
    buffer: () => buffer,
    bytes: () => buffer.size,
    grow: async (bytes) => {
      if (bytes <= buffer.size) return
      if (bytes > device.limits.maxBufferSize)
        throw new RangeError(`a step needs ${bytes} bytes in one buffer, and this adapter has ${device.limits.maxBufferSize}`)
      // Work that was submitted with the old buffer still runs to its end.
      buffer.destroy()
      device.pushErrorScope('out-of-memory')
      buffer = made(bytes)
      const refused = await device.popErrorScope()
      if (refused === null) return
      // Other programs of the machine go on with what they find.
      buffer.destroy()
      buffer = made(SMALLEST)
      throw new RangeError(refused.message)
    },
    destroy: () => buffer.destroy(),
  }
}

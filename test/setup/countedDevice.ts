// A device whose buffers are counted where they are made and destroyed, and that can be given less memory than it has.
// Must not know: who makes the buffers.

export type CountedDevice = {
  /** Bytes of the buffers that are there. */
  held: () => number
  /** From now on what would come to more bytes than these is refused, as an adapter does it that is out of memory. */
  limit: (bytes: number) => void
}

/** Counts from now on. */
export function counted(device: GPUDevice): CountedDevice {
  const create = device.createBuffer.bind(device)
  const popErrorScope = device.popErrorScope.bind(device)
  let held = 0
  let memory = Number.POSITIVE_INFINITY
  let isRefused = false

  device.createBuffer = (descriptor) => {
    const refuses = held + descriptor.size > memory
    isRefused ||= refuses
    const buffer = create(refuses ? { ...descriptor, size: 4 } : descriptor)
    const destroy = buffer.destroy.bind(buffer)
    let bytes = descriptor.size
    held += bytes
    buffer.destroy = () => {
      held -= bytes
      bytes = 0
      return destroy()
    }
    return buffer
  }
  device.popErrorScope = async () => {
    const error = await popErrorScope()
    if (!isRefused) return error
    isRefused = false
    return new GPUOutOfMemoryError('the memory is used up')
  }
  return {
    held: () => held,
    limit: (bytes) => {
      memory = bytes
    },
  }
}

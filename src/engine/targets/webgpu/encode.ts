// Dispatches bound to the buffers they work on, and put into a command encoder.
// Must not know: plans, when anything is submitted.

import { type Dispatch, WORDS_STRIDE } from './dispatch.ts'
import type { Pipeline } from './pipelines.ts'

export type BoundDispatch = { pipeline: GPUComputePipeline; group: GPUBindGroup; groups: Dispatch['groups'] }

/** Bound to one arena, and to be bound again when that was replaced. */
export type Bound = { arena: GPUBuffer; dispatches: readonly BoundDispatch[] }

export function boundTo(
  device: GPUDevice,
  dispatches: readonly Dispatch[],
  pipelines: readonly Pipeline[],
  words: GPUBuffer,
  arena: GPUBuffer,
): Bound {
  const bound = dispatches.map(({ kernel, operands, groups }, at): BoundDispatch => {
    const own = pipelines[at]
    if (!own) throw new Error('each dispatch has a pipeline')
    const storage = operands.map(({ buffer, offset, bytes }): GPUBufferBinding => {
      return { buffer: buffer ?? arena, offset, size: Math.ceil(bytes / 4) * 4 }
    })
    const bindings = [...storage, { buffer: words, offset: at * WORDS_STRIDE, size: WORDS_STRIDE }]
    const entries = bindings.map((resource, binding) => ({ binding, resource }))
    return {
      pipeline: own.pipeline,
      group: device.createBindGroup({ label: kernel.name, layout: own.layout, entries }),
      groups,
    }
  })
  return { arena, dispatches: bound }
}

/** One compute pass. */
export function encode(
  encoder: GPUCommandEncoder,
  dispatches: readonly BoundDispatch[],
  timestampWrites?: GPUComputePassTimestampWrites,
): void {
  const pass = encoder.beginComputePass(timestampWrites ? { timestampWrites } : {})
  for (const { pipeline, group, groups } of dispatches) {
    pass.setPipeline(pipeline)
    pass.setBindGroup(0, group)
    pass.dispatchWorkgroups(...groups)
  }
  pass.end()
}

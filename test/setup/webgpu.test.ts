// That WebGPU in Node really computes here, on whatever driver there is.

import { expect, it } from 'vitest'
import { nodeGpu } from './webgpu.ts'

it.skipIf(nodeGpu === null)('adds two numbers on the GPU of this machine', async () => {
  const adapter = await navigator.gpu.requestAdapter()
  const device = await adapter?.requestDevice()
  if (!device) throw new Error('The adapter gave no device.')
  console.log(`WebGPU in Node: ${nodeGpu?.adapter}`)
  const code =
    '@group(0) @binding(0) var<storage, read_write> out: array<f32>; @compute @workgroup_size(1) fn main() { out[0] = out[0] + out[1]; }'
  const compute = { module: device.createShaderModule({ code }), entryPoint: 'main' }
  const pipeline = device.createComputePipeline({ layout: 'auto', compute })
  const buffer = device.createBuffer({
    size: 8,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
  })
  const readable = device.createBuffer({ size: 8, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST })
  device.queue.writeBuffer(buffer, 0, new Float32Array([2, 3]))
  const encoder = device.createCommandEncoder()
  const pass = encoder.beginComputePass()
  pass.setPipeline(pipeline)
  pass.setBindGroup(
    0,
    device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries: [{ binding: 0, resource: { buffer } }] }),
  )
  pass.dispatchWorkgroups(1)
  pass.end()
  encoder.copyBufferToBuffer(buffer, 0, readable, 0, 8)
  device.queue.submit([encoder.finish()])
  await readable.mapAsync(GPUMapMode.READ)
  expect([...new Float32Array(readable.getMappedRange())]).toEqual([5, 3])
  device.destroy()
})

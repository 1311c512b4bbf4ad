// WebGPU in Node for tests of the engine: Dawn on the first Vulkan driver that gives an adapter, software ones included.
// Import it before TensorFlow.js, which looks at navigator.gpu when it is loaded. Must not know: the engine.

import { create, globals } from 'webgpu'
import { nameVulkanDriver, vulkanDrivers } from '../../tools/setup/vulkan.mjs'

export type NodeGpu = { gpu: GPU; adapter: string }

/** Tries the drivers one after the other; null where none gives an adapter. */
async function openGpu(): Promise<NodeGpu | null> {
  for (const driver of vulkanDrivers()) {
    nameVulkanDriver(driver)
    const gpu = create([])
    const adapter = await gpu.requestAdapter()
    if (adapter) return { gpu, adapter: `${adapter.info.description} (${adapter.info.vendor}, ${adapter.info.architecture})` }
  }
  return null
}

/** The GPU of this process, installed as navigator.gpu; null where there is none: a test then says that it ran without. */
export const nodeGpu = await openGpu()

if (nodeGpu) {
  Object.assign(globalThis, globals)
  Object.defineProperty(globalThis.navigator ?? defineNavigator(), 'gpu', { value: nodeGpu.gpu, configurable: true })
}

/** Node 20 has no navigator. */
function defineNavigator(): object {
  const navigator = {}
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true, writable: true })
  return navigator
}

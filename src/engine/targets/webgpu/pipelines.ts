// Compiled kernels: one pipeline for each kernel with its constants, made once a device and kept as long as that lives.
// Must not know: plans, buffers.

import type { Kernel } from './dispatch.ts'

export type Pipeline = { pipeline: GPUComputePipeline; layout: GPUBindGroupLayout }

type Made = {
  /** By how many storage operands there are before the uniform. */
  layouts: Map<number, GPUBindGroupLayout>
  modules: Map<string, GPUShaderModule>
  pipelines: Map<string, Promise<Pipeline>>
}

const devices = new WeakMap<GPUDevice, Made>()

/** Rejects with the compiler's own words where the kernel is refused. */
export function pipelineFor(
  device: GPUDevice,
  kernel: Kernel,
  constants: Readonly<Record<string, number>>,
  operands: number,
): Promise<Pipeline> {
  const made = devices.get(device) ?? { layouts: new Map(), modules: new Map(), pipelines: new Map() }
  devices.set(device, made)
  const key = `${kernel.name} ${JSON.stringify(constants)}`
  const known = made.pipelines.get(key)
  if (known) return known
  const pipeline = compiled(device, made, kernel, constants, operands)
  made.pipelines.set(key, pipeline)
  return pipeline
}

async function compiled(
  device: GPUDevice,
  { layouts, modules }: Made,
  { name, source }: Kernel,
  constants: Readonly<Record<string, number>>,
  operands: number,
): Promise<Pipeline> {
  const layout = layouts.get(operands) ?? layoutOf(device, operands)
  layouts.set(operands, layout)
  const module = modules.get(name) ?? device.createShaderModule({ label: name, code: source })
  modules.set(name, module)
  try {
    const pipeline = await device.createComputePipelineAsync({
      label: name,
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: 'main', constants },
    })
    return { pipeline, layout }
  } catch (error) {
    const { messages } = await module.getCompilationInfo()
    const said = messages.map(({ lineNum, message }) => `line ${lineNum}: ${message}`)
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`the kernel ${name} was refused: ${[reason, ...said].join('; ')}`)
  }
}

function layoutOf(device: GPUDevice, operands: number): GPUBindGroupLayout {
  const types: GPUBufferBindingType[] = [...Array<GPUBufferBindingType>(operands).fill('storage'), 'uniform']
  return device.createBindGroupLayout({
    entries: types.map((type, binding) => ({ binding, visibility: GPUShaderStage.COMPUTE, buffer: { type } })),
  })
}

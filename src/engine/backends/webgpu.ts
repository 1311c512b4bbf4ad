// TensorFlow.js' WebGPU backend on a device of our own, opened with all the adapter can do.
// A validation error stops the work: without that, training would go on silently wrong.

import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import * as tf from '@tensorflow/tfjs-core'
import { ProblemError } from '../../problem/problem.ts'

export type FoundAdapter =
  | { kind: 'adapter'; adapter: GPUAdapter; software: boolean; description: string }
  /** WebGPU is there, an adapter is not. */
  | { kind: 'none' }
  | { kind: 'no-webgpu' }

/** Names that software adapters go by. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render|warp/i

/** Looks for the fastest adapter, without opening a device. */
export async function findAdapter(): Promise<FoundAdapter> {
  const gpu = typeof navigator === 'object' && 'gpu' in navigator ? navigator.gpu : undefined
  if (!gpu) return { kind: 'no-webgpu' }
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (!adapter) return { kind: 'none' }
  return {
    kind: 'adapter',
    adapter,
    software: isSoftware(adapter.info),
    description: adapter.info.description || wordsOf(adapter.info),
  }
}

/** Whether an adapter computes on the CPU. */
export function isSoftware(info: GPUAdapterInfo): boolean {
  return info.isFallbackAdapter || SOFTWARE.test(wordsOf(info))
}

function wordsOf({ vendor, architecture, device, description }: GPUAdapterInfo): string {
  return [vendor, architecture, device, description].filter((word) => word !== '').join(' ')
}

/** Optional features that kernels may use where they are there. */
const FEATURES: readonly GPUFeatureName[] = ['shader-f16', 'subgroups', 'timestamp-query']

let failure: string | null = null
let opened: GPUDevice | null = null

/** Opens a device on the adapter, with all that this can do; what it reports is heard from now on. */
export async function deviceOn(adapter: GPUAdapter): Promise<GPUDevice> {
  const device = await adapter.requestDevice({
    requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature)),
    requiredLimits: fullLimits(adapter.limits),
  })
  failure = null
  opened = device
  device.addEventListener('uncapturederror', ({ error }) => {
    failure ??= error.message
  })
  void device.lost.then(({ reason, message }) => {
    if (reason !== 'destroyed') failure ??= `the device was lost: ${message}`
  })
  return device
}

/** Opens a device on the adapter and makes it the backend in use. */
export async function asWebGpu(adapter: GPUAdapter): Promise<void> {
  const device = await deviceOn(adapter)
  // The library registers a backend of its own where navigator.gpu was there before it was loaded.
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu')
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info), 3)
  if (!(await tf.setBackend('webgpu'))) throw new Error('its device did not start')
  await tf.ready()
}

function fullLimits(limits: GPUSupportedLimits): Record<string, number> {
  return {
    maxBufferSize: limits.maxBufferSize,
    maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
    maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
    maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
    maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
    maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
    maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
  }
}

/** The device that the backend webgpu was opened on; null before that. */
export function openDevice(): GPUDevice | null {
  return opened
}

/** The first error that the device reported since it was opened; null: none. Whoever reads results asks before trusting them. */
export function deviceFailure(): string | null {
  return failure
}

/** Rejects with `run.device-failed` once the device has reported an error: its numbers cannot be trusted. */
export function throwIfDeviceFailed(): void {
  if (failure !== null) throw new ProblemError({ code: 'run.device-failed', values: { message: failure }, where: '' })
}

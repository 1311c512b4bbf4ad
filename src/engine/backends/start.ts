// Starts the device that tensors live on, and says why it is this one.
// The rule: a real GPU beats wasm, wasm beats a software GPU (by ten times and more), cpu is the last resort. A person's word beats the rule.

import * as tf from '@tensorflow/tfjs-core'
import { ProblemError } from '../../problem/problem.ts'
import type { BackendChoice, BackendName, BackendReason, BackendReport } from '../../protocol/backend.ts'
import { asCpu } from './cpu.ts'
import { asWasm, hasWasmSimd, type WasmFiles } from './wasm.ts'
import { asWebGpu, type FoundAdapter, findAdapter } from './webgpu.ts'

export type BackendHost = {
  /** Where the wasm backend's three files are; null: beside the package, as in Node. */
  wasmFiles: WasmFiles | null
  /** Whether several threads may share memory: a cross-origin isolated page. */
  isolated: boolean
}

export type StartedBackend = Omit<BackendReport, 'engine' | 'threadsRefused'>

/** Starts the backend; rejects with `run.backend` when the one asked for cannot be had. */
export async function startBackend(choice: BackendChoice, host: BackendHost): Promise<StartedBackend> {
  const found = choice === 'wasm' || choice === 'cpu' ? null : await findAdapter()
  const { backend, reason } = decide(choice, found, hasWasmSimd())
  try {
    return { ...(await start(backend, found, host)), reason, isolated: host.isolated }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (choice !== 'auto') throw new ProblemError({ code: 'run.backend', values: { backend, reason: message }, where: '' })
    const rest = backend === 'webgpu' ? 'wasm' : 'cpu'
    return {
      ...(await start(rest, null, host)),
      reason: backend === 'webgpu' ? 'gpu-failed' : 'no-wasm-simd',
      isolated: host.isolated,
    }
  }
}

/** What the rule needs of a FoundAdapter. */
export type Found = { kind: 'adapter'; software: boolean } | { kind: 'none' } | { kind: 'no-webgpu' }

/** The rule itself, free of devices. */
export function decide(
  choice: BackendChoice,
  found: Found | null,
  wasmSimd: boolean,
): { backend: BackendName; reason: BackendReason } {
  if (choice === 'webgpu' && found?.kind !== 'adapter') {
    const reason = found?.kind === 'none' ? 'no adapter was found' : 'this browser or Node has no WebGPU'
    throw new ProblemError({ code: 'run.backend', values: { backend: 'webgpu', reason }, where: '' })
  }
  if (choice !== 'auto') return { backend: choice, reason: 'asked-for' }
  if (found?.kind === 'adapter' && !found.software) return { backend: 'webgpu', reason: 'gpu-found' }
  if (!wasmSimd) return { backend: 'cpu', reason: 'no-wasm-simd' }
  if (found?.kind === 'adapter') return { backend: 'wasm', reason: 'gpu-is-software' }
  return { backend: 'wasm', reason: found?.kind === 'none' ? 'no-adapter' : 'no-webgpu' }
}

async function start(backend: BackendName, found: FoundAdapter | null, host: BackendHost) {
  if (backend === 'webgpu' && found?.kind === 'adapter') {
    await asWebGpu(found.adapter)
    return { backend, adapter: found.description, threads: 1 }
  }
  const adapter = found?.kind === 'adapter' ? found.description : ''
  if (backend === 'wasm') return { backend, adapter, threads: await asWasm(host.wasmFiles, host.isolated) }
  await asCpu()
  return { backend: 'cpu' as const, adapter, threads: 1 }
}

/** The backend that tensors live on now. */
export function currentBackend(): string {
  return tf.getBackend()
}

// TensorFlow.js' WebAssembly backend (XNNPACK), with SIMD, and with threads where the page is cross-origin isolated.

import { getThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'

/** The addresses of the backend's three binaries. */
export type WasmFiles = { plain: string; simd: string; threadedSimd: string }

/** Makes wasm the backend in use. Resolves to its number of threads. */
export async function asWasm(files: WasmFiles | null, isolated: boolean): Promise<number> {
  if (files && tf.findBackend('wasm') === null) {
    setWasmPaths({
      'tfjs-backend-wasm.wasm': files.plain,
      'tfjs-backend-wasm-simd.wasm': files.simd,
      'tfjs-backend-wasm-threaded-simd.wasm': files.threadedSimd,
    })
  }
  if (!isolated) tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  if (!(await tf.setBackend('wasm'))) throw new Error('its WebAssembly module did not start')
  await tf.ready()
  return isolated ? Math.max(1, getThreadsCount()) : 1
}

/** The smallest module that uses a SIMD instruction: valid only where SIMD is. */
const SIMD_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
])

/** Whether WebAssembly with SIMD is there. */
export function hasWasmSimd(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(SIMD_PROBE)
}

// The wasm backend's binaries as the bundler lays them beside the page. Loaded by the browser's worker only: Node finds them in their package.

import plainWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'
import simdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import threadedSimdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url'
import type { WasmFiles } from './wasm.ts'

/** Whole addresses: the backend starts threads of its own, which know nothing of where this script lies. */
export function bundledWasm(base: string): WasmFiles {
  const absolute = (url: string) => new URL(url, base).href
  return { plain: absolute(plainWasm), simd: absolute(simdWasm), threadedSimd: absolute(threadedSimdWasm) }
}

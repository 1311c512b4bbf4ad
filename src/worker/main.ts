// The worker of the page: a studio over the browser's own host, served at the door.
// The engine's binaries and the embedded model come from beside the page; nothing comes from anywhere else.

import threadedSimdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url'
import simdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import plainWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'
import { handlersOf } from '../service/handlers.ts'
import { openStudio } from '../service/studio.ts'
import { browserFolders } from './folders.ts'
import { serve } from './serve.ts'

const absolute = (url: string) => new URL(url, self.location.href).href

const studio = openStudio({
  backend: {
    wasmFiles: { plain: absolute(plainWasm), simd: absolute(simdWasm), threadedSimd: absolute(threadedSimdWasm) },
    isolated: self.crossOriginIsolated,
  },
  folderOf: browserFolders,
})

void serve(handlersOf(studio))

// One bundler for the page, its worker and the tests. The built page is a plain static folder:
// every address in it is relative, and it works without cross-origin isolation (then wasm has one thread).

import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { kernels } from './tools/vite/kernels.ts'
import { wasmThreads } from './tools/vite/wasmThreads.ts'

/** Threads of the wasm backend need these two; the server of `npm start` sends them as well. */
const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }

export default defineConfig({
  base: './',
  plugins: [react(), kernels()],
  worker: { format: 'es', plugins: () => [wasmThreads()] },
  // One style sheet, with the first paint: one that a step could not fetch would not be asked for again with the step.
  build: { outDir: 'dist/page', target: 'es2023', sourcemap: false, cssCodeSplit: false },
  server: { host: '127.0.0.1', headers: isolation },
  preview: { host: '127.0.0.1', headers: isolation },
  test: {
    include: ['src/**/*.test.ts', 'tools/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/page/**', 'node_modules/**'],
    // A software GPU compiles a kernel for seconds, and a busy machine several times as long.
    testTimeout: 180_000,
    pool: 'forks',
  },
})

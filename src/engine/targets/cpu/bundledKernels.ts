// The kernels' binaries as the bundler lays them beside the page, and the script of a thread as text inside the worker's own.
// For the browser's worker; Node has them from inlinedKernels.ts.

import plain from '../../../../dist/kernels/plain.wasm?url'
import relaxed from '../../../../dist/kernels/relaxed.wasm?url'
import thread from '../../../../dist/kernels/thread.js?raw'
import { startBrowserThread } from './browserThread.ts'
import type { CpuHost } from './threads.ts'

/** With more of them the barriers cost more than they bring at the sizes that fit a tab. */
const MOST_THREADS = 8

/** Whole addresses, from the place of the script that asks. @param isolated whether threads may share memory */
export function bundledKernels(base: string, isolated: boolean): CpuHost {
  const address = (url: string) => new URL(url, base).href
  const cores = navigator.hardwareConcurrency
  return {
    plain: address(plain),
    relaxed: address(relaxed),
    startThread: isolated ? () => startBrowserThread(thread) : null,
    cores,
    threads: isolated ? Math.min(cores, MOST_THREADS) : 1,
  }
}

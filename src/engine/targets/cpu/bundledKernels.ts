// The kernels' binaries and the script of a thread as the bundler lays them beside the page. For the browser's worker;
// Node has them from inlinedKernels.ts.

import plain from '../../../../dist/kernels/plain.wasm?url'
import relaxed from '../../../../dist/kernels/relaxed.wasm?url'
import thread from '../../../../dist/kernels/thread.js?url&no-inline'
import { startBrowserThread } from './browserThread.ts'
import type { CpuHost } from './threads.ts'

/** Whole addresses, from the place of the script that asks. @param isolated whether threads may share memory */
export function bundledKernels(base: string, isolated: boolean): CpuHost {
  const address = (url: string) => new URL(url, base).href
  return {
    plain: address(plain),
    relaxed: address(relaxed),
    startThread: isolated ? () => startBrowserThread(address(thread)) : null,
    cores: navigator.hardwareConcurrency,
    // Several were tried in Node alone so far.
    threads: 1,
  }
}

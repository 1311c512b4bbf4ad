// The kernels' binaries as the bundler lays them beside the page. For the browser's worker; Node has them from inlinedKernels.ts.

import plain from '../../../../dist/kernels/plain.wasm?url'
import relaxed from '../../../../dist/kernels/relaxed.wasm?url'
import type { KernelBinaries } from './kernels.ts'

/** Whole addresses, from the place of the script that asks. */
export function bundledKernels(base: string): KernelBinaries {
  return { plain: new URL(plain, base).href, relaxed: new URL(relaxed, base).href }
}

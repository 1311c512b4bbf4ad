// A studio over a browser's own host: binaries beside the page, threads where the page is isolated.

import { bundledWasm } from '../engine/backends/bundledWasm.ts'
import { bundledKernels } from '../engine/targets/cpu/bundledKernels.ts'
import { type Host, openStudio, type Studio } from './studio.ts'

/** @param base the address of the running script */
export function openBrowserStudio(folderOf: Host['folderOf'], { base, isolated }: { base: string; isolated: boolean }): Studio {
  return openStudio({ backend: { wasmFiles: bundledWasm(base), isolated }, kernels: bundledKernels(base, isolated), folderOf })
}

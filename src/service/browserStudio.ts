// A studio over a browser's own host: binaries beside the page, threads where the page is isolated.

import { bundledWasm } from '../engine/backends/bundledWasm.ts'
import { bundledKernels } from '../engine/targets/cpu/bundledKernels.ts'
import { browserKeptJson } from '../storage/browserKeptJson.ts'
import { type Host, openStudio, type Studio } from './studio.ts'

/** @param base the address of the running script */
export function openBrowserStudio(folderOf: Host['folderOf'], { base, isolated }: { base: string; isolated: boolean }): Studio {
  const backend = { wasmFiles: bundledWasm(base), isolated }
  const gpuTrial = browserKeptJson(base, 'gpu-kernels')
  return openStudio({ backend, kernels: bundledKernels(base, isolated), gpuTrial, folderOf })
}

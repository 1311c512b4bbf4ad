// A studio over a browser's own host: binaries beside the page, threads where the page is isolated, the shelf in the page's own storage.

import { bundledWasm } from '../engine/backends/bundledWasm.ts'
import { bundledKernels } from '../engine/targets/cpu/bundledKernels.ts'
import { browserKeptJson } from '../storage/browserKeptJson.ts'
import { openBrowserShelf } from '../storage/opfs/browserShelf.ts'
import type { Shelf } from '../storage/opfs/shelf.ts'
import { type Host, openStudio, type Studio } from './studio.ts'

/** @param base the address of the running script */
export function openBrowserStudio(folderOf: Host['folderOf'], { base, isolated }: { base: string; isolated: boolean }): Studio {
  const backend = { wasmFiles: bundledWasm(base), isolated }
  const gpuTrial = browserKeptJson(base, 'gpu-kernels')
  return openStudio({ backend, kernels: bundledKernels(base, isolated), gpuTrial, folderOf, shelf: opensOnce() })
}

/** One shelf a worker; one that could not be opened is tried again the next time. */
function opensOnce(): () => Promise<Shelf> {
  let opened: Promise<Shelf> | null = null
  return () => {
    opened ??= openBrowserShelf().catch((error: unknown) => {
      opened = null
      throw error
    })
    return opened
  }
}

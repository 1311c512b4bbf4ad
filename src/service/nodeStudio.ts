// A studio over Node: the wasm binaries beside their package, the kernels inside the bundle.

import { inlinedKernels } from '../engine/targets/cpu/inlinedKernels.ts'
import { type Host, openStudio, type Studio } from './studio.ts'

export function openNodeStudio(folderOf: Host['folderOf']): Studio {
  return openStudio({ backend: { wasmFiles: null, isolated: false }, kernels: inlinedKernels, folderOf })
}

// A studio over Node: the wasm binaries beside their package, the kernels inside the bundle.

import { inlinedKernels } from '../engine/targets/cpu/inlinedKernels.ts'
import { nodeKeptJson } from '../storage/nodeKeptJson.ts'
import { type Host, openStudio, type Studio } from './studio.ts'

export function openNodeStudio(folderOf: Host['folderOf']): Studio {
  const backend = { wasmFiles: null, isolated: false }
  return openStudio({ backend, kernels: inlinedKernels, gpuTrial: nodeKeptJson('gpu-kernels'), folderOf, shelf: null })
}

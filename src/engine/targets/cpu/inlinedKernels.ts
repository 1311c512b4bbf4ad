// The kernels' binaries inside the bundle, for Node: the command line's bundle and the tests find them wherever they lie.
// The page does not want them so: it fetches the one that it needs (bundledKernels.ts).

import plain from '../../../../dist/kernels/plain.wasm?url&inline'
import relaxed from '../../../../dist/kernels/relaxed.wasm?url&inline'
import type { KernelBinaries } from './kernels.ts'

export const inlinedKernels: KernelBinaries = { plain, relaxed }

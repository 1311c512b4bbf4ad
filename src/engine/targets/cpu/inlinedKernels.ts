// The kernels' binaries and the script of a thread inside the bundle, for Node: the command line's bundle and the tests find them
// wherever they lie. The page does not want them so: it fetches what it needs (bundledKernels.ts).

import { availableParallelism } from 'node:os'
import plain from '../../../../dist/kernels/plain.wasm?url&inline'
import relaxed from '../../../../dist/kernels/relaxed.wasm?url&inline'
import thread from '../../../../dist/kernels/thread.js?url&inline'
import { startNodeThread } from './nodeThread.ts'
import type { CpuHost } from './threads.ts'

/** One thread where nobody says how many: a run in a terminal is often one of several. */
export const inlinedKernels: CpuHost = {
  plain,
  relaxed,
  startThread: () => startNodeThread(thread),
  cores: availableParallelism(),
  threads: 1,
}

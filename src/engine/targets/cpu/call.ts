// One kernel at work: which, how many units of work there are to share out, and its arguments behind (from, to, scratch).
// An op's calls are made beside its kernel, in its folder's calls.ts; those that belong to no op are in elements.ts.
// Must not know: threads, who runs a call.

import type { KernelName } from './kernels.ts'

export type KernelCall = {
  kernel: KernelName
  /** Of about equal cost, or in falling order of cost; any cut of [0, units) gives the same result. */
  units: number
  /** Addresses in bytes, sizes in elements, factors. */
  args: readonly number[]
}

/** An address in the kernels' memory, in bytes. 0 stands for a tensor that is not there, where a call allows it. */
export type Address = number

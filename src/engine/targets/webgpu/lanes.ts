// Kernels that are written once, over Elements of one number or of four: which, is decided by the width that they are for.
// Must not know: ops.

import type { Kernel } from './dispatch.ts'
import scalars from './elements/scalars.wgsl?raw'
import vectors from './elements/vectors.wgsl?raw'

/** Numbers of an Element of rows of this width: as many as divide it. */
export const lanesFor = (width: number): 1 | 4 => (width % 4 === 0 ? 4 : 1)

/** @param source over Elements, as scalars.wgsl and vectors.wgsl say what they are */
export function laneKernel(name: string, source: string, lanes: 1 | 4): Kernel {
  return { name: `${name} of ${lanes}`, source: `${lanes === 4 ? vectors : scalars}\n${source}` }
}
